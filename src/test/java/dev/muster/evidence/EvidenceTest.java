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
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.paper.Pages;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
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
        ledger.append(EventKind.PLANNED, Records.DRILL, Records.PLAN);
        ledger.append(EventKind.STARTED, Records.DRILL, Map.of());
        events = ledger.events();
        proofs = ledger.prove(events, keys);
    }

    private Evidence evidence(Secret... secrets) {
        return new Evidence(new Templates(Optional.empty()), () -> List.of(secrets));
    }

    private Path write(DrillRecord record, Secret... secrets) throws InterruptedException {
        return evidence(secrets).write(record, events, proofs, keys, keys.publicKey(), temporary.resolve("evidence"));
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
                        "report.pdf",
                        "observations.jsonl",
                        "drill.log",
                        "ledger.jsonl",
                        "ledger-2.tlog-proof",
                        "ledger-3.tlog-proof",
                        "ledger.consistency",
                        "key.pub.pem",
                        "key.ssh.pub",
                        "test-result.json",
                        "test-result.sigstore.json",
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
        Path second =
                evidence().write(Records.failed(), events, proofs, keys, keys.publicKey(), temporary.resolve("again"));

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
                .contains("The checks caught 1 of 2 faults", "(50%; at least 50 % are demanded)")
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
                            keys.publicKey(),
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
    void the_record_answers_in_sixteen_sections_in_an_auditors_order() throws Exception {
        JsonNode document = document(write(Records.passed()));

        assertThat(document.propertyNames())
                .containsExactly(
                        "schema",
                        "recordControl",
                        "verdict",
                        "scope",
                        "scenario",
                        "objectives",
                        "people",
                        "timeline",
                        "recoveryPoint",
                        "measurements",
                        "integrity",
                        "workflows",
                        "findings",
                        "actions",
                        "teardown",
                        "review",
                        "programme");
        JsonNode control = document.path("recordControl");
        assertThat(control.path("supersedes").asString()).isEqualTo("odoo-first");
        assertThat(control.path("version").intValue()).isEqualTo(2);
        assertThat(control.path("retainUntil").asString()).isEqualTo("2032-11-01");
        assertThat(control.path("organisation").asString()).isEqualTo("Example Ltd");
        JsonNode people = document.path("people");
        assertThat(people.path("approver").asString()).isEqualTo("kim@example.com");
        assertThat(people.path("approverIsOperator").booleanValue()).isFalse();
        assertThat(document.path("objectives")
                        .path("approved")
                        .path("signature")
                        .asString())
                .isEqualTo("SIGNED");
        assertThat(document.path("programme").path("system").path("missed").intValue())
                .isEqualTo(1);
        assertThat(document.path("measurements").path("trend")).hasSize(2);
        assertThat(document.path("programme").path("forecast")).hasSize(3);
    }

    @Test
    void work_done_side_by_side_counts_once_against_what_was_expected_of_its_stage() throws Exception {
        JsonNode stages = document(write(Records.passed())).path("timeline").path("stages");

        JsonNode fetch = stages.path(2);
        assertThat(fetch.path("stage").asString()).isEqualTo("fetch");
        assertThat(fetch.path("actualSeconds").decimalValue()).isEqualByComparingTo("19.3");
        assertThat(fetch.path("met").booleanValue()).isTrue();
        JsonNode restore = stages.path(3);
        assertThat(restore.path("actualSeconds").decimalValue()).isEqualByComparingTo("20.1");
        assertThat(restore.path("met").booleanValue()).isFalse();
        assertThat(stages.path(0).path("met").isNull()).isTrue();
    }

    @Test
    void each_check_says_how_it_asked_and_what_it_counted() throws Exception {
        JsonNode checks = document(write(Records.passed())).path("integrity").path("checks");

        JsonNode known = checks.path(1);
        assertThat(known.path("method").asString()).contains("every index");
        assertThat(known.path("extent").asString()).isEqualTo("COMPLETE");
        assertThat(known.path("counts").path("indexes").intValue()).isEqualTo(388);
        assertThat(checks.path(0).path("counts").path("entries decoded").intValue())
                .isEqualTo(1204);
        assertThat(checks.path(0).path("extent").asString())
                .as("nobody knows how that one asks")
                .isEqualTo("SAMPLED");
    }

    @Test
    void every_observation_is_on_a_line_of_its_own_those_of_failed_attempts_included() throws Exception {
        List<JsonNode> lines = text(write(Records.walkedBack()), "observations.jsonl")
                .lines()
                .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .toList();

        assertThat(lines)
                .extracting(line -> line.path("name").asString())
                .containsExactly("restored-completely", "dump-decodes", "indexes-valid");
        assertThat(lines).extracting(line -> line.path("attempt").asInt(0)).containsExactly(1, 0, 0);
        assertThat(lines.get(2).path("observations").path("indexes").asString()).isEqualTo("388");
    }

    @Test
    void the_test_result_names_backups_runbook_and_tests() throws Exception {
        JsonNode result = Json.read(Bundle.utf8(text(write(Records.failed()), "test-result.json")))
                .orElseThrow();

        assertThat(result.path("subject").path(0).path("name").asString())
                .isEqualTo("s3://acme-backups/odoo/db/2026-11-01T02.dump");
        JsonNode predicate = result.path("predicate");
        assertThat(predicate.path("result").asString()).isEqualTo("FAILED");
        assertThat(predicate
                        .path("configuration")
                        .path(0)
                        .path("digest")
                        .path("sha256")
                        .asString())
                .isEqualTo(Records.DIGEST);
        assertThat(predicate.path("failedTests").toString())
                .contains("attachments-present", "order-capture rpo", "warehouse rpo");
        assertThat(predicate.path("passedTests").toString()).contains("indexes-valid", "\"rto\"");
    }

    @Test
    void a_drill_that_could_not_run_has_failed_as_a_test_and_says_which_of_both() throws Exception {
        JsonNode result = Json.read(Bundle.utf8(text(write(Records.couldNotRun()), "test-result.json")))
                .orElseThrow();

        assertThat(result.path("subject").path(0).path("name").asString()).isEqualTo("evidence.json");
        assertThat(result.path("predicate").path("result").asString()).isEqualTo("FAILED");
        assertThat(result.toString()).contains("\"verdict\":\"COULD_NOT_RUN\"", "counts as failed");
    }

    @Test
    void figures_keep_target_formula_and_inputs_and_unknown_is_null() throws Exception {
        JsonNode processes =
                document(write(Records.passed())).path("measurements").path("processes");

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
        assertThat(document(bundle)
                        .path("programme")
                        .path("ledger")
                        .path(0)
                        .path("digest")
                        .stringValue())
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
        assertThat(document.path("integrity")
                        .path("checks")
                        .path(2)
                        .path("observations")
                        .path("connection")
                        .stringValue())
                .isEqualTo("user=x password=******");
        assertThat(document.path("findings").path("findings").findValuesAsString("where"))
                .containsExactlyInAnyOrder(
                        "ledger line 4",
                        "integrity.checks[2].observations.connection",
                        "integrity.checks[2].observations.address");
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
                .write(Records.passed(), events, proofs, keys, keys.publicKey(), temporary.resolve("evidence"));

        assertThat(text(bundle, "report.html")).contains("Recovery drill report");
        assertThat(document(bundle)
                        .path("findings")
                        .path("findings")
                        .path(0)
                        .path("where")
                        .stringValue())
                .isEqualTo("templates/report.ftlh:1");
    }

    @Test
    void a_customised_template_is_called_one() throws Exception {
        Path own = Files.createDirectories(temporary.resolve("own"));
        Files.writeString(
                own.resolve("report.ftlh"),
                "<p>${record.verdict.verdict}: ${record.recordControl.template.customised???c}</p>");
        Path bundle = new Evidence(new Templates(Optional.of(own)), List::of)
                .write(Records.passed(), events, proofs, keys, keys.publicKey(), temporary.resolve("evidence"));

        assertThat(text(bundle, "report.html"))
                .contains("<p>PASSED: true</p>", "laid out by the organisation's own template", "✓ Passed");
        assertThat(document(bundle)
                        .path("recordControl")
                        .path("template")
                        .path("customised")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void the_shipped_template_is_not_called_customised() throws Exception {
        assertThat(document(write(Records.passed()))
                        .path("recordControl")
                        .path("template")
                        .path("customised")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void renders_the_same_report_again() throws Exception {
        Path bundle = write(Records.failed());

        assertThat(evidence().render(bundle, "html")).asString().isEqualTo(text(bundle, "report.html"));
        assertThat(evidence().render(bundle, "json")).asString().isEqualTo(text(bundle, "evidence.json"));
        assertThat(evidence().render(bundle, "pdf")).isEqualTo(files(bundle).get("report.pdf"));
        assertThat(evidence().render(bundle, "summary")).asString().contains("Can we recover?");
        assertThat(evidence().render(bundle, "markdown")).asString().startsWith("# ✕ Failed");
        assertThatThrownBy(() -> evidence().render(bundle, "docx"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("summary-pdf, markdown or junit");
        Path other = Files.writeString(temporary.resolve("other.zip"), "nothing");
        assertThatThrownBy(() -> evidence().render(other, "html"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster verify " + other);
    }

    @Test
    @Needs("pdfsig")
    void the_report_on_paper_is_signed_by_the_key_that_the_record_names() throws Exception {
        DocumentKey key = DocumentKey.in(temporary.resolve("keys"), false, Clock.systemUTC());
        Path bundle = new Evidence(
                        new Report(new Templates(Optional.empty()), Presentation.USUAL),
                        signer -> Optional.of(key),
                        List::of)
                .write(Records.passed(), events, proofs, keys, keys.publicKey(), temporary.resolve("evidence"));

        assertThat(document(bundle)
                        .path("recordControl")
                        .path("documentCertificateSha256")
                        .stringValue())
                .isEqualTo(key.certificateSha256());
        assertThat(text(bundle, "report.html")).contains(key.certificateSha256());
        byte[] paper = files(bundle).getOrDefault("report.pdf", new byte[0]);
        Path file = Files.write(temporary.resolve("report.pdf"), paper);
        Process process = new ProcessBuilder("pdfsig", "-nocert", file.toString()).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Signature is Valid", "Total document signed");
        assertThat(Pages.text(paper)).doesNotContain("This document is not signed");
        assertThat(Pages.text(evidence().render(bundle, "pdf"))).contains("This document is not signed");
    }

    @Test
    void trouble_with_the_key_for_documents_is_a_finding_and_costs_nothing_else() throws Exception {
        Path bundle = new Evidence(
                        new Report(new Templates(Optional.empty()), Presentation.USUAL),
                        signer -> {
                            throw new CouldNotRun(new Problem("The key is away", "keys/document-key.pem", "Find it."));
                        },
                        List::of)
                .write(Records.passed(), events, proofs, keys, keys.publicKey(), temporary.resolve("evidence"));

        assertThat(document(bundle).path("findings").path("findings").findValuesAsString("what"))
                .containsExactly("The key is away");
        assertThat(Pages.text(files(bundle).getOrDefault("report.pdf", new byte[0])))
                .contains("This document is not signed", "The key is away");
        assertThat(Evidence.verify(bundle, temporary.resolve("keys")).outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void a_test_result_of_five_hundred_checks_stays_small() throws Exception {
        List<CheckResult> checks = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            checks.add(Records.check(
                    "check-" + number, "database-integrity", number, Records.observations("rows", "" + number)));
        }
        Path bundle = write(Records.withChecks(checks));

        byte[] result = files(bundle).getOrDefault("test-result.json", new byte[0]);
        assertThat(result.length).isBetween(1000, 4095);
        assertThat(new String(result, StandardCharsets.UTF_8)).contains("more, see evidence.json");
    }
}
