package dev.muster.telling.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.muster.catalog.Catalog;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.evidence.report.Presentation;
import dev.muster.telling.Answer;
import dev.muster.telling.Message;
import dev.muster.telling.Wording;
import dev.muster.telling.mail.MailServer.Protection;
import dev.muster.template.Templates;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail goes to a real server, protected as the settings say, and holds nothing but what it should. */
class MailTest {
    private static final String HOSTILE =
            "erp\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>&\u202e Größe";

    @TempDir
    static Path keys;

    private static Path trusted;

    @TempDir
    Path folder;

    private final Catalog catalog = Catalog.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = keys.resolve("mail.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            read.load(in, "changeit".toCharArray());
        }
        byte[] certificate =
                read.getCertificate(Collections.list(read.aliases()).get(0)).getEncoded();
        trusted = Files.writeString(
                keys.resolve("trusted.pem"),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
    }

    @AfterEach
    void close() {
        server.stop();
        catalog.close();
    }

    private Answer send(Message message, int port, Protection protection, Optional<Path> trust, String... password)
            throws InterruptedException {
        Optional<String> user = password.length == 0 ? Optional.empty() : Optional.of("muster");
        return new Mail(
                        new MailServer(
                                "127.0.0.1",
                                port,
                                protection,
                                user,
                                user.map(there -> () -> new Secret(password[0])),
                                trust),
                        "muster@example.com",
                        List.of("dba@example.com", "ops@example.com"))
                .deliver(message);
    }

    private Message message(String subject) {
        return message(new Templates(Optional.empty()), subject);
    }

    private Message message(Templates templates, String subject) {
        Wording wording = new Wording(
                catalog,
                new Evidence(templates, List::of),
                templates,
                new LocalWriting(Presentation.USUAL),
                Optional.of("Example Ltd"));
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        News news = new News(
                News.Kind.FAILED,
                subject,
                Optional.of(subject),
                Optional.empty(),
                at,
                "A file is missing: " + subject,
                Optional.of(new Problem("A file is missing", "s3://acme/" + subject, "Look for it.")));
        return new Message("news-1", news, at, false, wording);
    }

    private static String content(MimeMessage mail, String type) throws Exception {
        Multipart either =
                (Multipart) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
        for (int part = 0; part < either.getCount(); part++) {
            BodyPart body = either.getBodyPart(part);
            if (body.isMimeType(type)) {
                return (String) body.getContent();
            }
        }
        throw new AssertionError("no " + type);
    }

    @Test
    void hostile_text_begins_no_header_and_no_markup() throws Exception {
        server.start();
        Answer answer = send(message(HOSTILE), server.getSmtp().getPort(), Protection.NONE, Optional.empty());

        assertThat(answer.problem()).isEmpty();
        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject())
                .isEqualTo(
                        "Failed: erp\ufffd Bcc: everybody@example.com\ufffd \ufffd <script>alert(1)</script>&\ufffd Größe"
                                + " (Example Ltd)");
        assertThat(mail.getMessageID()).isEqualTo("<news-1@example.com>");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(content(mail, "text/plain")).contains("Look for it.", "Größe");
        assertThat(content(mail, "text/html"))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
                .doesNotContain("<script", "\u202e");
    }

    @Test
    void a_connection_is_tls_and_a_user_signs_in_before_anything_is_said() throws Exception {
        server.setUser("muster@example.com", "muster", "the password");
        server.start();
        server.getUserManager().setAuthRequired(true);
        int port = server.getSmtps().getPort();

        assertThat(send(message("erp"), port, Protection.TLS, Optional.of(trusted), "the password")
                        .problem())
                .isEmpty();
        assertThat(server.getReceivedMessages()).hasSize(2);
        Answer wrong = send(message("erp"), port, Protection.TLS, Optional.of(trusted), "another");
        assertThat(wrong.lasting()).isTrue();
        assertThat(wrong.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.what()).contains("does not let the user in");
            assertThat(problem.toString()).doesNotContain("another");
        });
    }

    @Test
    void a_certificate_that_is_not_trusted_gets_no_mail() throws Exception {
        server.start();
        Answer answer = send(message("erp"), server.getSmtps().getPort(), Protection.TLS, Optional.empty());

        assertThat(answer.problem())
                .hasValueSatisfying(problem -> assertThat(problem.what()).contains("certificate that is not trusted"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void without_the_starttls_that_is_asked_for_nothing_is_sent() throws Exception {
        server.start();
        Answer answer = send(message("erp"), server.getSmtp().getPort(), Protection.STARTTLS, Optional.of(trusted));
        assertThat(answer.problem())
                .hasValueSatisfying(problem -> assertThat(problem.what()).contains("offers no STARTTLS"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_connection_that_begins_in_plain_text_becomes_tls_by_starttls() throws Exception {
        server.start();
        try (StartTlsFront front = new StartTlsFront(
                keys.resolve("mail.p12"), "changeit", server.getSmtp().getPort())) {
            assertThat(send(message("erp"), front.port(), Protection.STARTTLS, Optional.of(trusted))
                            .problem())
                    .isEmpty();
        }
        assertThat(server.getReceivedMessages()).hasSize(2);
        try (StartTlsFront front = new StartTlsFront(
                keys.resolve("mail.p12"), "changeit", server.getSmtp().getPort())) {
            assertThat(send(message("erp"), front.port(), Protection.STARTTLS, Optional.empty())
                            .problem())
                    .hasValueSatisfying(problem -> assertThat(problem.what()).contains("not trusted"));
        }
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    @Test
    void a_server_that_is_gone_is_tried_again() throws Exception {
        Answer answer = send(message("erp"), 1, Protection.NONE, Optional.empty());
        assertThat(answer.lasting()).isFalse();
        assertThat(answer.problem()).isPresent();
    }

    @Test
    void an_organisation_has_words_of_its_own_and_a_broken_one_keeps_nobody_from_being_told() throws Exception {
        write("telling/mail-subject.ftl", "Alarm: ${news.subject}");
        write("telling/mail.ftl", "<#broken");
        server.start();
        send(
                message(new Templates(Optional.of(folder)), "erp"),
                server.getSmtp().getPort(),
                Protection.NONE,
                Optional.empty());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Alarm: erp");
        assertThat(content(mail, "text/plain")).contains("A file is missing");
        assertThat(GreenMailUtil.getWholeMessage(mail)).doesNotContain("broken");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
