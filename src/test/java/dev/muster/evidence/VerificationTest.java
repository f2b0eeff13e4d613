package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.KeyUse;
import dev.muster.signing.Signer;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.signing.Validity;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    @TempDir
    Path temporary;

    private Path trust;
    private Path bundle;
    private Map<String, byte[]> files;

    @BeforeEach
    void writesABundle() throws InterruptedException {
        trust = temporary.resolve("keys");
        SigningKeys keys = SigningKeys.init(trust);
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        ledger.append(EventKind.PLANNED, Records.DRILL, Records.PLAN);
        bundle = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.failed(),
                        ledger.events(),
                        ledger.prove(ledger.events(), keys),
                        keys,
                        keys.publicKey(),
                        temporary.resolve("evidence"));
        files = new LinkedHashMap<>(BundleFile.read(bundle).files());
    }

    private Verification verify() {
        return verify(bundle, trust);
    }

    /** Asks once; whoever has another verifier asks that as well. */
    Verification verify(Path bundle, Path trust) {
        return Evidence.verify(bundle, trust);
    }

    private void pack() throws IOException {
        Files.write(bundle, StoredZip.of(files));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README-VERIFY.txt",
                "evidence.json",
                "report.html",
                "observations.jsonl",
                "drill.log",
                "test-result.json",
                "test-result.sigstore.json",
                "ledger.jsonl",
                "ledger-1.tlog-proof",
                "ledger.consistency",
                "key.pub.pem",
                "key.ssh.pub",
                "SHA256SUMS",
                "SHA256SUMS.sig",
                "statement.json",
                "statement.sig",
                "statement.sigstore.json"
            })
    void names_the_file_of_which_one_byte_was_changed(String name) throws IOException {
        byte[] content = files.getOrDefault(name, new byte[0]).clone();
        content[content.length / 2] ^= 1;
        files.put(name, content);
        pack();

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems())
                .extracting(Problem::where)
                .anyMatch(where -> where.contains(bundle + "!" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.html",
                "observations.jsonl",
                "drill.log",
                "test-result.json",
                "test-result.sigstore.json",
                "ledger.jsonl",
                "ledger-1.tlog-proof",
                "ledger.consistency",
                "SHA256SUMS.sig",
                "statement.json",
                "statement.sig",
                "statement.sigstore.json"
            })
    void names_a_file_that_was_removed(String name) throws IOException {
        files.remove(name);
        pack();

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).extracting(Problem::where).contains(bundle + "!" + name);
    }

    @Test
    void names_a_file_that_was_added() throws IOException {
        files.put("note.txt", "All was well.".getBytes(StandardCharsets.UTF_8));
        pack();

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("The file was added");
            assertThat(problem.where()).isEqualTo(bundle + "!note.txt");
        });
    }

    @Test
    void names_a_file_that_is_there_twice() throws IOException {
        files.put("report.htmx", "<p>Passed</p>".getBytes(StandardCharsets.UTF_8));
        String archive = new String(StoredZip.of(files), StandardCharsets.ISO_8859_1);
        Files.writeString(bundle, archive.replace("report.htmx", "report.html"), StandardCharsets.ISO_8859_1);

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).anySatisfy(problem -> {
            assertThat(problem.what()).contains("two files of this name");
            assertThat(problem.where()).isEqualTo(bundle + "!report.html");
        });
    }

    @Test
    void notices_two_hundred_random_one_byte_changes_wherever_they_are() throws IOException {
        byte[] intact = Files.readAllBytes(bundle);
        Random random = new Random(20261101);
        for (int change = 0; change < 200; change++) {
            byte[] changed = intact.clone();
            int position = random.nextInt(changed.length);
            changed[position] ^= (byte) (1 + random.nextInt(255));
            Files.write(bundle, changed);

            assertThat(verify().outcome()).as("byte " + position).isEqualTo(Outcome.INVALID);
            assertThat(verify().problems()).as("byte " + position).isNotEmpty();
        }
        Files.write(bundle, intact);
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void notices_every_change_to_the_bytes_around_the_files() throws IOException {
        byte[] intact = Files.readAllBytes(bundle);
        int length = intact.length;
        int contents =
                files.values().stream().mapToInt(content -> content.length).sum();
        // The directory and the end of the archive, and the first file's header.
        int around = (length - contents) * 2 / 3;
        for (int position : positions(30, length - around, length)) {
            byte[] changed = intact.clone();
            changed[position] ^= 0x20;
            Files.write(bundle, changed);
            assertThat(verify().outcome()).as("byte " + position).isEqualTo(Outcome.INVALID);
        }
    }

    private static List<Integer> positions(int header, int from, int to) {
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < header; position++) {
            positions.add(position);
        }
        for (int position = from; position < to; position++) {
            positions.add(position);
        }
        return positions;
    }

    @Test
    void does_not_take_bytes_after_the_end_or_before_the_beginning() throws IOException {
        byte[] intact = Files.readAllBytes(bundle);
        try (OutputStream output = Files.newOutputStream(bundle)) {
            output.write(intact);
            output.write('x');
        }
        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void a_bundle_that_was_packed_again_is_told_from_one_with_changed_files() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("Its files are intact"));
    }

    @Test
    void a_bomb_is_not_unpacked() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            zip.putNextEntry(new ZipEntry("evidence.json"));
            byte[] zeros = new byte[1024 * 1024];
            for (int megabyte = 0; megabyte < 300; megabyte++) {
                zip.write(zeros);
            }
        }

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).extracting(Problem::what).anyMatch(what -> what.contains("larger than"));
    }

    @Test
    void what_is_no_archive_is_called_so() throws IOException {
        Files.writeString(bundle, "PK, but not quite");
        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).extracting(Problem::what).anyMatch(what -> what.contains("not a ZIP archive"));

        Files.delete(bundle);
        assertThatThrownBy(this::verify).isInstanceOf(CouldNotRun.class).hasMessageContaining(bundle.toString());
    }

    @Test
    void a_sound_bundle_signed_by_a_stranger_is_not_trusted() {
        SigningKeys mine = SigningKeys.init(temporary.resolve("mine"));
        assertThat(mine.keyId()).isNotEmpty();

        Verification verification = verify(bundle, temporary.resolve("mine"));

        assertThat(verification.outcome()).isEqualTo(Outcome.NOT_TRUSTED);
        assertThat(verification.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .contains(SigningKeys.open(trust).keyId())
                        .contains("--trust"));
    }

    @Test
    void a_forger_with_a_key_of_his_own_is_not_trusted() throws Exception {
        SigningKeys forger = SigningKeys.init(temporary.resolve("forger"));
        Path forged = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.passed(),
                        List.of(),
                        LedgerProofs.NONE,
                        forger,
                        forger.publicKey(),
                        temporary.resolve("forged"));

        assertThat(verify(forged, trust).outcome()).isEqualTo(Outcome.NOT_TRUSTED);
    }

    @Test
    void a_changed_file_is_worse_than_a_missing_trust() throws IOException {
        files.put("report.html", new byte[] {1});
        pack();

        assertThat(verify(bundle, Files.createDirectories(temporary.resolve("nobody")))
                        .outcome())
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void a_bundle_signed_before_a_rotation_stays_valid() {
        SigningKeys.open(trust).rotate(Instant.now());

        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
    }

    /** Makes a bundle whose ledger has a key of its own. */
    private SigningKeys withLedgerKey(Path keys) throws InterruptedException {
        SigningKeys ledgerKey = SigningKeys.init(keys, KeyUse.LEDGER, Validity.ALWAYS);
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        bundle = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.passed(),
                        ledger.events(),
                        ledger.prove(ledger.events(), ledgerKey),
                        SigningKeys.open(trust),
                        ledgerKey.publicKey(),
                        temporary.resolve("separate"));
        files = new LinkedHashMap<>(BundleFile.read(bundle).files());
        return ledgerKey;
    }

    @Test
    void a_ledger_with_a_key_of_its_own_is_verified_with_that() throws Exception {
        withLedgerKey(trust);

        assertThat(files).containsKey("ledger-key.pub.pem");
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(verify().lines()).contains("You trust that key.", "You trust the ledger's key.");

        resign("ledger-key.pub.pem", text("key.pub.pem"));
        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("was not signed with the key in ledger-key.pub.pem");
            assertThat(problem.where()).isEqualTo(bundle + "!ledger-1.tlog-proof");
        });
    }

    @Test
    void a_ledger_whose_key_is_a_strangers_is_not_trusted() throws Exception {
        SigningKeys ledgerKey = withLedgerKey(temporary.resolve("elsewhere"));

        assertThat(verify().outcome()).isEqualTo(Outcome.NOT_TRUSTED);
        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).startsWith("The ledger's checkpoint is signed");
            assertThat(problem.where()).isEqualTo(bundle + "!ledger-key.pub.pem");
            assertThat(problem.remedy()).contains(ledgerKey.keyId());
        });
    }

    @Test
    void a_bundle_from_outside_of_its_keys_time_is_not_trusted_by_the_copy_of_whoever_verifies() throws IOException {
        Path copy = trust.resolve("evidence-key.pub.pem");
        String pem = Files.readString(copy);
        Instant finished = Statement.finished(files.getOrDefault("statement.json", new byte[0]))
                .orElseThrow();

        Files.writeString(copy, "Valid until: " + finished.plusSeconds(1) + "\n" + pem);
        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);

        for (String time : List.of("Valid until: " + finished, "Valid from: " + finished.plusSeconds(1))) {
            Files.writeString(copy, time + "\n" + pem);
            assertThat(verify().outcome()).as(time).isEqualTo(Outcome.NOT_TRUSTED);
            assertThat(verify().problems()).extracting(Problem::what).anyMatch(what -> what.contains("at " + finished));
        }
    }

    @Test
    @Needs("openssl")
    void a_bundle_signed_with_a_p256_key_is_verified() throws Exception {
        Signer signer = EvidenceKeys.p256(temporary.resolve("p256"));
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        bundle = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.passed(),
                        ledger.events(),
                        ledger.prove(ledger.events(), signer),
                        signer,
                        signer.publicKey(),
                        temporary.resolve("by-p256"));
        Files.writeString(trust.resolve("p256.pem"), signer.publicKeyPem());

        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        Files.delete(trust.resolve("p256.pem"));
        assertThat(verify().outcome()).isEqualTo(Outcome.NOT_TRUSTED);
    }

    @Test
    void says_when_there_is_no_folder_of_trusted_keys() {
        assertThatThrownBy(() -> verify(bundle, temporary.resolve("nowhere")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("*.pem");
    }

    @Test
    void a_record_of_a_newer_layout_is_not_taken_for_this_one() throws IOException {
        replaceDocument(text("evidence.json").replace("evidence-v2", "evidence-v3"));

        assertThat(verify().problems()).extracting(Problem::remedy).anyMatch(remedy -> remedy.contains("newer Muster"));
    }

    @Test
    void a_record_of_an_older_layout_is_named_with_who_can_read_it() throws IOException {
        replaceDocument(text("evidence.json").replace("evidence-v2", "evidence-v1"));

        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("older layout 1", "knows 2");
            assertThat(problem.remedy()).contains("Muster that wrote it", "README-VERIFY.txt");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence.json",
                "test-result.json",
                "test-result.sigstore.json",
                "observations.jsonl",
            })
    void a_key_that_is_there_twice_is_named_wherever_it_is(String name) throws IOException {
        resign(name, text(name).replaceFirst("\\{", "{\"twice\": 1, \"twice\": 2, "));

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("no sound JSON", "twice");
            assertThat(problem.where()).isEqualTo(bundle + "!" + name);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sha256\" : \"" + Records.DIGEST + "\" | \"sha256\" : \"" + Records.OTHER_DIGEST
                        + "\" | runbook sha256",
                "\"database\" : \"newest\" | \"database\" : \"named dump\" | choice database",
                "\"seed\" : null | \"seed\" : \"chosen afterwards\" | seed",
                "\"objectives.rto\" : \"4h\" | \"objectives.rto\" : \"40h\" | set objectives.rto",
                "\"supersedes\" : \"odoo-first\" | \"supersedes\" : null | supersedes",
            })
    void a_record_of_another_plan_than_the_one_in_the_ledger_is_refused(String committed, String done, String what)
            throws IOException {
        assertThat(verify().lines()).anyMatch(line -> line.startsWith("The plan in the ledger"));
        assertThat(text("evidence.json")).contains(committed);
        replaceDocument(text("evidence.json").replace(committed, done));

        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems())
                .extracting(Problem::what)
                .anyMatch(problem ->
                        problem.contains("committed to beforehand") && problem.contains(": " + what + " was "));
    }

    @Test
    void a_test_result_that_says_better_than_the_record_is_refused() throws IOException {
        resign("test-result.json", text("test-result.json").replace("\"FAILED\"", "\"PASSED\""));

        assertThat(verify().problems())
                .extracting(Problem::where)
                .containsExactly(bundle + "!test-result.sigstore.json", bundle + "!test-result.json");
    }

    @Test
    void a_test_result_that_another_key_has_signed_is_refused() throws IOException {
        SigningKeys stranger = SigningKeys.init(temporary.resolve("stranger"));
        byte[] result = files.getOrDefault("test-result.json", new byte[0]);
        byte[] signature = stranger.sign(Statement.preAuthenticationEncoding(result));
        resign(
                "test-result.sigstore.json",
                new String(Statement.sigstore(result, signature, stranger.keyId()), StandardCharsets.UTF_8));

        assertThat(verify().problems())
                .extracting(Problem::where)
                .containsExactly(bundle + "!test-result.sigstore.json");
    }

    @Test
    void ledger_lines_that_the_record_does_not_name_are_refused() throws IOException {
        resign("ledger.jsonl", "");

        assertThat(verify().problems()).extracting(Problem::where).containsExactly(bundle + "!ledger.jsonl");
    }

    @Test
    void a_proof_of_another_line_is_refused() throws IOException {
        resign("ledger-1.tlog-proof", text("ledger-1.tlog-proof").replace("index 0", "index 1"));

        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(bundle + "!ledger-1.tlog-proof");
            assertThat(problem.what()).contains("does not show");
        });
    }

    @Test
    void a_ledger_that_does_not_go_on_from_what_it_was_before_is_refused() throws IOException {
        SigningKeys keys = SigningKeys.open(trust);
        Ledger other = Ledger.open(temporary.resolve("other"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        other.append(EventKind.PLANNED, "another", Map.of());
        String forged = text("ledger.consistency")
                .replaceFirst(
                        "(?s)muster-ledger/.*?\n\n.*?\n\n",
                        other.checkpoint(keys).text() + "\n");
        resign("ledger.consistency", forged);

        assertThat(verify().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(bundle + "!ledger.consistency");
            assertThat(problem.what()).contains("does not show");
        });

        resign("ledger.consistency", text("ledger.consistency").replace("at 2026", "at 2025"));
        assertThat(verify().problems()).extracting(Problem::what).anyMatch(what -> what.contains("another checkpoint"));
    }

    @Test
    void a_list_of_other_digests_than_the_signed_ones_is_refused() throws IOException {
        resign("report.html", text("report.html"));
        assertThat(verify().problems()).isEmpty();

        files.put("SHA256SUMS", (text("SHA256SUMS") + "0".repeat(64) + "  nothing\n").getBytes(StandardCharsets.UTF_8));
        SigningKeys keys = SigningKeys.open(trust);
        files.put(
                "SHA256SUMS.sig",
                SshSignature.sign(files.get("SHA256SUMS"), "muster-evidence", keys)
                        .getBytes(StandardCharsets.UTF_8));
        state(keys);

        assertThat(verify().problems()).extracting(Problem::where).containsExactly(bundle + "!SHA256SUMS");
    }

    private void replaceDocument(String document) throws IOException {
        resign("evidence.json", document);
    }

    /** What even the holder of the key cannot make valid. */
    private void resign(String name, String content) throws IOException {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
        SigningKeys keys = SigningKeys.open(trust);
        Map<String, byte[]> listed = new LinkedHashMap<>(files);
        listed.keySet().removeAll(List.of("statement.json", "statement.sig", "statement.sigstore.json"));
        listed.keySet().removeAll(List.of("SHA256SUMS", "SHA256SUMS.sig"));
        byte[] digests = Bundle.digests(listed);
        files.put("SHA256SUMS", digests);
        files.put(
                "SHA256SUMS.sig",
                SshSignature.sign(digests, "muster-evidence", keys).getBytes(StandardCharsets.UTF_8));
        state(keys);
    }

    private void state(SigningKeys keys) throws IOException {
        Map<String, byte[]> subjects = new LinkedHashMap<>(files);
        subjects.keySet().removeAll(List.of("statement.json", "statement.sig", "statement.sigstore.json"));
        byte[] statement = Statement.of(Collections.unmodifiableMap(subjects), new Section());
        byte[] signature = keys.sign(Statement.preAuthenticationEncoding(statement));
        files.put("statement.json", statement);
        files.put("statement.sig", signature);
        files.put("statement.sigstore.json", Statement.sigstore(statement, signature, keys.keyId()));
        pack();
    }

    private String text(String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }
}
