package dev.muster.evidence.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.Records;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpKind;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.evidence.paper.Pages;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerPart;
import dev.muster.outlook.management.ManagedEstate;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A pack holds every drill of its period, and whoever leaves one out is found out, be it the holder of the key. */
class PackTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T03:00:00Z");

    private static final Period NOVEMBER = new Period(LocalDate.parse("2026-11-03"), LocalDate.parse("2026-11-10"));

    @TempDir
    Path temporary;

    private final TurnedClock clock = TurnedClock.at(BEGIN);
    private final Evidence evidence = new Evidence(new Templates(Optional.empty()), List::of);
    private final Map<String, Path> bundles = new TreeMap<>();
    private Path trust;
    private Path pack;
    private SigningKeys keys;
    private Ledger ledger;

    private void turnTo(int day) {
        clock.to(BEGIN.plus(Duration.ofDays(day - 1L)));
    }

    @BeforeEach
    void drillsForSomeDays() throws Exception {
        trust = temporary.resolve("keys");
        keys = SigningKeys.init(trust);
        pack = temporary.resolve("pack.zip");
        ledger = Ledger.open(temporary.resolve("ledger"), clock);
        drill(1, "early", Records.passed());
        turnTo(2);
        plan("overnight");
        turnTo(3);
        end("overnight", Records.passed());
        drill(4, "good", Records.passed());
        ledger.checkpoints().keep(ledger.checkpoint(keys));
        drill(5, "bad", Records.failed());
        turnTo(6);
        ledger.append(EventKind.MISSED, "slot", Map.of("system", "shop"));
        plan("refused");
        ledger.append(EventKind.REFUSED, "refused", Map.of("mistakes", "2"));
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        turnTo(7);
        plan("killed");
        ledger.append(EventKind.ABORTED, "killed", Map.of("verdict", "ABORTED", "reason", "the machine went down"));
        turnTo(10);
        plan("running");
        drill(12, "late", Records.passed());
    }

    private void plan(String drill) {
        ledger.append(EventKind.PLANNED, drill, Map.of("system", "shop", "runbook", "monthly"));
        ledger.append(EventKind.STARTED, drill, Map.of());
    }

    private void drill(int day, String drill, DrillRecord record) throws Exception {
        turnTo(day);
        plan(drill);
        end(drill, record);
    }

    private void end(String drill, DrillRecord record) throws Exception {
        List<LedgerEvent> events = ledger.events();
        Path written = evidence.write(
                record,
                List.of(),
                ledger.prove(events, keys),
                keys,
                keys.publicKey(),
                temporary.resolve("evidence-" + drill));
        Path bundle = Files.move(written, written.resolveSibling("drill-" + drill + ".zip"));
        bundles.put(drill, bundle);
        ledger.append(
                EventKind.FINISHED,
                drill,
                Map.of(
                        "verdict",
                        record.verdict().name(),
                        "bundle sha256",
                        Statement.sha256(Files.readAllBytes(bundle))));
    }

    private LedgerPart part(Period period, Optional<Checkpoint> since) {
        return ledger.part(period.from(), period.to(), since, keys);
    }

    private List<Problem> export(Period period, LedgerPart part) throws Exception {
        return evidence.export(
                new PackContents(
                        period,
                        part,
                        bundles,
                        Map.of("monthly", "shop", "yearly", "archive"),
                        ManagedEstate.view(BEGIN.plus(Duration.ofDays(9)), 4)),
                keys,
                keys,
                pack);
    }

    private List<Problem> export() throws Exception {
        return export(NOVEMBER, part(NOVEMBER, Optional.empty()));
    }

    private Verification verify() {
        return Evidence.verify(pack, trust);
    }

    private Verification verify(Checkpoint since) {
        return Evidence.verify(pack, trust, Optional.of(since));
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(pack))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                files.put(entry.getName(), archive.readAllBytes());
            }
        }
        return files;
    }

    private byte[] file(String name) throws IOException {
        return Optional.ofNullable(files().get(name)).orElseThrow();
    }

    private Path bundle(String drill) {
        return Optional.ofNullable(bundles.get(drill)).orElseThrow();
    }

    /** What even the holder of the key cannot make valid. */
    private void sign(Map<String, byte[]> files) throws IOException {
        files.keySet()
                .removeAll(List.of(
                        "SHA256SUMS", "SHA256SUMS.sig", "statement.json", "statement.sig", "statement.sigstore.json"));
        byte[] sums = Bundle.digests(files);
        byte[] statement = Statement.ofPack(Map.of("SHA256SUMS", sums), new Section());
        byte[] signature = keys.sign(Statement.preAuthenticationEncoding(statement));
        files.put("SHA256SUMS", sums);
        files.put("SHA256SUMS.sig", Bundle.utf8(SshSignature.sign(sums, Bundle.PURPOSE, keys)));
        files.put("statement.json", statement);
        files.put("statement.sig", signature);
        files.put("statement.sigstore.json", Statement.sigstore(statement, signature, keys.keyId()));
        Files.write(pack, StoredZip.of(files));
    }

    private void changeLines(UnaryOperator<List<String>> change) throws IOException {
        Map<String, byte[]> files = files();
        List<String> lines = new String(files.get("ledger.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> changed = change.apply(new ArrayList<>(lines));
        files.put("ledger.jsonl", Bundle.utf8(String.join("\n", changed) + "\n"));
        sign(files);
    }

    private List<String> whats() {
        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        return verify().problems().stream().map(Problem::what).toList();
    }

    /** Notes what is done about a finding of a drill, as the command does. */
    private FollowUp follow(String drill) {
        turnTo(8);
        FollowUp added = FollowUps.beside(bundle(drill))
                .add(
                        FollowUpKind.ACTION,
                        Map.of("finding", "A check failed", "owner", "platform-team", "due", "2026-12-01"),
                        keys,
                        clock.instant());
        ledger.append(
                EventKind.ACTION_NOTED,
                drill,
                Map.of(FollowUp.DIGEST, added.sha256(), FollowUp.NUMBER, Integer.toString(added.number())));
        return added;
    }

    @Test
    void what_was_signed_later_is_in_the_pack_and_cannot_be_left_out_or_changed() throws Exception {
        FollowUp added = follow("bad");
        assertThat(export()).isEmpty();
        assertThat(verify().problems()).isEmpty();
        assertThat(verify().lines())
                .anyMatch(line -> line.contains("of the 3 bundles") || line.startsWith("3 bundles"));

        Map<String, byte[]> files = files();
        byte[] text = files.getOrDefault("bundles/drill-bad.followup-1.json", new byte[0]);
        files.put("bundles/drill-bad.followup-1.json", new byte[] {'{', '}'});
        sign(files);
        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems())
                .extracting(Problem::where)
                .contains(pack + "!bundles/drill-bad.followup-1.json");

        files.remove("bundles/drill-bad.followup-1.json");
        sign(files);
        assertThat(whats()).anyMatch(what -> what.startsWith("What was signed later about drill bad, ACTION_NOTED"));
        assertThat(text).isEqualTo(Files.readAllBytes(added.file()));
    }

    @Test
    void a_pack_has_an_entry_for_every_drill_and_says_why_one_has_no_bundle() throws Exception {
        follow("bad");

        assertThat(export()).isEmpty();

        assertThat(verify().problems()).isEmpty();
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(verify().lines())
                .contains(
                        "The index has an entry for each of the 7 drills of which the ledger tells.",
                        "3 bundles in it are valid, each for itself.",
                        "No line of the period was cut off: the ledger goes on outside of it, or has no more.");
        JsonNode index = Json.read(file("index.json")).orElseThrow();
        assertThat(index.path("drills")
                        .valueStream()
                        .map(drill -> drill.path("drill").asString() + " "
                                + drill.path("outcome").asString() + ": "
                                + drill.path("bundle")
                                        .asString(drill.path("noBundle").asString(""))))
                .containsExactly(
                        "overnight PASSED: bundles/drill-overnight.zip",
                        "good PASSED: bundles/drill-good.zip",
                        "bad FAILED: bundles/drill-bad.zip",
                        "slot MISSED: no drill ran in this slot",
                        "refused REFUSED: the runbook was refused, with 2 mistakes",
                        "killed ABORTED: the machine went down",
                        "running OPEN: it had not ended by the end of the period");
        assertThat(index.path("systems").toString())
                .isEqualTo("[{\"system\":\"archive\",\"drills\":0,\"passed\":0,\"failed\":0,\"couldNotRun\":0,"
                        + "\"aborted\":0,\"missed\":0,\"refused\":0,\"open\":0},"
                        + "{\"system\":\"shop\",\"drills\":7,\"passed\":2,\"failed\":1,\"couldNotRun\":0,"
                        + "\"aborted\":1,\"missed\":1,\"refused\":1,\"open\":1}]");
        assertThat(index.path("otherEvents").toString())
                .isEqualTo("{\"ACTION_NOTED\":1,\"HEARTBEAT\":1,\"STARTED\":5}");
        assertThat(files()).containsKey("bundles/drill-bad.followup-1.json");
        assertThat(new String(files().get("index.html"), StandardCharsets.UTF_8))
                .contains("no drill ran in this slot", "✕ failed", "drill-bad.followup-1.json", "no drill</span>");
    }

    @Test
    void one_changed_byte_in_any_file_is_noticed_and_the_file_named() throws Exception {
        export();
        for (String name : files().keySet()) {
            Map<String, byte[]> files = files();
            byte[] content = file(name).clone();
            content[content.length / 2] ^= 1;
            files.put(name, content);
            Files.write(pack, StoredZip.of(files));

            assertThat(verify().outcome()).as(name).isEqualTo(Outcome.INVALID);
            assertThat(verify().problems())
                    .as(name)
                    .extracting(Problem::where)
                    .anyMatch(where -> where.contains(name) || name.startsWith("statement."));
            export();
        }
    }

    @Test
    void a_file_that_was_added_or_removed_or_bytes_between_the_files_are_noticed() throws Exception {
        export();
        Map<String, byte[]> files = files();
        files.put("note.txt", new byte[] {1});
        Files.write(pack, StoredZip.of(files));
        assertThat(whats()).containsExactly("The file was added");

        files = files();
        files.keySet().removeAll(List.of("note.txt", "index.html"));
        Files.write(pack, StoredZip.of(files));
        assertThat(whats()).containsExactly("The file is missing");

        export();
        byte[] bytes = Files.readAllBytes(pack);
        // The time of the first file.
        bytes[10] ^= 1;
        Files.write(pack, bytes);
        assertThat(whats()).containsExactly("The archive around the files is not as Muster wrote it");
    }

    @Test
    void two_files_of_one_name_are_noticed() throws Exception {
        export();
        Map<String, byte[]> files = files();
        files.put("index.htmx", new byte[] {1});
        String archive = new String(StoredZip.of(files), StandardCharsets.ISO_8859_1);
        Files.writeString(pack, archive.replace("index.htmx", "index.html"), StandardCharsets.ISO_8859_1);

        assertThat(whats()).contains("The pack has two files of this name");
    }

    @Test
    void the_issuer_cannot_leave_out_a_bundle_or_put_another_in_its_place() throws Exception {
        export();
        Map<String, byte[]> files = files();
        files.remove("bundles/drill-bad.zip");
        sign(files);
        assertThat(whats())
                .contains("The bundle of drill bad, which ended as FAILED, is not in the pack")
                .contains("The index does not list the drills of which the ledger tells");

        export();
        files = files();
        files.put("bundles/drill-bad.zip", files.get("bundles/drill-good.zip"));
        sign(files);
        assertThat(whats()).containsExactly("The bundle is not the one that the ledger names");
    }

    @Test
    void the_issuer_cannot_leave_out_rewrite_or_move_a_line() throws Exception {
        export();
        changeLines(lines -> {
            lines.removeIf(line -> line.contains("\"slot\""));
            return lines;
        });
        assertThat(whats()).contains("1 event is missing before this line");

        export();
        changeLines(lines -> {
            Collections.swap(lines, 4, 5);
            return lines;
        });
        assertThat(whats()).anyMatch(what -> what.contains("out of its order"));

        export();
        changeLines(lines -> lines.stream()
                .map(line -> line.replace("\"MISSED\"", "\"SCRATCH_REMOVED\""))
                .toList());
        assertThat(whats()).anyMatch(what -> what.contains("has been rewritten"));

        export();
        changeLines(lines -> lines.subList(0, lines.size() - 2));
        assertThat(whats()).contains("The lines are not those that the ledger's checkpoint was signed over");
    }

    @Test
    void the_issuer_cannot_leave_a_drill_out_of_the_index() throws Exception {
        export();
        Map<String, byte[]> files = files();
        String index = new String(files.get("index.json"), StandardCharsets.UTF_8);
        files.put("index.json", Bundle.utf8(index.replace("\"MISSED\"", "\"PASSED\"")));
        sign(files);

        assertThat(whats()).containsExactly("The index does not list the drills of which the ledger tells");
    }

    @Test
    void the_issuer_cannot_cut_a_period_short() throws Exception {
        Period shorter = new Period(NOVEMBER.first(), LocalDate.parse("2026-11-06"));
        export(NOVEMBER, ledger.part(shorter.from(), shorter.to().minus(Duration.ofDays(2)), Optional.empty(), keys));
        assertThat(whats())
                .contains("Lines of the period may be missing after the last one: nothing shows where it ends");

        Period longer = new Period(LocalDate.parse("2026-10-01"), NOVEMBER.last());
        export(longer, part(NOVEMBER, Optional.empty()));
        assertThat(whats())
                .contains("Lines of the period may be missing before the first one: nothing shows where it begins");
    }

    @Test
    void a_bundle_that_is_lost_or_was_exchanged_shows_when_packing_and_when_verifying() throws Exception {
        Files.delete(bundles.get("good"));
        Files.copy(bundles.get("early"), bundles.get("bad"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(export())
                .extracting(Problem::what)
                .containsExactly(
                        "The bundle of drill good was not found",
                        "The bundle of drill bad is not the one whose SHA-256 the ledger names");
        assertThat(whats())
                .containsExactly(
                        "The bundle of drill good, which ended as PASSED, is not in the pack",
                        "The bundle of drill bad, which ended as FAILED, is not in the pack");
    }

    @Test
    void a_ledger_whose_end_was_cut_off_shows_against_an_older_checkpoint() throws Exception {
        Checkpoint mine = ledger.checkpoint(keys);
        Path file = temporary.resolve("ledger/events.jsonl");
        turnTo(20);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 3));
        export();
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(verify(mine).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify(mine).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("its end was cut off"));
    }

    @Test
    void a_fork_shows_against_a_checkpoint_of_the_other_branch() throws Exception {
        Path other = temporary.resolve("other");
        Files.createDirectories(other);
        List<String> lines = Files.readAllLines(temporary.resolve("ledger/events.jsonl"));
        Files.write(other.resolve("events.jsonl"), lines.subList(0, 9));
        Ledger branch = Ledger.open(other, clock);
        Checkpoint common = branch.checkpoint(keys);
        branch.append(EventKind.MISSED, "elsewhere", Map.of());
        Checkpoint forked = branch.checkpoint(keys);
        export();

        assertThat(verify(common).outcome()).isEqualTo(Outcome.VALID);
        assertThat(verify(common).lines()).anyMatch(line -> line.contains("your checkpoint of 9 events"));
        assertThat(verify(forked).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("there are two of it"));
    }

    @Test
    void a_checkpoint_that_the_lines_do_not_cover_is_unknown_until_the_pack_is_made_for_it() throws Exception {
        Path other = temporary.resolve("other");
        Files.createDirectories(other);
        Files.write(
                other.resolve("events.jsonl"),
                Files.readAllLines(temporary.resolve("ledger/events.jsonl")).subList(0, 2));
        Checkpoint mine = Ledger.open(other, clock).checkpoint(keys);
        Period later = new Period(LocalDate.parse("2026-11-05"), NOVEMBER.last());
        export(later, part(later, Optional.empty()));
        assertThatThrownBy(() -> verify(mine))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster export --since");

        export(later, part(later, Optional.of(mine)));
        assertThat(verify(mine).outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void a_pack_has_the_page_for_those_who_manage_and_no_byte_of_it_can_be_changed() throws Exception {
        export();
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(Pages.text(file("management.pdf")).replaceAll("\\s+", " "))
                .contains("2 of 4 business processes are proven recoverable")
                .contains("4 by the ledger, 0 by the catalog, which are not the same");
        assertThat(Json.read(file("management.json")).orElseThrow().path("processes"))
                .hasSize(4);

        byte[] whole = Files.readAllBytes(pack);
        for (String name : List.of("management.pdf", "management.json")) {
            byte[] content = file(name);
            int at = indexOf(whole, content) + content.length / 2;
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(pack, changed);
            assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verify().problems()).extracting(Problem::where).anyMatch(where -> where.contains(name));
            Files.write(pack, whole);
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        return new String(whole, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_period_without_any_drill_is_shown_to_be_empty() throws Exception {
        Period quiet = new Period(LocalDate.parse("2026-11-08"), LocalDate.parse("2026-11-09"));
        export(quiet, part(quiet, Optional.empty()));
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(Json.read(file("index.json")).orElseThrow().path("drills")).isEmpty();

        Period future = new Period(LocalDate.parse("2027-11-08"), LocalDate.parse("2027-11-09"));
        export(future, part(future, Optional.empty()));
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void a_pack_or_a_bundle_in_it_of_a_stranger_is_not_trusted() throws Exception {
        export();
        Path mine = Files.createDirectories(temporary.resolve("mine"));
        assertThat(Evidence.verify(pack, mine).outcome()).isEqualTo(Outcome.NOT_TRUSTED);

        SigningKeys next = SigningKeys.init(mine);
        evidence.export(
                new PackContents(
                        NOVEMBER,
                        ledger.part(NOVEMBER.from(), NOVEMBER.to(), Optional.empty(), next),
                        bundles,
                        Map.of(),
                        ManagedEstate.view(BEGIN, 0)),
                next,
                next,
                pack);
        assertThat(Evidence.verify(pack, mine).outcome()).isEqualTo(Outcome.NOT_TRUSTED);
        assertThat(Evidence.verify(pack, mine).problems())
                .extracting(Problem::where)
                .allMatch(where -> where.contains("pack.zip!bundles/drill-"))
                .hasSize(3);
    }

    @Test
    void the_ledger_may_be_signed_with_a_key_of_its_own() throws Exception {
        SigningKeys own = SigningKeys.init(temporary.resolve("own"));
        evidence.export(
                new PackContents(
                        NOVEMBER,
                        ledger.part(NOVEMBER.from(), NOVEMBER.to(), Optional.empty(), own),
                        bundles,
                        Map.of(),
                        ManagedEstate.view(BEGIN, 0)),
                keys,
                own,
                pack);
        assertThat(verify().outcome()).isEqualTo(Outcome.NOT_TRUSTED);
        Files.copy(temporary.resolve("own/evidence-key.pub.pem"), trust.resolve("ledger.pem"));
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);

        Map<String, byte[]> files = files();
        files.remove("ledger-key.pub.pem");
        sign(files);
        assertThat(whats()).containsExactly("The ledger's checkpoint was not signed with its key");
    }

    @Test
    void what_a_pack_holds_is_the_same_whenever_it_is_made_but_for_the_time() throws Exception {
        export();
        byte[] first = Files.readAllBytes(pack);
        export();
        assertThat(Files.readAllBytes(pack)).isEqualTo(first);
        assertThat(files().keySet().stream().limit(5).collect(Collectors.joining(" ")))
                .isEqualTo("README-VERIFY.txt index.json index.html ledger.jsonl ledger-1.consistency");
    }

    @Test
    @Needs({"openssl", "sha256sum"})
    void the_steps_in_the_pack_find_it_sound_and_name_a_missing_line_and_a_foreign_bundle() throws Exception {
        export();
        Path unpacked = temporary.resolve("unpacked");
        Files.createDirectories(unpacked.resolve("bundles"));
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(unpacked.resolve(file.getKey()), file.getValue());
        }
        List<String> commands = Files.readAllLines(unpacked.resolve("README-VERIFY.txt")).stream()
                .filter(line -> line.matches(" {4}\\S.*"))
                .map(String::strip)
                .toList();
        assertThat(commands).hasSize(8);
        assertThat(shell(unpacked, commands.subList(0, 6)))
                .contains("index.html: OK", "bundles/drill-bad.zip: OK", keys.keyId())
                .contains("Signature Verified Successfully")
                .endsWith("exit 0");
        List<String> last = commands.subList(6, 8);
        assertThat(shell(unpacked, last)).isEqualTo("exit 0");

        Path ledgerLines = unpacked.resolve("ledger.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(ledgerLines));
        lines.remove(7);
        Files.write(ledgerLines, lines);
        Files.write(unpacked.resolve("bundles/drill-bad.zip"), new byte[] {1});
        assertThat(shell(unpacked, last).lines())
                .hasSize(3)
                .first()
                .satisfies(line -> assertThat(line).startsWith("a line is missing before {"));
        assertThat(shell(unpacked, last)).contains("bundles/drill-bad.zip is not in the ledger");
    }

    private String shell(Path folder, List<String> commands) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", String.join("\n", commands))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("KEY", trust.resolve("evidence-key.pub.pem").toString());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor();
    }

    @Test
    void the_page_for_authors_of_templates_names_every_key_of_the_index() throws Exception {
        export();
        Set<String> keys =
                new TreeSet<>(Json.read(file("index.json")).orElseThrow().propertyNames());
        keys.remove("schema");
        Set<String> written = Pattern.compile("`pack\\.(?!ftlh)(\\w+)`")
                .matcher(Files.readString(Path.of("templates/README.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).isEqualTo(keys);
    }
}
