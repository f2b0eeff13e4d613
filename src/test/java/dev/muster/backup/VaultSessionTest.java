package dev.muster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import dev.muster.testing.TurnedClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A vault whose server knows no keys but those of a session. */
class VaultSessionTest {
    private static final Runbook RUNBOOK =
            Estate.runbook(Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "orders/db/"));
    private static final String DRILL = "orders-20261122-030000-abcd";

    private final TurnedClock clock = TurnedClock.at(Instant.parse("2026-11-22T03:00:00Z"));
    private EmbeddedS3 s3;
    private TokenServer tokens;

    @BeforeEach
    void open() throws Exception {
        s3 = EmbeddedS3.inMemory(TokenServer.ACCESS_KEY, new Secret(TokenServer.SECRET_KEY));
        s3.createBucket(Estate.BUCKET);
        s3.put(Estate.BUCKET, "orders/db/one.dump", "x".getBytes(StandardCharsets.UTF_8));
        tokens = new TokenServer(clock);
    }

    @AfterEach
    void close() {
        tokens.close();
        s3.close();
    }

    @Test
    void is_looked_into_by_keys_of_the_role_that_can_only_read() throws Exception {
        try (Vaults vaults = vaults(tokens.session())) {
            assertThat(vaults.list("primary", "orders/"))
                    .extracting(StoredObject::key)
                    .containsExactly("orders/db/one.dump");
            vaults.clockOffset("primary");
        }
        assertThat(tokens.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.accessKey()).isEqualTo(Estate.ACCESS_KEY);
            assertThat(asked.region()).isEqualTo("eu-central-1");
            assertThat(asked.field("RoleArn")).isEqualTo(TokenServer.ROLE);
            assertThat(asked.field("RoleSessionName")).isEqualTo("muster");
            assertThat(asked.field("DurationSeconds")).isEqualTo("3600");
            JsonNode policy = policy(asked);
            assertThat(policy.path("Statement")).hasSize(1);
            assertThat(policy.at("/Statement/0/Action")).hasToString("[\"s3:Get*\",\"s3:List*\"]");
        });
    }

    @Test
    void names_the_role_when_its_keys_are_not_enough() {
        try (Vaults vaults = new Vaults(
                List.of(Estate.settings(s3.endpoint(), "elsewhere", Estate.ACCESS_KEY, Estate.SECRET_KEY)
                        .by(tokens.session())),
                Secret::new,
                clock,
                Estate.SHORT)) {
            tokens.give("ASIASTRANGER");
            assertThat(catchThrowableOfType(CouldNotRun.class, () -> vaults.list("primary", "orders/"))
                            .problem()
                            .what())
                    .contains("does not accept the credentials", "keys of the role " + TokenServer.ROLE)
                    .doesNotContain(Estate.ACCESS_KEY);
        }
    }

    @Test
    void asks_for_other_keys_before_those_it_has_come_to_their_end() throws Exception {
        try (Vaults vaults = vaults(tokens.session())) {
            vaults.list("primary", "orders/");
            clock.turn(Duration.ofMinutes(54));
            vaults.list("primary", "orders/");
            assertThat(tokens.asked()).hasSize(1);
            clock.turn(Duration.ofMinutes(2));
            vaults.list("primary", "orders/");
            assertThat(tokens.asked()).hasSize(2);
        }
    }

    @Test
    void gives_a_drill_keys_of_its_own_that_read_its_backups_alone() throws Exception {
        try (Vaults vaults = vaults(tokens.session())) {
            VaultKeys keys = vaults.keys("primary", DRILL, RUNBOOK);
            assertThat(keys.accessKey().reveal()).isEqualTo(TokenServer.ACCESS_KEY);
            assertThat(keys.secretKey().reveal()).isEqualTo(TokenServer.SECRET_KEY);
            assertThat(keys.sessionToken().orElseThrow().reveal()).isEqualTo(TokenServer.TOKEN);
            assertThat(keys.ends()).contains(clock.instant().plus(Duration.ofHours(2)));
            assertThat(vaults.lent())
                    .extracting(Secret::reveal)
                    .containsExactly(TokenServer.SECRET_KEY, TokenServer.TOKEN);
        }
        TokenServer.Asked asked = tokens.asked().get(0);
        assertThat(asked.field("RoleSessionName")).isEqualTo(DRILL);
        assertThat(asked.field("DurationSeconds")).isEqualTo("7200");
        JsonNode policy = policy(asked);
        assertThat(policy.path("Statement")).hasSize(2);
        assertThat(policy.at("/Statement/0/Action")).hasToString("[\"s3:GetObject\",\"s3:GetObjectVersion\"]");
        assertThat(policy.at("/Statement/0/Resource")).hasToString("[\"arn:aws:s3:::acme/orders/db/*\"]");
        assertThat(policy.at("/Statement/1/Action").asString()).isEqualTo("s3:ListBucket");
        assertThat(policy.at("/Statement/1/Condition/StringLike/s3:prefix")).hasToString("[\"orders/db/*\"]");
    }

    @Test
    void asks_for_keys_as_long_as_the_settings_say_and_says_the_external_id() throws Exception {
        SessionSettings settings = new SessionSettings(
                TokenServer.ROLE,
                Optional.of(tokens.endpoint()),
                Optional.of(Duration.ofMinutes(20)),
                Optional.of("acme"));
        try (Vaults vaults = vaults(settings)) {
            vaults.keys("primary", DRILL, RUNBOOK);
        }
        assertThat(tokens.asked().get(0).field("DurationSeconds")).isEqualTo("1200");
        assertThat(tokens.asked().get(0).field("ExternalId")).isEqualTo("acme");
    }

    @Test
    void asks_for_keys_neither_shorter_nor_longer_than_such_services_give() {
        SessionSettings settings = tokens.session();
        assertThat(settings.lasts(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.lasts(Duration.ofHours(4))).isEqualTo(Duration.ofHours(4));
        assertThat(settings.lasts(Duration.ofDays(2))).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void names_the_session_by_the_end_of_a_drills_name_that_is_too_long() throws Exception {
        try (Vaults vaults = vaults(tokens.session())) {
            vaults.keys("primary", "tenant north " + "x".repeat(60) + "-20261122-030000-abcd", RUNBOOK);
        }
        assertThat(tokens.asked().get(0).field("RoleSessionName"))
                .hasSize(64)
                .matches("[\\w+=,.@-]+")
                .endsWith("-20261122-030000-abcd");
    }

    @Test
    void is_added_to_by_keys_that_can_add_below_that_prefix_alone() throws Exception {
        try (Vaults vaults = vaults(tokens.session())) {
            vaults.add("primary", "baselines/", "one.json", "{}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(tokens.asked()).hasSize(2);
        JsonNode policy = policy(tokens.asked().get(1));
        assertThat(policy.at("/Statement/0/Action")).hasToString("[\"s3:PutObject\",\"s3:PutObjectRetention\"]");
        assertThat(policy.at("/Statement/0/Resource")).hasToString("[\"arn:aws:s3:::acme/baselines/*\"]");
    }

    @Test
    void says_who_has_to_allow_what_when_the_role_is_refused() {
        tokens.refuse(403, "AccessDenied", "User: acme is not authorized to perform: sts:AssumeRole");
        Problem problem = problem(tokens.session());
        assertThat(problem.what()).contains("does not let Muster take on the role: User: acme is not authorized");
        assertThat(problem.where()).isEqualTo("role " + TokenServer.ROLE + " of vault primary");
        assertThat(problem.remedy()).contains("sts:AssumeRole", "`vaults.primary.session.externalId`");
    }

    @Test
    void says_how_to_ask_for_less_when_the_role_gives_no_keys_for_so_long() {
        tokens.refuse(
                400,
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        assertThat(problem(tokens.session()).what())
                .contains("for as long as they are asked for", "MaxSessionDuration");
        assertThat(problem(tokens.session()).remedy()).contains("`vaults.primary.session.lasts`");
    }

    @Test
    void is_not_opened_by_a_service_that_knows_no_policies() {
        tokens.refuse(400, "InvalidParameterValue", "Unsupported parameter Policy");
        Problem problem = problem(tokens.session());
        assertThat(problem.what()).contains("does not take the policy", "Unsupported parameter Policy");
        assertThat(problem.remedy()).contains("leave out `vaults.primary.session`");
    }

    @Test
    void says_which_credentials_a_service_does_not_accept() {
        tokens.refuse(403, "InvalidClientTokenId", "The security token included in the request is invalid");
        assertThat(problem(tokens.session()).what()).contains("does not accept the credentials: InvalidClientTokenId");
        assertThat(problem(tokens.session()).remedy()).contains("`vaults.primary.credentials`");
    }

    @Test
    void says_what_to_change_when_prefixes_are_too_many() {
        tokens.refuse(400, "PackedPolicyTooLarge", "Packed policy consumes 112% of allotted space");
        assertThat(problem(tokens.session()).remedy()).contains("fewer prefixes");
    }

    @Test
    void says_that_what_answers_is_no_such_service() {
        tokens.answer(404, "<html>nothing here</html>");
        assertThat(problem(tokens.session()).what())
                .contains("What answers at " + tokens.endpoint() + " is no security token service: status 404");
        tokens.answer(200, "<html>welcome</html>");
        assertThat(problem(tokens.session()).what())
                .contains("What answers at " + tokens.endpoint() + " is no security token service");
    }

    @Test
    void says_that_the_service_is_out_of_reach() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI dead = URI.create("http://127.0.0.1:" + port);
        Problem problem =
                problem(new SessionSettings(TokenServer.ROLE, Optional.of(dead), Optional.empty(), Optional.empty()));
        assertThat(problem.what()).contains("Nothing answers at " + dead);
        assertThat(problem.remedy()).contains("`vaults.primary.session.endpoint`");
    }

    /** What a look into the vault meets, which a drill's own keys meet likewise. */
    private Problem problem(SessionSettings session) {
        try (Vaults vaults = vaults(session)) {
            Problem looking = catchThrowableOfType(CouldNotRun.class, () -> vaults.list("primary", "orders/"))
                    .problem();
            Problem asking = catchThrowableOfType(CouldNotRun.class, () -> vaults.keys("primary", DRILL, RUNBOOK))
                    .problem();
            assertThat(looking).isEqualTo(asking);
            assertThat(looking.toString()).doesNotContain(Estate.SECRET_KEY);
            return looking;
        }
    }

    private Vaults vaults(SessionSettings session) {
        return new Vaults(List.of(Estate.settings(s3.endpoint()).by(session)), Secret::new, clock, Estate.SHORT);
    }

    private static JsonNode policy(TokenServer.Asked asked) {
        return JsonMapper.shared().readTree(asked.field("Policy"));
    }
}
