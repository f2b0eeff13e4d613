package dev.muster.signing.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampAuthorityTest {
    private static final byte[] MESSAGE = "a signature of sixty-four bytes".getBytes(UTF_8);

    @TempDir
    Path temporary;

    private TimestampServer server;
    private Path anchor;

    @BeforeEach
    void opens() throws Exception {
        server = new TimestampServer();
        anchor = server.anchor(temporary.resolve("tsa.pem"));
    }

    @AfterEach
    void closes() {
        server.close();
    }

    private byte[] stamp() throws InterruptedException {
        return new TimestampAuthority(server.settings(anchor)).stamp(MESSAGE);
    }

    @Test
    void gives_a_timestamp_over_the_message_that_leads_to_the_trusted_certificate() throws Exception {
        Instant before = Instant.now().minusSeconds(2);
        Timestamp timestamp = Timestamp.read(stamp()).orElseThrow();

        assertThat(timestamp.covers(MESSAGE)).isTrue();
        assertThat(timestamp.covers("another".getBytes(UTF_8))).isFalse();
        assertThat(timestamp.at()).isAfter(before).isBefore(Instant.now().plusSeconds(2));
        assertThat(timestamp.authority()).isEqualTo("CN=Clock of the harbour");
        assertThat(timestamp.leadsTo(Anchors.in(temporary))).isTrue();
        assertThat(timestamp.leadsTo(List.of())).isFalse();
        try (TimestampServer other = new TimestampServer()) {
            assertThat(timestamp.leadsTo(Anchors.of(other.anchor(temporary.resolve("other.crt")))))
                    .isFalse();
        }
    }

    @Test
    void a_timestamp_whose_signature_was_changed_is_none() throws Exception {
        byte[] response = stamp();
        response[response.length - 3] ^= 1;

        assertThat(Timestamp.read(response)).isEmpty();
        assertThat(Timestamp.read(new byte[5])).isEmpty();
        assertThat(Timestamp.read(new byte[0])).isEmpty();
    }

    @Test
    @Needs("openssl")
    void openssl_finds_the_timestamp_sound() throws Exception {
        Files.write(temporary.resolve("statement.sig"), MESSAGE);
        Files.write(temporary.resolve("statement.tsr"), stamp());

        assertThat(openssl("ts", "-verify", "-in", "statement.tsr", "-data", "statement.sig", "-CAfile", "tsa.pem"))
                .contains("Verification: OK");
    }

    @Test
    @Needs("openssl")
    void takes_a_timestamp_that_openssl_made() throws Exception {
        Files.writeString(temporary.resolve("ts.cnf"), """
                [tsa]
                default_tsa = own
                [own]
                serial = serial
                signer_digest = sha256
                default_policy = 1.2.3.4.1
                digests = sha256
                ess_cert_id_alg = sha256
                [v3]
                extendedKeyUsage = critical,timeStamping
                """);
        Files.writeString(temporary.resolve("serial"), "01\n");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "key",
                "-out",
                "peer.crt",
                "-subj",
                "/CN=Peer",
                "-days",
                "2",
                "-config",
                "/dev/null",
                "-addext",
                "extendedKeyUsage=critical,timeStamping");
        server.answers((question, exchange) -> {
            Files.write(temporary.resolve("query"), question);
            openssl(
                    "ts",
                    "-reply",
                    "-config",
                    "ts.cnf",
                    "-queryfile",
                    "query",
                    "-signer",
                    "peer.crt",
                    "-inkey",
                    "key",
                    "-out",
                    "reply");
            TimestampServer.send(exchange, 200, Files.readAllBytes(temporary.resolve("reply")));
        });
        anchor = temporary.resolve("peer.crt");

        assertThat(Timestamp.read(new TimestampAuthority(patient()).stamp(MESSAGE))
                        .orElseThrow()
                        .authority())
                .isEqualTo("CN=Peer");
    }

    private TimestampSettings patient() {
        return new TimestampSettings(
                server.url(), anchor, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30));
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private void isRefused(String... why) {
        assertThatThrownBy(this::stamp)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContainingAll(
                        "The timestamp authority gave no timestamp",
                        server.url().toString())
                .hasMessageContaining("muster evidence complete")
                .hasMessageContainingAll(why);
    }

    @Test
    void says_that_the_authority_is_down() {
        server.fallSilent();
        isRefused("HTTP status 503");
        server.close();
        isRefused("it cannot be reached");
    }

    @Test
    void follows_no_redirection() {
        server.answers((question, exchange) -> {
            boolean elsewhere = exchange.getRequestURI().getPath().equals("/elsewhere");
            exchange.getResponseHeaders().add("Location", server.url() + "elsewhere");
            TimestampServer.send(exchange, elsewhere ? 200 : 307, elsewhere ? server.stamp(question) : new byte[0]);
        });
        isRefused("HTTP status 307");
    }

    @Test
    void refuses_the_answer_to_another_question() throws Exception {
        AtomicReference<byte[]> first = new AtomicReference<>();
        server.answers((question, exchange) -> {
            first.compareAndSet(null, server.stamp(question));
            TimestampServer.send(exchange, 200, Objects.requireNonNull(first.get()));
        });
        stamp();
        isRefused("its answer is none to this question", "nonce");
    }

    @Test
    void refuses_an_answer_without_end() {
        server.answers((question, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[64 * 1024];
            while (true) {
                exchange.getResponseBody().write(much);
            }
        });
        isRefused("longer than 65536 bytes");
    }

    @Test
    void does_not_wait_for_an_answer_that_never_ends() {
        CountDownLatch over = new CountDownLatch(1);
        server.answers((question, exchange) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            over.await();
        });
        isRefused("has not answered within 2 s");
        over.countDown();
    }

    @Test
    void refuses_an_authority_that_leads_to_no_trusted_certificate() throws Exception {
        try (TimestampServer other = new TimestampServer()) {
            anchor = other.anchor(temporary.resolve("other.pem"));
            isRefused("CN=Clock of the harbour", "does not lead to one in " + anchor);
        }
    }

    @Test
    void refuses_a_timestamp_by_other_rules_than_were_asked_for() {
        server.answers((question, exchange) -> {
            TimeStampRequest asked = new TimeStampRequest(question);
            TimeStampRequestGenerator without = new TimeStampRequestGenerator();
            without.setCertReq(true);
            byte[] other = without.generate(TSPAlgorithms.SHA256, asked.getMessageImprintDigest(), asked.getNonce())
                    .getEncoded();
            TimestampServer.send(exchange, 200, server.stamp(other));
        });
        TimestampSettings settings = new TimestampSettings(
                server.url(),
                anchor,
                Optional.empty(),
                Optional.empty(),
                Optional.of("1.2.3.4"),
                Duration.ofSeconds(2));

        assertThatThrownBy(() -> new TimestampAuthority(settings).stamp(MESSAGE))
                .hasMessageContaining("its answer is none to this question")
                .hasMessageContaining("policy");
    }

    @Test
    void shows_the_authority_its_password_and_nobody_else() throws Exception {
        AtomicReference<String> shown = new AtomicReference<>();
        server.answers((question, exchange) -> {
            shown.set(exchange.getRequestHeaders().getFirst("Authorization"));
            TimestampServer.send(exchange, 401, new byte[0]);
        });
        TimestampSettings settings = new TimestampSettings(
                server.url(),
                anchor,
                Optional.of("acme"),
                Optional.of(() -> new Secret("on the quiet")),
                Optional.empty(),
                Duration.ofSeconds(2));

        assertThatThrownBy(() -> new TimestampAuthority(settings).stamp(MESSAGE))
                .hasMessageContaining("HTTP status 401")
                .hasMessageNotContaining("quiet");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(Objects.requireNonNull(shown.get()).substring("Basic ".length())),
                        UTF_8))
                .isEqualTo("acme:on the quiet");
    }
}
