package dev.muster.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import dev.muster.web.Listening;
import dev.muster.web.ProblemPage;
import dev.muster.web.Visitors;
import dev.muster.web.Web;
import dev.muster.web.api.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's certificate comes from the files that people have, and follows them. */
@Needs("openssl")
class CertificatesTest {
    @TempDir
    Path folder;

    private Path certificate(String name, String... kind) throws Exception {
        Path key = folder.resolve(name + ".key");
        openssl(
                "req",
                "-x509",
                "-newkey",
                kind[0],
                "-keyout",
                key.toString(),
                "-out",
                folder.resolve(name + ".pem").toString(),
                "-days",
                "2",
                "-nodes",
                "-subj",
                "/CN=" + name,
                kind.length > 1 ? "-pkeyopt" : "-batch",
                kind.length > 1 ? kind[1] : "-batch");
        return folder.resolve(name + ".pem");
    }

    private static void openssl(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder()
                .command(Stream.concat(Stream.of("openssl"), Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Web serve(CertificateFiles files) {
        return Web.start(
                new Listening("127.0.0.1", 0, Optional.of(files), false, List.of()),
                Visitors.gate(),
                List.of(new Health(List.of(), Duration.ofSeconds(5), Clock.systemUTC())),
                ProblemPage.PLAIN,
                Clock.systemUTC());
    }

    @Test
    void a_new_certificate_is_shown_to_new_connections_and_a_bad_one_is_not() throws Exception {
        certificate("first", "rsa:2048");
        certificate("second", "ec", "ec_paramgen_curve:P-256");
        Path certificate = Files.copy(folder.resolve("first.pem"), folder.resolve("tls.pem"));
        Path key = Files.copy(folder.resolve("first.key"), folder.resolve("tls.key"));
        try (Web web = serve(new CertificateFiles.Pem(certificate, key));
                SSLSocket early = connect(web)) {
            assertThat(name(early)).isEqualTo("CN=first");
            assertThat(early.getSession().getProtocol()).isEqualTo("TLSv1.3");

            Files.writeString(certificate, "broken");
            Files.copy(folder.resolve("second.key"), key, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(folder.resolve("second.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                try (SSLSocket late = connect(web)) {
                    assertThat(name(late)).isEqualTo("CN=second");
                }
            });
            // The connection of before goes on.
            early.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[12];
            assertThat(early.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void keys_are_read_in_the_forms_in_which_people_have_them() throws Exception {
        Path certificate = certificate("old", "rsa:2048");
        Path traditional = folder.resolve("traditional.key");
        openssl("rsa", "-traditional", "-in", folder.resolve("old.key").toString(), "-out", traditional.toString());
        assertThat(Files.readString(traditional)).contains("BEGIN RSA PRIVATE KEY");
        Path store = folder.resolve("store.p12");
        openssl(
                "pkcs12",
                "-export",
                "-in",
                certificate.toString(),
                "-inkey",
                traditional.toString(),
                "-out",
                store.toString(),
                "-passout",
                "pass:open sesame");
        for (CertificateFiles files : List.of(
                new CertificateFiles.Pem(certificate, traditional),
                new CertificateFiles.Pkcs12(store, Optional.of(() -> new Secret("open sesame"))))) {
            assertThat(Certificate.read(files, Clock.systemUTC()).isKeyEntry("server"))
                    .isTrue();
        }
        assertThatThrownBy(() -> Certificate.read(
                        new CertificateFiles.Pkcs12(store, Optional.of(() -> new Secret("wrong"))), Clock.systemUTC()))
                .isInstanceOf(CouldNotRun.class);
    }

    @Test
    void a_key_of_another_certificate_and_one_that_is_over_are_refused() throws Exception {
        Path one = certificate("one", "rsa:2048");
        certificate("two", "rsa:2048");
        assertThatThrownBy(() ->
                        Certificate.read(new CertificateFiles.Pem(one, folder.resolve("two.key")), Clock.systemUTC()))
                .hasMessageContaining("not that of the certificate");
        assertThatThrownBy(() -> Certificate.read(
                        new CertificateFiles.Pem(one, folder.resolve("one.key")),
                        Clock.offset(Clock.systemUTC(), Duration.ofDays(3))))
                .isInstanceOf(CouldNotRun.class);
    }

    private static SSLSocket connect(Web web) throws IOException, GeneralSecurityException {
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        SSLSocket socket =
                (SSLSocket) anybody.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), web.port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static String name(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** Who they are is what the test asks for. */
    private static final class TrustsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
