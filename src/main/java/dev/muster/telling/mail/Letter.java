package dev.muster.telling.mail;

import dev.muster.evidence.Handout;
import dev.muster.telling.Message;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A mail: the news as text and as HTML, and the report where it may be sent. */
record Letter(Session session, String from, List<String> to) {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int LONGEST_SUBJECT = 200;

    MimeMessage of(Message message) throws MessagingException, InterruptedException {
        // Its name is that of the news, so that a mail that comes twice is known for what it is.
        MimeMessage letter = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + message.id() + "@" + from.substring(from.indexOf('@') + 1) + ">");
            }
        };
        letter.setFrom(new InternetAddress(from, true));
        for (String receiver : to) {
            letter.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(receiver, true));
        }
        letter.setSubject(inOneLine(message.words("mail-subject.ftl", UnaryOperator.identity())), UTF_8);
        letter.setSentDate(Date.from(message.news().at()));
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setContent(content(message));
        letter.saveChanges();
        return letter;
    }

    private static MimeMultipart content(Message message) throws MessagingException, InterruptedException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(message.words("mail.ftl", UnaryOperator.identity()), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(message.words("mail.ftlh", UnaryOperator.identity()), UTF_8, "html");
        MimeMultipart either = new MimeMultipart("alternative", text, html);
        MimeBodyPart words = new MimeBodyPart();
        words.setContent(either);
        MimeMultipart whole = new MimeMultipart("mixed", words);
        Optional<byte[]> report = message.handout().flatMap(Handout::enclosed);
        if (report.isPresent()) {
            whole.addBodyPart(attached(report.get(), message.news().drill().orElse("report") + ".pdf"));
        }
        return whole;
    }

    private static MimeBodyPart attached(byte[] pages, String name) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(pages, "application/pdf")));
        part.setFileName(name.replaceAll("[^A-Za-z0-9._-]", "-"));
        part.setDisposition(Part.ATTACHMENT);
        return part;
    }

    /** A line's end in a header would begin another one. */
    private static String inOneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT)) + "…";
    }
}
