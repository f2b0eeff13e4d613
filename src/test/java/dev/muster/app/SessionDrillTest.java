package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.backup.TokenServer;
import dev.muster.drill.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole drills from a vault that opens to the keys of a session alone. */
class SessionDrillTest {
    @TempDir
    Path folder;

    private EmbeddedS3 s3;
    private TokenServer tokens;
    private Playground playground;

    @BeforeEach
    void open() throws Exception {
        s3 = EmbeddedS3.inMemory(TokenServer.ACCESS_KEY, new Secret(TokenServer.SECRET_KEY));
        s3.createBucket(Playground.BUCKET);
        tokens = new TokenServer(Clock.systemUTC());
        playground = new Playground(folder);
        Path settings = folder.resolve("muster.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                                .replace(
                                        playground.s3.endpoint().toString(),
                                        s3.endpoint().toString())
                                .stripTrailing()
                        + """

                    session: { role: "%s", endpoint: "%s" }
                kubernetes:
                  images: { worker: registry.example.com/muster:1, postgres: { "15": registry.example.com/postgres:15 } }
                  endpoints: { primary: "http://10.1.2.3:9000" }
                """.formatted(TokenServer.ROLE, tokens.endpoint()));
        playground.runbook(
                "- restore: database\n- check: database-integrity\n",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        String now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        s3.put(Playground.BUCKET, "db/shop-" + now + ".sql", """
                --
                -- PostgreSQL database dump
                --

                -- Dumped from database version 15.4
                -- Dumped by pg_dump version 15.4

                create table sale_order (id int primary key, write_date timestamp);
                insert into sale_order values (1, now() - interval '10 minutes');
                create table sale_line (id int primary key, sale_order int references sale_order);
                insert into sale_line values (1, 1);
                --
                -- PostgreSQL database dump complete
                --
                """.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        playground.close();
        tokens.close();
        s3.close();
    }

    @Test
    void a_drill_on_this_machine_fetches_by_the_role() {
        Playground.Outcome drill = playground.muster("run", "trial", "--json");
        assertThat(drill.json().path("verdict").asString())
                .as(drill.out() + drill.err())
                .isEqualTo("PASSED");
        assertThat(tokens.asked()).isNotEmpty();
    }

    @Test
    void a_plan_has_no_keys_made_for_a_drill_that_may_never_be() {
        Playground.Outcome plan = playground.muster("plan", "trial", "--set", "scratch.on=kubernetes", "--json");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.out()).contains("vault.primary.session-token: \\\"***\\\"");
        assertThat(tokens.asked())
                .extracting(asked -> asked.field("RoleSessionName"))
                .containsOnly("muster");
    }

    @Test
    void the_doctor_looks_by_the_role_and_says_why_it_cannot() {
        assertThat(playground.muster("doctor").out()).contains("vault primary: answers");
        tokens.refuse(403, "AccessDenied", "not authorized to perform sts:AssumeRole");
        assertThat(playground.muster("doctor").out())
                .contains("vault primary: The security token service does not let Muster take on the role");
    }
}
