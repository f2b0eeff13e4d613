package dev.muster.telling.mail;

import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.telling.Answer;
import dev.muster.telling.Channel;
import dev.muster.telling.Message;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** People, by mail with the report. */
public record Mail(MailServer server, String from, List<String> to) implements Channel {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public Mail {
        to = List.copyOf(to);
    }

    @Override
    public String place() {
        return "the mail server " + server;
    }

    @Override
    public List<Supplier<Secret>> secrets() {
        return server.password().stream().toList();
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        try {
            Session session = Session.getInstance(properties());
            MimeMessage letter = new Letter(session, from, to).of(message);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(
                        server.host(),
                        server.port(),
                        server.user().orElse(null),
                        server.password().map(Supplier::get).map(Secret::reveal).orElse(null));
                transport.sendMessage(letter, letter.getAllRecipients());
            }
            return Answer.taken("taken by " + server);
        } catch (AuthenticationFailedException unknown) {
            return Answer.refused(
                    "not signed in",
                    problem(
                            "The server does not let the user in",
                            "Put user and password right, under `telling:` in the settings."));
        } catch (SendFailedException refused) {
            return Answer.refused(
                    "refused",
                    problem(
                            "The server does not take mail from " + from + " to " + String.join(", ", to),
                            "See that the addresses are right and that this server delivers to them."));
        } catch (MessagingException failed) {
            return Answer.notNow(
                    "not sent",
                    problem(
                            why(failed),
                            "See that the server works, that it can be reached"
                                    + " from here, and that host, port and tls under `telling:` in the settings are its own."));
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", Long.toString(CONNECTING.toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(PATIENCE.toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(PATIENCE.toMillis()));
        properties.put("mail.smtp.auth", Boolean.toString(server.user().isPresent()));
        properties.put("mail.smtp.starttls.enable", is(MailServer.Protection.STARTTLS));
        properties.put("mail.smtp.starttls.required", is(MailServer.Protection.STARTTLS));
        properties.put("mail.smtp.ssl.enable", is(MailServer.Protection.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        server.trust()
                .filter(file -> server.protection() != MailServer.Protection.NONE)
                .ifPresent(file -> properties.put("mail.smtp.ssl.socketFactory", TrustedCertificates.in(file)));
        return properties;
    }

    private String is(MailServer.Protection protection) {
        return Boolean.toString(server.protection() == protection);
    }

    private static String why(MessagingException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "The server has a certificate that is not trusted here, or speaks no TLS";
            }
        }
        return failed.getMessage() != null && failed.getMessage().contains("STARTTLS")
                ? "The server offers no STARTTLS, and nothing is sent in plain text"
                : "The server does not take mail now (" + failed.getClass().getSimpleName() + ")";
    }

    private Problem problem(String what, String remedy) {
        return new Problem(what, place(), remedy);
    }
}
