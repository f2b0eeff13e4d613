package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Secret;
import dev.muster.evidence.Verification.Outcome;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvidenceTest {
    @TempDir
    Path temporary;

    private SigningKeys keys;
    private List<LedgerEvent> events;
    private LedgerProofs proofs;
    private Ledger ledger;

    @BeforeEach
    void beginsADrill() {
        keys = SigningKeys.init(temporary.resolve("keys"));
        ledger = Ledger.open(temporary.resolve("ledger"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        ledger.append(EventKind.PLANNED, "another-drill", Map.of());
        ledger.append(EventKind.PLANNED, Records.DRILL, Map.of("process", "4711"));
        ledger.append(EventKind.STARTED, Records.DRILL, Map.of());
        events = ledger.events();
        proofs = ledger.prove(events, keys);
    }

    private Evidence evidence(Secret... secrets) {
        return new Evidence(new Templates(Optional.empty()), () -> List.of(secrets));
    }

    private Path write(DrillRecord record, Secret... secrets) throws InterruptedException {
        return evidence(secrets).write(record, events, proofs, keys, temporary.resolve("evidence"));
    }

    private static Map<String, byte[]> files(Path bundle) {
        return BundleFile.read(bundle).files();
    }

    private static String text(Path bundle, String file) {
        return new String(files(bundle).getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }

    private static JsonNode document(Path bundle) {
        return Json.read(files(bundle).getOrDefault("evidence.json", new byte[0]))
                .orElseThrow();
    }

    @Test
    void writes_a_bundle_that_whoever_trusts_the_key_finds_valid() throws Exception {
        Path bundle = write(Records.passed());

        assertThat(bundle).hasFileName("drill-" + Records.DRILL + ".zip");
        assertThat(files(bundle))
                .containsOnlyKeys(
                        "README-VERIFY.txt",
                        "evidence.json",
                        "report.html",
                        "ledger.jsonl",
                        "ledger-2.tlog-proof",
                        "ledger-3.tlog-proof",
                        "ledger.consistency",
                        "key.pub.pem",
                        "key.ssh.pub",
                        "SHA256SUMS",
                        "SHA256SUMS.sig",
                        "statement.json",
                        "statement.sig",
                        "statement.sigstore.json");
        Verification verification = Evidence.verify(bundle, temporary.resolve("keys"));
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.outcome()).isEqualTo(Outcome.VALID);
        assertThat(verification.lines()).contains("You trust that key.");
    }

    @Test
    void the_same_record_makes_the_same_bytes() throws Exception {
        Path first = write(Records.failed());
        Path second = evidence().write(Records.failed(), events, proofs, keys, temporary.resolve("again"));

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void never_overwrites_evidence() throws Exception {
        Path bundle = write(Records.passed());
        byte[] before = Files.readAllBytes(bundle);

        assertThatThrownBy(() -> write(Records.failed()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(bundle.toString());
        assertThat(bundle).hasBinaryContent(before);
        assertThat(bundle.getParent()).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void the_report_says_what_was_tried_before_and_what_the_loss_would_really_be() throws Exception {
        String report = text(write(Records.walkedBack()), "report.html");

        assertThat(report)
                .contains(
                        "What was tried before",
                        "Attempt 1: database",
                        "s3://acme-backups/odoo/db/2026-11-01T03.dump",
                        "The dump cannot be read to its end",
                        "restored-completely",
                        "Its scratch first123 was removed",
                        "1 newer backup did not come back, and the drill walked back from it")
                .containsPattern("effective recovery point, with the backup that came back, is <b>\\s*14 min");
    }

    @Test
    void the_report_shows_which_faults_were_caught_with_the_escapes_first() throws Exception {
        String report = text(write(Records.proven()), "report.html");

        assertThat(report)
                .contains("The checks caught 1 of 2 faults", "(50 %; at least 50 % are demanded)")
                .contains("there is no table orders", "row &lt;8&gt; deleted");
        assertThat(report.indexOf("row &lt;8&gt; deleted")).isLessThan(report.indexOf("row 7 deleted"));
    }

    @Test
    void every_kind_of_record_fits_the_published_schema() throws Exception {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("config/evidence.schema.json")));
        for (DrillRecord record : List.of(
                Records.passed(), Records.failed(), Records.couldNotRun(), Records.walkedBack(), Records.proven())) {
            Path bundle = evidence()
                    .write(
                            record,
                            events,
                            proofs,
                            keys,
                            temporary.resolve(record.verdict().name()
                                    + record.attempts().size()
                                    + record.proof().isPresent()));
            String document = text(bundle, "evidence.json");
            assertThat(schema.validate(document, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(document.replace("\"rpo\"", "\"rop\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    @Test
    void figures_keep_target_formula_and_inputs_and_unknown_is_null() throws Exception {
        JsonNode processes = document(write(Records.passed())).path("processes");

        JsonNode measured = processes.path("order-capture").path("rpo");
        assertThat(measured.path("targetSeconds").decimalValue()).isEqualByComparingTo("900");
        assertThat(measured.path("achievedSeconds").decimalValue()).isEqualByComparingTo("840");
        assertThat(measured.path("met").booleanValue()).isTrue();
        assertThat(measured.path("formula").stringValue()).contains("newest row");
        assertThat(measured.path("inputs").path("disaster").stringValue()).isEqualTo("2026-11-01T03:00:00Z");
        JsonNode unknown = processes.path("warehouse").path("rpo");
        assertThat(unknown.path("achievedSeconds").isNull()).isTrue();
        assertThat(unknown.path("met").isNull()).isTrue();
    }

    @Test
    void holds_the_ledger_lines_of_this_drill_as_they_stand() throws Exception {
        Path bundle = write(Records.passed());

        assertThat(text(bundle, "ledger.jsonl").lines())
                .containsExactlyElementsOf(Files.readAllLines(temporary.resolve("ledger/events.jsonl"))
                        .subList(1, 3));
        assertThat(document(bundle).path("ledger").path(0).path("digest").stringValue())
                .isEqualTo(events.get(1).digest());
    }

    @Test
    void a_secret_never_enters_and_its_place_becomes_a_finding() throws Exception {
        String secret = "s3cr3t/of the+house";
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.systemUTC());
        ledger.append(EventKind.SCRATCH_REMOVED, Records.DRILL, Map.of("leak", secret));
        events = ledger.events();
        proofs = ledger.prove(events, keys);
        Path bundle = write(
                Records.with(Records.observations(
                        "connection", "user=x password=" + secret, "address", "http://h/?p=s3cr3t%2Fof+the%2Bhouse")),
                new Secret(secret));

        files(bundle)
                .forEach((name, content) -> assertThat(new String(content, StandardCharsets.UTF_8))
                        .as(name)
                        .doesNotContain("s3cr3t")
                        .doesNotContain("the+house"));
        JsonNode document = document(bundle);
        assertThat(document.path("checks")
                        .path(2)
                        .path("observations")
                        .path("connection")
                        .stringValue())
                .isEqualTo("user=x password=******");
        assertThat(document.path("findings").findValuesAsString("where"))
                .containsExactlyInAnyOrder(
                        "ledger line 4", "checks[2].observations.connection", "checks[2].observations.address");
        assertThat(Evidence.verify(bundle, temporary.resolve("keys")).outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void what_a_backup_holds_never_becomes_markup() throws Exception {
        String report = text(
                write(Records.with(Map.of("<script>alert(1)</script>", "<img src=x onerror=alert(2)>"))),
                "report.html");

        assertThat(report)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&lt;img src=x onerror=alert(2)&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img");
    }

    @Test
    void the_report_names_verdict_objectives_failures_and_limits() throws Exception {
        String report = text(write(Records.failed()), "report.html");

        assertThat(report)
                .contains("✕ Failed")
                .contains("1 check failed, and 1 objective was missed")
                .contains("15 min 41 s")
                .contains("1 of 412 files that the database names is missing")
                .contains("<b>What to do:</b> Restore the file from an older filestore backup")
                .contains("the recovery point of warehouse")
                .contains("It ends after 20,000,000 of 48,100,200 bytes")
                .contains("default-src 'none'")
                .doesNotContain("http-equiv=\"refresh\"")
                .doesNotContain("src=");
    }

    @Test
    void a_drill_that_could_not_look_is_no_pass() throws Exception {
        String report = text(write(Records.couldNotRun()), "report.html");

        assertThat(report)
                .contains("? Could not run")
                .contains("does not count as a passed drill")
                .contains("muster doctor")
                .doesNotContain("✓ met");
    }

    @Test
    void a_demonstration_key_is_called_one_everywhere() throws Exception {
        keys = SigningKeys.initForDemonstration(temporary.resolve("demonstration"));
        proofs = ledger.prove(events, keys);
        Path bundle = write(Records.passed());

        assertThat(text(bundle, "report.html")).contains("Demonstration key, not trusted");
        assertThat(text(bundle, "README-VERIFY.txt")).contains("DEMONSTRATION KEY, NOT TRUSTED");
        assertThat(Evidence.verify(bundle, temporary.resolve("demonstration")).lines())
                .anyMatch(line -> line.contains("demonstration key"));
    }

    @Test
    void a_broken_template_of_the_organisation_does_not_cost_the_evidence() throws Exception {
        Path own = Files.createDirectories(temporary.resolve("own"));
        Files.writeString(own.resolve("report.ftlh"), "<p>${nothing.there}</p>");
        Path bundle = new Evidence(new Templates(Optional.of(own)), List::of)
                .write(Records.passed(), events, proofs, keys, temporary.resolve("evidence"));

        assertThat(text(bundle, "report.html")).contains("Recovery drill report");
        assertThat(document(bundle).path("findings").path(0).path("where").stringValue())
                .isEqualTo("templates/report.ftlh:1");
    }

    @Test
    void a_customised_template_is_called_one() throws Exception {
        Path own = Files.createDirectories(temporary.resolve("own"));
        Files.writeString(own.resolve("report.ftlh"), "<p>${record.verdict}: ${record.report???c}</p>");
        Path bundle = new Evidence(new Templates(Optional.of(own)), List::of)
                .write(Records.passed(), events, proofs, keys, temporary.resolve("evidence"));

        assertThat(text(bundle, "report.html")).isEqualTo("<p>PASSED: true</p>");
        assertThat(document(bundle).path("report").path("customised").booleanValue())
                .isTrue();
    }

    @Test
    void the_shipped_template_is_not_called_customised() throws Exception {
        assertThat(document(write(Records.passed()))
                        .path("report")
                        .path("customised")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void renders_the_same_report_again() throws Exception {
        Path bundle = write(Records.failed());

        assertThat(evidence().render(bundle, "html")).isEqualTo(text(bundle, "report.html"));
        assertThat(evidence().render(bundle, "json")).isEqualTo(text(bundle, "evidence.json"));
        assertThatThrownBy(() -> evidence().render(bundle, "pdf"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("--format html");
        assertThatThrownBy(() -> evidence().render(bundle, "docx"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("html or json");
        Path other = Files.writeString(temporary.resolve("other.zip"), "nothing");
        assertThatThrownBy(() -> evidence().render(other, "html"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster verify " + other);
    }

    @Test
    void five_hundred_checks_make_a_report_in_time() throws Exception {
        List<CheckResult> checks = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            checks.add(Records.check(
                    "check-" + number, "database-integrity", number, Records.observations("rows", "" + number)));
        }
        String report = text(write(Records.withChecks(checks)), "report.html");

        assertThat(report).contains("check-499");
    }
}
