package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.testing.Needs;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whole drills from the command line: good backups pass, and each bad input ends as a user needs it to end. */
@Needs({"pg_dump", "pg_restore"})
class DrillTest {
    private static final String STEPS = """
            - restore: database
            - restore: filestore
            - check: database-integrity
            - check: filestore-consistency
            """;
    private static final String ALONE = """
            - restore: database
            - check: database-integrity
            """;
    private static final String DATABASE = "database: { vault: primary, format: pg-dump, prefix: db/ }";
    private static final String FILESTORE = "filestore: { vault: primary, format: tar, prefix: fs/ }";

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static String now;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(STEPS, DATABASE, FILESTORE);
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".dump", estate.customDump());
        playground.s3.put(Playground.BUCKET, "fs/shop-" + now + ".tar", estate.filestore());
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        JsonNode scratches =
                playground.muster("scratch", "list", "--json").json().path("scratches");
        assertThat(scratches).isEmpty();
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
        playground.close();
    }

    @Test
    void a_good_backup_passes_and_its_evidence_verifies_until_it_is_touched() throws Exception {
        Playground.Outcome run = drill();

        JsonNode drill = run.json();
        assertThat(drill.path("verdict").asString()).as(run.out()).isEqualTo("PASSED");
        assertThat(run.exit()).isZero();
        assertThat(drill.path("processes")
                        .path("orders")
                        .path("rpo")
                        .path("met")
                        .booleanValue())
                .isTrue();
        assertThat(drill.path("processes")
                        .path("orders")
                        .path("rto")
                        .path("achievedSeconds")
                        .doubleValue())
                .isPositive();
        assertThat(drill.path("scratch").path("removed").booleanValue()).isTrue();
        assertThat(check(drill, "source-unchanged").path("verdict").asString()).isEqualTo("PASSED");
        assertThat(run.out() + run.err()).doesNotContain(Playground.SECRET_KEY);

        Path bundle = Path.of(drill.path("bundle").asString());
        assertThat(playground.muster("verify", bundle.toString()).exit()).isZero();
        try (FileSystem files = FileSystems.newFileSystem(bundle)) {
            assertThat(Files.readString(files.getPath("drill.log")))
                    .contains(
                            "PLANNED stands in the ledger",
                            "stage fetch",
                            "source-unchanged (after the drill): PASSED");
            assertThat(Files.readAllLines(files.getPath("observations.jsonl"))).hasSameSizeAs(drill.path("checks"));
        }
        Path strangers = Files.createDirectories(folder.resolve("strangers"));
        assertThat(playground
                        .muster("verify", bundle.toString(), "--trust", strangers.toString())
                        .exit())
                .isEqualTo(6);
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Path touched = Files.write(folder.resolve("touched.zip"), bytes);
        assertThat(playground.muster("verify", touched.toString()).exit()).isEqualTo(5);
    }

    @Test
    void one_tenant_of_a_fleet_is_drilled_by_its_name_and_the_evidence_names_it() throws Exception {
        playground.s3.put(Playground.BUCKET, "tenants/alpha/db/shop-" + now + ".dump", estate.customDump());
        playground.s3.put(Playground.BUCKET, "tenants/two words/db/x.dump", estate.customDump());
        Path file = playground.runbook(ALONE, DATABASE.replace("prefix: db/", "prefix: \"tenants/${tenant}/db/\""));
        Files.writeString(
                file,
                Files.readString(file).replace("system: trial-system", "system: tenant-${tenant}")
                        + "fleet: { tenants: { listing: { vault: primary, prefix: tenants/ } }, each: 6 months }\n");

        Playground.Outcome unnamed = playground.muster("run", "trial");
        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains("a fleet of 1 tenants, and none is named", "--tenant alpha");

        Playground.Outcome run = playground.muster("run", "trial", "--tenant", "alpha", "--json");
        assertThat(run.json().path("verdict").asString())
                .as(run.out() + run.err())
                .isEqualTo("PASSED");
        String drill = run.json().path("drill").asString();
        assertThat(playground.muster("report", drill, "--format", "json").out())
                .contains("tenant-alpha", "fleet.tenant");
        assertThat(playground
                        .muster("ledger", "show", "--drill", drill, "--json")
                        .out())
                .contains("\"set fleet.tenant\" : \"alpha\"");

        JsonNode fleet = playground.muster("fleet", "show", "trial", "--json").json();
        assertThat(fleet.path("refused").path(0).asString()).isEqualTo("\"two words\"");
        assertThat(fleet.path("statement").path("words").asString()).startsWith("Nothing is claimed");
        JsonNode plan = playground
                .muster("fleet", "plan", "trial", "--at", "2027-01-01T03:00:00Z", "--json")
                .json();
        assertThat(plan.path("chosen").path(0).path("tenant").asString()).isEqualTo("alpha");
        assertThat(playground.muster("fleet", "verify", "trial").exit()).isZero();
        assertThat(playground.muster("run", "trial", "--tenant", "../x").exit()).isEqualTo(2);
    }

    @Test
    void history_report_and_ledger_know_the_drill() throws Exception {
        String drill = drill().json().path("drill").asString();

        assertThat(playground.muster("drills").out()).contains(drill, "PASSED");
        assertThat(playground
                        .muster("show", drill.substring(0, drill.length() - 2))
                        .out())
                .contains("PLANNED", "STARTED", "FINISHED");
        assertThat(playground.muster("report", drill).out()).contains("<html", "A trial restore");
        String record = playground.muster("report", drill, "--format", "json").out();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("config/evidence.schema.json")))
                        .validate(record, InputFormat.JSON))
                .isEmpty();
        assertThat(playground
                        .muster("report", drill, "--format", "json")
                        .json()
                        .path("verdict")
                        .path("verdict")
                        .asString())
                .isEqualTo("PASSED");
        assertThat(playground.muster("show", "nobody-knows-it").exit()).isEqualTo(2);
        JsonNode shown = playground.muster("show", drill, "--json").json();
        assertThat(Instant.parse(shown.path("started").asString()))
                .isAfter(Instant.parse(shown.path("planned").asString()));
    }

    @Test
    void a_drill_that_is_done_again_for_the_same_disaster_says_which_one_it_supersedes() throws Exception {
        String disaster = Instant.now().minusSeconds(60).toString();
        String first = playground
                .muster("run", "trial", "--at", disaster, "--json")
                .json()
                .path("drill")
                .asString();
        JsonNode second =
                playground.muster("run", "trial", "--at", disaster, "--json").json();

        JsonNode record = playground
                .muster("report", second.path("drill").asString(), "--format", "json")
                .json();
        assertThat(record.path("recordControl").path("supersedes").asString()).isEqualTo(first);
        assertThat(record.path("programme").path("tries").findValuesAsString("drill"))
                .containsExactly(first, second.path("drill").asString());
        assertThat(record.path("measurements").path("trend").findValuesAsString("drill"))
                .containsExactly(first, second.path("drill").asString());
        Path bundle = Path.of(second.path("bundle").asString());
        assertThat(playground.muster("verify", bundle.toString()).out())
                .contains("The plan in the ledger", "test-result.json was signed with the same key");
    }

    @Test
    void a_checkpoint_shows_that_the_ledger_was_shortened_since() throws Exception {
        drill();
        Path checkpoint = folder.resolve("checkpoint");
        assertThat(playground
                        .muster("ledger", "checkpoint", "-o", checkpoint.toString())
                        .exit())
                .isZero();
        Playground.Outcome whole = playground.muster("ledger", "verify", "--since", checkpoint.toString());
        assertThat(whole.exit()).as(whole.out()).isZero();

        Path events = folder.resolve("home/ledger/events.jsonl");
        List<String> lines = Files.readAllLines(events);
        Files.write(events, lines.subList(0, lines.size() - 1));

        Playground.Outcome verified = playground.muster("ledger", "verify", "--since", checkpoint.toString());
        assertThat(verified.exit()).isEqualTo(5);
        assertThat(verified.out()).contains("cut off");
        // The checkpoint that was kept after the drill notices as well.
        assertThat(playground.muster("ledger", "verify").exit()).isEqualTo(5);
        Files.write(events, lines);
    }

    @Test
    void a_plan_says_what_would_be_used_and_touches_nothing() {
        Playground.Outcome plan = playground.muster("plan", "trial", "--json");

        assertThat(plan.exit()).isZero();
        assertThat(plan.json().path("bytesToFetch").longValue()).isPositive();
        assertThat(playground.muster("backups", "trial").out()).contains("chosen", "shop-" + now + ".dump");
        assertThat(playground.muster("ledger", "show").out()).isEmpty();
    }

    @Test
    void a_backup_drawn_by_lot_can_be_drawn_again_by_the_name_of_the_drill() throws Exception {
        playground.runbook(ALONE, DATABASE.replace(" }", ", select: random }"));
        for (String name : List.of("b", "c", "d", "e")) {
            playground.s3.put(Playground.BUCKET, "db/" + name + "-" + now + ".dump", estate.customDump());
        }

        String drill = drill().json().path("drill").asString();

        JsonNode planned = playground
                .muster("ledger", "show", "--json")
                .json()
                .path("events")
                .get(0);
        assertThat(planned.path("details").path("seed").asString()).isEqualTo(drill);
        JsonNode point =
                playground.muster("report", drill, "--format", "json").json().path("recoveryPoint");
        JsonNode again =
                playground.muster("plan", "trial", "--seed", drill, "--json").json();
        assertThat(again.path("backups").get(0).path("object").asString())
                .isEqualTo(point.path("backups")
                        .path("database")
                        .path("object")
                        .path("address")
                        .asString());
        assertThat(point.path("candidates"))
                .hasSize(5)
                .allSatisfy(candidate ->
                        assertThat(candidate.path("reason").asString()).contains("seed " + drill));
        assertThat(playground.muster("plan", "trial").out()).contains("drawn by any seed; a drill draws anew");
    }

    @Test
    void a_backup_that_differs_from_the_digest_beside_it_fails_the_drill() throws Exception {
        String key = "db/shop-" + now + ".dump";
        playground.s3.put(Playground.BUCKET, key + ".sha256", "ab".repeat(32).getBytes(StandardCharsets.UTF_8));

        stops(1, "FAILED", key + ".sha256");
    }

    @Test
    void bytes_that_nothing_vouches_for_are_called_unprotected_until_a_digest_lies_beside_them() throws Exception {
        playground.runbook(ALONE, DATABASE);
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        String key = "db/shop-" + now + ".sql";
        byte[] dump = estate.plainDumpWith(("-- " + "padding ".repeat(10) + "\n").repeat(80_000));
        playground.inParts(key, dump, 5 * 1024 * 1024);
        String unprotected = "No digest vouches for the bytes of shop-" + now + ".sql";

        assertThat(report(drill())).contains(unprotected, "Unprotected: nothing");

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(dump));
        playground.s3.put(Playground.BUCKET, key + ".sha256", digest.getBytes(StandardCharsets.UTF_8));
        assertThat(report(drill())).doesNotContain(unprotected).contains("Compared and the same: SHA-256 " + digest);
    }

    private String report(Playground.Outcome drill) {
        return playground
                .muster("report", drill.json().path("drill").asString(), "--format", "json")
                .out();
    }

    @Test
    void an_odoo_zip_alone_brings_back_database_and_filestore() throws Exception {
        playground.runbook(
                STEPS,
                "database: { vault: primary, format: odoo-zip, prefix: zip/ }",
                "filestore: { within: database }");
        playground.s3.put(Playground.BUCKET, "zip/shop.zip", estate.odooZip(Map.of()));

        Playground.Outcome run = drill();

        assertThat(run.json().path("verdict").asString()).as(run.out()).isEqualTo("PASSED");
    }

    @Test
    void a_missing_attachment_fails_the_drill_and_is_named() throws Exception {
        Map<String, byte[]> files = new TreeMap<>(estate.files);
        String lost = files.keySet().iterator().next();
        files.remove(lost);
        playground.s3.put(Playground.BUCKET, "fs/shop-" + now + ".tar", SmallEstate.tar(files));

        failsIn("attachments-complete", lost);
    }

    @Test
    void a_flipped_byte_in_an_attachment_fails_the_drill_and_is_named() throws Exception {
        Map<String, byte[]> files = new TreeMap<>(estate.files);
        String broken = files.keySet().iterator().next();
        byte[] content = Objects.requireNonNull(files.get(broken)).clone();
        content[7] ^= 1;
        files.put(broken, content);
        playground.s3.put(Playground.BUCKET, "fs/shop-" + now + ".tar", SmallEstate.tar(files));

        failsIn("attachments-complete", broken);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 90, 99})
    void a_custom_archive_that_was_cut_short_fails_the_drill(int percent) throws Exception {
        byte[] dump = estate.customDump();
        playground.s3.put(
                Playground.BUCKET, "db/shop-" + now + ".dump", Arrays.copyOf(dump, dump.length * percent / 100));

        failsIn("restored-completely", "shop-" + now + ".dump");
    }

    @Test
    void a_plain_dump_that_was_cut_short_is_passed_over_and_nothing_is_left_to_restore() throws Exception {
        byte[] dump = estate.plainDump();
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".sql", Arrays.copyOf(dump, dump.length * 9 / 10));

        stops(1, "FAILED", "shop-" + now + ".sql");
    }

    @Test
    void a_failed_drill_reaches_a_mailbox_with_its_report() throws Exception {
        byte[] dump = estate.plainDump();
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".sql", Arrays.copyOf(dump, dump.length * 9 / 10));
        GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
        try {
            Files.writeString(
                    folder.resolve("muster.yaml"),
                    """
                    telling:
                      dba: { mail: { host: 127.0.0.1, port: %d, tls: none, from: muster@example.com, to: [dba@example.com] } }
                    """.formatted(mailbox.getSmtp().getPort()),
                    StandardOpenOption.APPEND);
            Playground.Outcome run = drill();

            assertThat(run.exit()).as(run.err()).isEqualTo(1);
            // Ten seconds on a machine that does nothing else; this one may do much.
            await().atMost(90, TimeUnit.SECONDS).until(() -> delivery().state() == Delivery.State.DELIVERED);
            assertThat(delivery().attempts()).isEqualTo(1);
            MimeMessage mail = mailbox.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Failed: trial-system");
            assertThat(GreenMailUtil.getWholeMessage(mail)).contains("application/pdf", "JVBERi0");
            assertThat(run.out() + run.err()).doesNotContain(Playground.SECRET_KEY);
        } finally {
            mailbox.stop();
        }
    }

    @Test
    void a_dump_of_a_newer_server_says_which_server_to_ask_for() {
        Playground.Outcome run = playground.muster("run", "trial", "--json", "--set", "scratch.postgres=14");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("scratch.postgres=15");
        leavesAMark(run, "COULD_NOT_RUN");
    }

    @Test
    void a_wrong_format_is_named_with_the_one_to_declare() throws Exception {
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".dump", estate.odooZip(Map.of()));

        stops(1, "FAILED", "odoo-zip");
    }

    @Test
    void a_bomb_is_refused_before_it_fills_the_scratch() throws Exception {
        playground.s3.put(Playground.BUCKET, "fs/shop-" + now + ".tar", SmallEstate.bomb(300));

        failsIn("unpacked-completely", "fs/shop-" + now + ".tar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/etc/outside", "ab/../../../outside"})
    void a_tar_that_points_outside_is_refused_by_name(String hostile) throws Exception {
        Map<String, byte[]> files = new TreeMap<>(estate.files);
        files.put(hostile, "gotcha".getBytes(StandardCharsets.UTF_8));
        playground.s3.put(Playground.BUCKET, "fs/shop-" + now + ".tar", SmallEstate.tar(files));

        failsIn("unpacked-completely", hostile);
    }

    @Test
    void a_zip_that_points_outside_is_refused_by_name() throws Exception {
        playground.runbook(
                STEPS,
                "database: { vault: primary, format: odoo-zip, prefix: zip/ }",
                "filestore: { within: database }");
        byte[] gotcha = "gotcha".getBytes(StandardCharsets.UTF_8);
        playground.s3.put(Playground.BUCKET, "zip/shop.zip", estate.odooZip(Map.of("filestore/../../outside", gotcha)));

        Playground.Outcome run = drill();

        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains("outside");
        leavesAMark(run, "FAILED");
    }

    @Test
    void a_full_scratch_could_not_run_and_says_how_much_is_missing() {
        Playground.Outcome run = playground.muster("run", "trial", "--json", "--set", "scratch.disk=20 MiB");

        assertThat(run.exit()).as(run.out()).isEqualTo(3);
        leavesAMark(run, "COULD_NOT_RUN");
    }

    @Test
    void the_doctor_finds_a_vault_that_does_not_answer_before_a_drill_does() throws Exception {
        JsonNode healthy = playground.muster("doctor", "--json").json();
        assertThat(healthy.path("fit").booleanValue()).as(healthy.toString()).isTrue();
        assertThat(healthy.path("facts").findValuesAsString("subject")).contains("isolation");

        playground.settings("http://127.0.0.1:1", Playground.BUCKET, "key");

        Playground.Outcome sick = playground.muster("doctor");
        assertThat(sick.exit()).isEqualTo(3);
        assertThat(sick.out()).containsPattern("WRONG +vault primary: .*127\\.0\\.0\\.1:1");
    }

    @Test
    void a_kept_scratch_stays_reachable_until_it_is_removed() {
        JsonNode drill =
                playground.muster("run", "trial", "--json", "--keep", "10m").json();
        assertThat(drill.path("verdict").asString()).isEqualTo("PASSED");
        assertThat(drill.path("scratch").path("removed").booleanValue()).isFalse();

        JsonNode kept = scratches().get(0);
        assertThat(kept.path("state").asString()).isEqualTo("kept");
        assertThat(kept.path("reach").asString()).contains("psql");
        String id = kept.path("id").asString();
        assertThat(playground.muster("scratch", "extend", id, "--by", "1h").exit())
                .isZero();
        assertThat(Duration.between(
                        Instant.parse(kept.path("expires").asString()),
                        Instant.parse(scratches().get(0).path("expires").asString())))
                .isEqualTo(Duration.ofHours(1));
        assertThat(playground.muster("scratch", "remove", id).exit()).isZero();
    }

    @Test
    void a_drill_without_a_key_to_sign_with_says_how_to_make_one_and_leaves_no_mark() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");

        Playground.Outcome run = playground.muster("run", "trial", "--home", elsewhere.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("muster keys init");
        assertThat(playground
                        .muster("ledger", "show", "--home", elsewhere.toString())
                        .out())
                .isEmpty();
    }

    @Test
    void a_missing_bucket_could_not_run() throws Exception {
        playground.settings(playground.s3.endpoint().toString(), "no-such-bucket", "key");

        stops(3, "COULD_NOT_RUN", "no-such-bucket");
    }

    @Test
    void wrong_credentials_could_not_run_and_are_not_shown() throws Exception {
        Files.writeString(folder.resolve("secrets/wrong"), "quite-another-secret");
        playground.settings(playground.s3.endpoint().toString(), Playground.BUCKET, "wrong");

        Playground.Outcome run = stops(3, "COULD_NOT_RUN", Playground.ACCESS_KEY);
        assertThat(run.out() + run.err()).doesNotContain("quite-another-secret");
    }

    @Test
    void an_endpoint_that_is_down_could_not_run() throws Exception {
        playground.settings("http://127.0.0.1:1", Playground.BUCKET, "key");

        stops(3, "COULD_NOT_RUN", "127.0.0.1:1");
    }

    @Test
    void a_database_without_filestore_and_the_reverse_could_not_run() {
        playground.s3.remove(Playground.BUCKET, "fs/shop-" + now + ".tar");
        stops(3, "COULD_NOT_RUN", "fs/");
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        stops(3, "COULD_NOT_RUN", "db/");
    }

    @Test
    void a_runbook_with_forty_mistakes_says_them_all_and_is_refused_in_the_ledger() throws Exception {
        StringBuilder processes = new StringBuilder();
        for (int mistake = 0; mistake < 40; mistake++) {
            processes.append("  p").append(mistake).append(": { rpoo: 1h }\n");
        }
        String text = Files.readString(folder.resolve("trial.yaml"));
        Files.writeString(folder.resolve("trial.yaml"), text.replaceFirst("(?m)^  orders:.*\n", processes.toString()));

        Playground.Outcome run = drill();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.json().path("misprints")).hasSize(40);
        assertThat(playground.muster("lint", "trial").err().lines())
                .hasSize(40)
                .allMatch(line -> line.matches(".*trial\\.yaml:\\d+:\\d+: .*rpo.*"));
        assertThat(playground.muster("ledger", "show").out()).contains("PLANNED", "REFUSED");
    }

    @Test
    void a_drill_that_was_killed_is_found_removed_and_closed_as_aborted() throws Exception {
        Process drill = startedAndRestoring();
        JsonNode open = scratches().get(0);
        drill.destroyForcibly().waitFor();

        JsonNode left = scratches().get(0);
        assertThat(left.path("state").asString()).isEqualTo("left behind");
        assertThat(left.path("processes")).isNotEmpty();
        Playground.Outcome removed =
                playground.muster("scratch", "remove", open.path("id").asString(), "--json");
        assertThat(removed.exit()).as(removed.err()).isZero();

        // Whoever inherited the dead ones may take a moment to bury them.
        await().untilAsserted(() -> left.path("processes")
                .forEach(process -> assertThat(
                                ProcessHandle.of(process.longValue()).filter(ProcessHandle::isAlive))
                        .isEmpty()));
        assertThat(Path.of(left.path("place").asString())).doesNotExist();
        assertThat(playground
                        .muster("drills", "--json")
                        .json()
                        .path("drills")
                        .get(0)
                        .path("verdict")
                        .asString())
                .isEqualTo("ABORTED");
        assertThat(playground.muster("ledger", "show").out()).contains("ABORTED", "SCRATCH_REMOVED");
    }

    @Test
    void a_drill_that_is_asked_to_end_stops_within_seconds_with_evidence_and_without_scratch() throws Exception {
        Process drill = startedAndRestoring();
        drill.destroy();

        assertThat(drill.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(drill.exitValue()).isEqualTo(4);
        JsonNode told =
                playground.muster("drills", "--json").json().path("drills").get(0);
        assertThat(told.path("verdict").asString()).isEqualTo("ABORTED");
        assertThat(Path.of(told.path("bundle").asString())).exists();
    }

    private Process startedAndRestoring() throws IOException {
        playground.s3.remove(Playground.BUCKET, "db/shop-" + now + ".dump");
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".sql", estate.plainDumpWith("SELECT pg_sleep(300);"));
        Process drill = playground.start("run", folder.resolve("trial.yaml").toString(), "--json");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !drill.isAlive()
                        || (scratches().size() == 1
                                && !scratches().get(0).path("processes").isEmpty()));
        assertThat(drill.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
        return drill;
    }

    private JsonNode scratches() {
        return playground.muster("scratch", "list", "--json").json().path("scratches");
    }

    private Delivery delivery() {
        try (Catalog catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("home/catalog"))) {
            return new Outbox(catalog).newest(1).get(0);
        }
    }

    private Playground.Outcome drill() {
        return playground.muster("run", "trial", "--json");
    }

    /** The drill fails because of this check, whose problem names the culprit. */
    private void failsIn(String check, String culprit) {
        Playground.Outcome run = drill();
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        JsonNode found = check(run.json(), check);
        assertThat(found.path("verdict").asString()).as(run.out()).isEqualTo("FAILED");
        assertThat(found.path("problem").path("what").asString()
                        + found.path("problem").path("where").asString())
                .contains(culprit);
        assertThat(found.path("problem").path("remedy").asString()).isNotBlank();
        leavesAMark(run, "FAILED");
    }

    /** The drill is stopped by one problem that names the culprit. */
    private Playground.Outcome stops(int exit, String verdict, String culprit) {
        Playground.Outcome run = drill();
        assertThat(run.exit()).as(run.out()).isEqualTo(exit);
        JsonNode problem = run.json().path("problems").get(0);
        assertThat(problem.path("what").asString()
                        + problem.path("where").asString()
                        + problem.path("remedy").asString())
                .contains(culprit);
        assertThat(problem.path("remedy").asString()).isNotBlank();
        leavesAMark(run, verdict);
        return run;
    }

    private void leavesAMark(Playground.Outcome run, String verdict) {
        assertThat(run.json().path("verdict").asString()).isEqualTo(verdict);
        assertThat(run.err()).doesNotContain("\tat ");
        JsonNode events = playground
                .muster(
                        "ledger",
                        "show",
                        "--json",
                        "--drill",
                        run.json().path("drill").asString())
                .json()
                .path("events");
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.path("kind").asString()).isEqualTo("FINISHED");
        assertThat(last.path("details").path("verdict").asString()).isEqualTo(verdict);
        assertThat(Path.of(run.json().path("bundle").asString())).exists();
    }

    private static JsonNode check(JsonNode drill, String name) {
        for (JsonNode check : drill.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + drill);
    }
}
