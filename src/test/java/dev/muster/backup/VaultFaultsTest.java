package dev.muster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultFaultsTest {
    private static final BackupSource DATABASE = Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/");

    private Estate estate;

    @BeforeEach
    void open() {
        estate = new Estate();
    }

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void names_the_key_but_never_the_secret_when_credentials_are_refused() {
        for (String accessKey : List.of(Estate.ACCESS_KEY, "stranger")) {
            Problem problem =
                    problem(Estate.settings(estate.server.endpoint(), Estate.BUCKET, accessKey, "wrong-secret"));
            assertThat(problem.what()).contains("does not accept the credentials", "access key " + accessKey);
            assertThat(problem.where()).contains("vault primary");
            assertThat(problem.remedy()).contains("vaults.primary.credentials");
            assertThat(problem.toString()).doesNotContain("wrong-secret");
        }
    }

    @Test
    void names_the_bucket_that_does_not_exist() {
        Problem problem =
                problem(Estate.settings(estate.server.endpoint(), "elsewhere", Estate.ACCESS_KEY, Estate.SECRET_KEY));
        assertThat(problem.what()).contains("Bucket elsewhere does not exist at http://127.0.0.1:");
        assertThat(problem.remedy()).contains("vaults.primary.bucket");
    }

    @Test
    void names_the_vault_that_the_settings_do_not_have() {
        try (Vaults none = new Vaults(List.of(), Secret::new, Clock.systemUTC())) {
            assertThat(problem(none).what()).isEqualTo("There is no vault named primary");
        }
    }

    @Test
    void says_that_nothing_answers_at_a_dead_port() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Problem problem = problem(Estate.settings(URI.create("http://127.0.0.1:" + port)));
        assertThat(problem.what()).contains("Nothing answers at http://127.0.0.1:" + port);
        assertThat(problem.remedy()).contains("vaults.primary.endpoint", "curl -sI http://127.0.0.1:" + port);
    }

    @Test
    void says_that_the_name_of_the_endpoint_is_not_known() {
        assertThat(problem(Estate.settings(URI.create("http://s3.nowhere.invalid:9000")))
                        .what())
                .contains("The name of http://s3.nowhere.invalid:9000 is not known");
    }

    @Test
    void says_that_a_plain_endpoint_has_no_secure_connection() {
        URI secure = URI.create(estate.server.endpoint().toString().replace("http:", "https:"));
        Problem problem = problem(Estate.settings(secure));
        assertThat(problem.what()).contains("No secure connection to " + secure);
        assertThat(problem.remedy()).contains("http instead of https");
    }

    @Test
    void says_by_how_much_the_clocks_differ_when_the_vault_refuses_for_that() throws Exception {
        Instant theirs = Instant.now().plusSeconds(7200);
        Problem problem = answered(
                "403 Forbidden",
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC)),
                "RequestTimeTooSkewed");
        assertThat(problem.what())
                .contains("clock differs from the vault's by 7")
                .contains("seconds (behind)");
        assertThat(problem.remedy()).contains("timedatectl");
    }

    @Test
    void names_the_region_in_which_the_bucket_really_is() throws Exception {
        Problem problem = answered("301 Moved Permanently", "x-amz-bucket-region: us-west-2", "PermanentRedirect");
        assertThat(problem.what()).isEqualTo("Bucket acme is not in region eu-central-1 but in us-west-2");
        assertThat(problem.remedy()).contains("`vaults.primary.region: us-west-2`");
    }

    @Test
    void says_that_keys_have_ended_and_how_others_last_longer() throws Exception {
        Problem problem = answered("403 Forbidden", "Server: x", "ExpiredToken");
        assertThat(problem.what()).contains("have come to their end, access key " + Estate.ACCESS_KEY);
        assertThat(problem.remedy()).contains("`vaults.primary.session.lasts`", "`vaults.primary.credentials`");
    }

    @Test
    void names_the_permission_that_is_missing() throws Exception {
        Problem problem = answered("403 Forbidden", "Server: x", "AccessDenied");
        assertThat(problem.what()).contains("does not allow to list", "AccessDenied", Estate.ACCESS_KEY);
        assertThat(problem.remedy()).contains("s3:ListBucket");
    }

    @Test
    void says_that_the_vault_is_not_well_after_several_tries() throws Exception {
        try (FaultyLine line = new FaultyLine(estate.server.endpoint());
                Vaults vaults = Estate.at(line.endpoint())) {
            line.does((request, answer) -> error("503 Slow Down", "Server: x", "SlowDown"));
            assertThat(problem(vaults).what()).contains("503 SlowDown", "several tries");
            assertThat(line.asked()).hasSize(3);
        }
    }

    @Test
    void says_that_something_else_than_an_s3_server_answers() throws Exception {
        for (String status : List.of("200 OK", "404 Not Found")) {
            try (FaultyLine line = new FaultyLine(estate.server.endpoint());
                    Vaults vaults = Estate.at(line.endpoint())) {
                line.does((request, answer) -> answer(status, "Server: x", "<html><p>Welcome</html>"));
                assertThat(problem(vaults).what()).isEqualTo("What answers at " + line.endpoint() + " is no S3 server");
            }
        }
    }

    @Test
    void lets_through_what_is_wrong_with_the_reference_to_a_secret() {
        Supplier<Secret> missing = () -> {
            throw new CouldNotRun(new Problem("S3_SECRET_KEY is not set", "muster.yaml:7", "Set it."));
        };
        VaultSettings settings = new VaultSettings(
                "primary",
                Optional.of(estate.server.endpoint()),
                "eu-central-1",
                Estate.BUCKET,
                true,
                Optional.of(() -> new Secret(Estate.ACCESS_KEY)),
                Optional.of(missing));
        assertThat(problem(settings).what()).isEqualTo("S3_SECRET_KEY is not set");
    }

    private Problem answered(String status, String header, String code) throws Exception {
        try (FaultyLine line = new FaultyLine(estate.server.endpoint());
                Vaults vaults = Estate.at(line.endpoint())) {
            line.does((request, answer) -> error(status, header, code));
            return problem(vaults);
        }
    }

    private static byte[] error(String status, String header, String code) {
        return answer(
                status, header, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    private static byte[] answer(String status, String header, String body) {
        return ("HTTP/1.1 " + status + "\r\n" + header + "\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Problem problem(VaultSettings settings) {
        try (Vaults vaults = new Vaults(List.of(settings), Secret::new, Clock.systemUTC(), Estate.SHORT)) {
            return problem(vaults);
        }
    }

    private static Problem problem(Vaults vaults) {
        return catchThrowableOfType(
                        CouldNotRun.class,
                        () -> vaults.choose(Estate.request("2026-11-21T00:00:00Z", DATABASE), Estate.SEED))
                .problem();
    }
}
