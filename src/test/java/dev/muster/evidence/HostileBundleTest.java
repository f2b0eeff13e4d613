package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.ArchivedFile;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Ledger;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives and signatures as somebody makes them who wants to be believed, each named by both verifiers. */
@Needs({"python3", "openssl"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBundleTest {
    @RegisterExtension
    static final SecondOpinion PYTHON = new SecondOpinion();

    @TempDir
    static Path shared;

    @TempDir
    Path temporary;

    private Path whole;
    private Path trust;
    private Path bundle;
    private SigningKeys keys;
    private Ledger ledger;
    private Map<String, byte[]> files;

    @BeforeAll
    void writesABundle() throws Exception {
        trust = shared.resolve("keys");
        keys = SigningKeys.init(trust);
        ledger = ledger(shared, Records.DRILL);
        whole = write(keys, shared);
        bundle = whole;
        assertThat(verify().problems()).isEmpty();
    }

    @BeforeEach
    void copiesIt() throws IOException {
        bundle = Files.copy(whole, temporary.resolve("drill.zip"));
        files = new LinkedHashMap<>(BundleFile.read(bundle).files());
    }

    private static Ledger ledger(Path folder, String drill) {
        Ledger made = Ledger.open(folder.resolve("ledger"), Clock.fixed(Records.DISASTER, ZoneOffset.UTC));
        made.append(EventKind.PLANNED, drill, Records.PLAN);
        made.append(EventKind.STARTED, drill, Map.of());
        return made;
    }

    private Path write(SigningKeys signer, Path folder) throws InterruptedException {
        List<LedgerEvent> events = ledger.events();
        return new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.failed(),
                        events,
                        ledger.prove(events, signer),
                        signer,
                        signer.publicKey(),
                        folder.resolve("evidence"));
    }

    private Verification verify() {
        return PYTHON.agreed(bundle, trust, Evidence::verify);
    }

    private void refused(String file, String what) {
        refusedAt(bundle + "!" + file, what);
        assertThat(PYTHON.said(bundle, trust)).anyMatch(said -> said.startsWith("WRONG: " + file + ": "));
    }

    private void refusedAt(String where, String what) {
        Verification verification = verify();
        assertThat(verification.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verification.problems()).anySatisfy(problem -> {
            assertThat(problem.what()).contains(what);
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.remedy()).contains("original");
        });
    }

    /** Bytes of an archive that can be changed at the places that matter. */
    private static final class Forgery {
        private byte[] bytes;

        Forgery(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        private ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        private int end() {
            return bytes.length - 22;
        }

        /** Where the entry of a file in the directory begins. */
        private int entry(String name) {
            int position = buffer().getInt(end() + 16);
            while (!new String(bytes, position + 46, buffer().getShort(position + 28), StandardCharsets.US_ASCII)
                    .equals(name)) {
                position += 46 + buffer().getShort(position + 28);
            }
            return position;
        }

        private int header(String name) {
            return buffer().getInt(entry(name) + 42);
        }

        private Forgery number(int position, int value) {
            buffer().putInt(position, value);
            return this;
        }

        private Forgery half(int position, int value) {
            buffer().putShort(position, (short) value);
            return this;
        }

        private Forgery text(int position, String text) {
            byte[] letters = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(letters, 0, bytes, position, letters.length);
            return this;
        }

        private Forgery insert(int position, String text) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream();
            longer.write(bytes, 0, position);
            longer.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            longer.write(bytes, position, bytes.length - position);
            bytes = longer.toByteArray();
            return this;
        }

        /** Lets the end say that the directory stands later, and is longer. */
        private Forgery directory(int later, int longer) {
            number(end() + 16, buffer().getInt(end() + 16) + later);
            return number(end() + 12, buffer().getInt(end() + 12) + longer);
        }
    }

    private record Case(String name, String file, String what, UnaryOperator<Forgery> forge) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> forgeries() {
        String report = "report.html";
        String last = "statement.sigstore.json";
        return Stream.of(
                new Case("link", report, "a link", zip -> zip.half(zip.entry(report) + 40, 0120777)),
                new Case(
                        "encrypted",
                        report,
                        "encrypted",
                        zip -> zip.half(zip.entry(report) + 8, 1).half(zip.header(report) + 6, 1)),
                new Case(
                        "other packing",
                        report,
                        "packed in a way",
                        zip -> zip.half(zip.entry(report) + 10, 12).half(zip.header(report) + 8, 12)),
                new Case("other size", report, "another size", zip -> zip.number(zip.entry(report) + 24, 77)),
                new Case(
                        "beyond the end",
                        report,
                        "behind the end",
                        zip -> zip.number(zip.entry(report) + 20, 0x7fffffff)
                                .number(zip.header(report) + 18, 0x7fffffff)),
                new Case(
                        "four gigabytes",
                        report,
                        "larger than",
                        zip -> zip.number(zip.entry(report) + 24, -2).number(zip.header(report) + 22, -2)),
                new Case("elsewhere", report, "not where", zip -> zip.number(zip.entry(report) + 42, -5)),
                new Case("inside another", report, "not where", zip -> zip.number(zip.entry(report) + 42, 99)),
                new Case(
                        "two of one name",
                        report,
                        "two files",
                        zip -> zip.text(zip.header("key.ssh.pub") + 30, report)
                                .text(zip.entry("key.ssh.pub") + 46, report)),
                new Case(
                        "two names of one", "key.ssh.pub", "", zip -> zip.text(zip.header("key.ssh.pub") + 30, report)),
                new Case(
                        "extra field",
                        last,
                        "from byte",
                        zip -> zip.insert(zip.header(last) + 30 + last.length(), "\1\1\0\0")
                                .directory(4, 0)
                                .half(zip.header(last) + 28, 4)),
                new Case(
                        "extra in the directory",
                        last,
                        "from byte",
                        zip -> zip.insert(zip.end(), "\1\1\0\0").directory(0, 4).half(zip.entry(last) + 30, 4)),
                new Case(
                        "comment on a file",
                        last,
                        "from byte",
                        zip -> zip.insert(zip.end(), "true").directory(0, 4).half(zip.entry(last) + 32, 4)),
                new Case(
                        "comment",
                        "",
                        "4 bytes stand behind",
                        zip -> zip.insert(zip.bytes.length, "true").half(zip.end() - 4 + 20, 4)),
                new Case("behind", "", "4 bytes stand behind", zip -> zip.insert(zip.bytes.length, "true")),
                new Case("before", "", "5 bytes stand before", zip -> zip.insert(0, "#!sh\n")),
                new Case(
                        "between",
                        last,
                        "from byte",
                        zip -> zip.insert(zip.entry("README-VERIFY.txt"), "true")
                                .directory(4, 0)),
                new Case("hidden entry", "", "more than it promises", zip -> zip.half(zip.end() + 10, 3)),
                new Case("ZIP64", "", "ZIP64", zip -> zip.half(zip.end() + 10, -1)),
                new Case("fewer entries", "", "fewer files", zip -> zip.half(zip.end() + 10, 4000)),
                new Case("directory cut", "", "cut short", zip -> zip.directory(0, 1)),
                new Case("long name", "", "cut short", zip -> zip.half(zip.entry(last) + 28, -1)),
                new Case("date", report, "from byte", zip -> zip.half(zip.entry(report) + 14, 34)),
                new Case("no end", "", "no directory at its end", zip -> zip.number(zip.end(), 0)),
                new Case("only an end", "", "no file", zip -> {
                    zip.bytes = Arrays.copyOfRange(zip.bytes, zip.end(), zip.bytes.length);
                    return zip.half(8, 0).half(10, 0).number(12, 0).number(16, 0);
                }),
                new Case("half", "", "no directory at its end", zip -> {
                    zip.bytes = Arrays.copyOf(zip.bytes, zip.bytes.length / 2);
                    return zip;
                }),
                new Case("empty", "", "no directory at its end", zip -> {
                    zip.bytes = new byte[0];
                    return zip;
                }));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void names_what_is_odd_about_an_archive(Case forgery) throws IOException {
        byte[] forged = forgery.forge().apply(new Forgery(Files.readAllBytes(bundle))).bytes;
        Files.write(bundle, forged);

        refusedAt(forgery.file().isEmpty() ? bundle.toString() : bundle + "!" + forgery.file(), forgery.what());
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside).as("nothing was unpacked").containsExactly(bundle);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.html",
                "/etc/passwd",
                "..\\evil.html",
                "C:evil.html",
                "folder/",
                "folder/evil.html",
                ".hidden",
                "",
                "-rf",
                "two words",
                "evil\u001b[2J",
                "evil\u0000.html"
            })
    void touches_no_file_whose_name_leads_elsewhere(String name) throws IOException {
        files.put(name, "<p>Passed</p>".getBytes(StandardCharsets.UTF_8));
        Files.write(bundle, StoredZip.of(files));

        refusedAt(bundle + "!" + ArchivedFile.shown(name), "not that of a plain file");
        assertThat(verify().problems())
                .extracting(Problem::where)
                .allMatch(where -> where.chars().noneMatch(letter -> letter < ' '));
    }

    @Test
    void does_not_count_on_for_ever() throws IOException {
        for (int file = 0; file < 200; file++) {
            files.put("file-" + file, new byte[0]);
        }
        Files.write(bundle, StoredZip.of(files));

        refusedAt(bundle.toString(), "more than 200 files");
    }

    @Test
    void the_script_says_the_verdict_by_its_exit_code_and_names_the_file() throws Exception {
        Path strangers = temporary.resolve("strangers");
        SigningKeys.init(strangers);
        Path changed = temporary.resolve("changed.zip");
        files.put("report.html", utf8("<p>Passed</p>"));
        Files.write(changed, StoredZip.of(files));

        assertThat(script(whole, trust).exit()).isZero();
        assertThat(script(whole, trust).output())
                .contains("evidence.json has the digest", "You trust key " + keys.keyId() + ".\nVALID\n");
        assertThat(script(changed, trust).exit()).isEqualTo(5);
        assertThat(script(changed, trust).output())
                .endsWith("WRONG: report.html: the file is not the one that was signed\nINVALID\n");
        assertThat(script(whole, strangers).exit()).isEqualTo(6);
        assertThat(script(whole, strangers).output())
                .contains("You do not trust key " + keys.keyId())
                .endsWith("NOT TRUSTED\n");
        assertThat(script(temporary.resolve("nowhere.zip"), trust).exit()).isEqualTo(3);
        assertThat(script(whole, temporary.resolve("nowhere")).exit()).isEqualTo(3);
        assertThat(new ProcessBuilder("python3", "-B", "config/verify/verify.py")
                        .redirectErrorStream(true)
                        .redirectOutput(temporary.resolve("usage").toFile())
                        .start()
                        .waitFor())
                .isEqualTo(2);
    }

    /** With the inputs and proofs that the reference implementation of Certificate Transparency is tested with. */
    @Test
    void the_script_s_tree_is_that_of_the_reference() throws Exception {
        String reference = """
                import sys
                sys.path.insert(0, "config/verify")
                from verify import extends, includes
                six = bytes.fromhex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")
                eight = bytes.fromhex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
                inclusion = [bytes.fromhex(one) for one in (
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
                consistency = [bytes.fromhex(one) for one in (
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
                assert includes(b"", 0, 8, inclusion, eight) and not includes(b"x", 0, 8, inclusion, eight)
                assert not includes(b"", 1, 8, inclusion, eight) and not includes(b"", 0, 8, inclusion[1:], eight)
                assert extends(6, six, 8, eight, consistency) and not extends(6, eight, 8, six, consistency)
                assert not extends(5, six, 8, eight, consistency) and not extends(6, six, 8, eight, consistency[1:])
                assert extends(8, eight, 8, eight, []) and not extends(0, six, 8, eight, [])
                """;

        assertThat(new ProcessBuilder("python3", "-B", "-c", reference)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private record Ended(int exit, String output) {}

    private static Ended script(Path bundle, Path trust) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3", "-B", "config/verify/verify.py", bundle.toString(), "--trust", trust.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    void what_cannot_be_read_is_no_verdict() throws IOException {
        Files.delete(bundle);
        Files.createDirectory(bundle);

        assertThatThrownBy(this::verify).isInstanceOf(CouldNotRun.class).hasMessageContaining(bundle.toString());
    }

    @Test
    void a_key_named_twice_in_the_statement_is_refused() throws IOException {
        statement(text("statement.json").replace("{\"_type\":", "{\"_type\":\"x\",\"_type\":"), keys);

        refused("statement.json", "names a key twice");
    }

    @Test
    void a_key_named_twice_in_the_record_is_refused() throws IOException {
        put(
                "evidence.json",
                text("evidence.json").replaceFirst("\"verdict\"", "\"verdict\": \"PASSED\",\n\"verdict\""));

        refused("evidence.json", "Duplicate");
    }

    @Test
    void a_key_named_twice_in_the_form_of_sigstore_is_refused() throws IOException {
        String sigstore = text("statement.sigstore.json");
        files.put("statement.sigstore.json", utf8(sigstore.replaceFirst("\\{", "{\"mediaType\":\"x\",")));
        Files.write(bundle, StoredZip.of(files));

        refused("statement.sigstore.json", "Duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.json", "test-result.json", "statement.sigstore.json"})
    void a_file_with_nothing_in_it_is_refused(String name) throws IOException {
        files.put(name, new byte[0]);
        if (name.startsWith("statement.")) {
            Files.write(bundle, StoredZip.of(files));
        } else {
            list(Bundle.PURPOSE, keys);
        }

        refused(name, "there is nothing in it");
    }

    @Test
    void a_timestamp_with_nothing_in_it_is_refused_though_no_signature_covers_it() throws IOException {
        files.put("statement.tsr", new byte[0]);
        Files.write(bundle, StoredZip.of(files));

        refused("statement.tsr", "The timestamp is broken");
    }

    @Test
    void a_seed_of_which_the_plan_knows_nothing_is_refused() throws IOException {
        put("evidence.json", text("evidence.json").replace("\"seed\" : null", "\"seed\" : \"nothing\""));

        assertThat(verify().problems())
                .extracting(Problem::what)
                .anyMatch(what -> what.contains("committed to before"));
        assertThat(PYTHON.said(bundle, trust)).contains("WRONG: evidence.json: not as planned in the ledger: seed");
    }

    @Test
    void a_test_result_of_another_verdict_is_refused_even_when_it_is_signed() throws IOException {
        byte[] better = utf8(text("test-result.json").replace("\"FAILED\"", "\"PASSED\""));
        byte[] signature = keys.sign(Statement.preAuthenticationEncoding(better));
        files.put("test-result.json", better);
        put(
                "test-result.sigstore.json",
                new String(Statement.sigstore(better, signature, keys.keyId()), StandardCharsets.UTF_8));

        refused("test-result.json", "something else than the record");
    }

    @Test
    void a_test_result_whose_signature_is_no_base64_is_refused() throws IOException {
        put("test-result.sigstore.json", text("test-result.sigstore.json").replaceFirst("\"sig\":\"", "\"sig\":\"!"));

        refused("test-result.sigstore.json", "with a signature by that key");
    }

    @Test
    void a_signature_with_anything_else_between_its_letters_is_refused() throws IOException {
        files.put("SHA256SUMS.sig", utf8(text("SHA256SUMS.sig").replaceFirst("\n-----END", "!\n-----END")));
        state();

        refused("SHA256SUMS.sig", "was not made with that key");
    }

    @Test
    void a_statement_of_a_newer_version_is_not_taken_for_this_one() throws IOException {
        statement(text("statement.json").replaceFirst("drill-evidence/v\\d+", "drill-evidence/v99"), keys);

        assertThat(verify().problems()).anySatisfy(problem -> {
            assertThat(problem.what()).contains("drill-evidence/v99");
            assertThat(problem.where()).isEqualTo(bundle + "!statement.json");
            assertThat(problem.remedy()).contains("newer Muster");
        });
    }

    @Test
    void a_signature_for_another_purpose_is_refused() throws IOException {
        list("git", keys);

        refused("SHA256SUMS.sig", "was not made with that key");
    }

    @Test
    void a_list_signed_by_somebody_else_is_refused() throws IOException {
        list("muster-evidence", SigningKeys.init(temporary.resolve("forger")));

        refused("SHA256SUMS.sig", "was not made with that key");
    }

    @Test
    void a_statement_signed_by_somebody_else_is_refused_where_the_rest_is_not() throws IOException {
        statement(text("statement.json"), SigningKeys.init(temporary.resolve("forger")));

        refusedAt(bundle + "!statement.json, " + bundle + "!statement.sig", "does not belong to the statement");
    }

    @Test
    void a_bundle_signed_anew_by_a_stranger_is_not_trusted() throws Exception {
        bundle = write(SigningKeys.init(temporary.resolve("forger")), temporary);

        assertThat(verify().outcome()).isEqualTo(Outcome.NOT_TRUSTED);
    }

    @Test
    void a_stranger_s_key_among_the_files_is_refused_whatever_signed_them() throws IOException {
        put("key.pub.pem", SigningKeys.init(temporary.resolve("forger")).publicKeyPem());

        refused("key.pub.pem", "not the one that signed");
    }

    @Test
    void a_stranger_s_key_for_ssh_is_refused() throws IOException {
        SigningKeys forger = SigningKeys.init(temporary.resolve("forger"));
        put("key.ssh.pub", forger.publicKey().sshKey() + "\n");

        refused("key.ssh.pub", "not the one that signed");
    }

    static Stream<Case> ledgers() {
        return Stream.of("removed", "reordered", "rewritten", "added")
                .map(name -> new Case(name, "ledger.jsonl", "not those that the record names", zip -> zip));
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void a_ledger_that_was_changed_inside_the_bundle_is_refused(Case change) throws IOException {
        List<String> lines = new ArrayList<>(text("ledger.jsonl").lines().toList());
        switch (change.name()) {
            case "removed" -> lines.remove(0);
            case "reordered" -> lines.add(lines.remove(0));
            case "rewritten" -> lines.set(1, lines.get(1).replace("STARTED", "REFUSED"));
            default -> lines.add(lines.get(0));
        }
        put("ledger.jsonl", String.join("\n", lines) + "\n");

        refused(change.file(), change.what());
    }

    @Test
    void a_proof_of_another_ledger_is_refused() throws IOException {
        Ledger other = ledger(temporary, "another-drill");
        put(
                "ledger-2.tlog-proof",
                other.prove(other.events(), keys).lines().get(1).text());

        refused("ledger-2.tlog-proof", "does not show");
    }

    @Test
    void a_proof_whose_checkpoint_somebody_else_signed_is_refused() throws IOException {
        SigningKeys forger = SigningKeys.init(temporary.resolve("forger"));
        put(
                "ledger-2.tlog-proof",
                ledger.prove(ledger.events(), forger).lines().get(1).text());

        refused("ledger-2.tlog-proof", "was not signed with the key");
    }

    /** Puts another content into the bundle as whoever holds the key could. */
    private void put(String name, String content) throws IOException {
        files.put(name, utf8(content));
        list(Bundle.PURPOSE, keys);
    }

    private void list(String purpose, SigningKeys signer) throws IOException {
        Map<String, byte[]> listed = new LinkedHashMap<>(files);
        listed.keySet().removeIf(name -> name.startsWith("statement.") || name.startsWith("SHA256SUMS"));
        files.put("SHA256SUMS", Bundle.digests(listed));
        files.put("SHA256SUMS.sig", utf8(SshSignature.sign(files.get("SHA256SUMS"), purpose, signer)));
        state();
    }

    private void state() throws IOException {
        Map<String, byte[]> subjects = new LinkedHashMap<>(files);
        subjects.keySet().removeIf(name -> name.startsWith("statement."));
        statement(new String(Statement.of(subjects, new Section()), StandardCharsets.UTF_8), keys);
    }

    private void statement(String text, SigningKeys signer) throws IOException {
        byte[] statement = utf8(text);
        byte[] signature = signer.sign(Statement.preAuthenticationEncoding(statement));
        files.put("statement.json", statement);
        files.put("statement.sig", signature);
        files.put("statement.sigstore.json", Statement.sigstore(statement, signature, signer.keyId()));
        Files.write(bundle, StoredZip.of(files));
    }

    private String text(String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
