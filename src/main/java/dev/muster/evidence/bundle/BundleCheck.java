package dev.muster.evidence.bundle;

import dev.muster.drill.Problem;
import dev.muster.evidence.archive.ArchivedFile;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.ledger.Checkpoint;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SshSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a bundle against its signed statement, and the signature against the keys that are trusted. */
public final class BundleCheck {
    private static final String CHANGED_AFTERWARDS =
            "It was changed after it was signed. Ask whoever gave you the bundle for the original.";

    private static final String NEWER =
            "A newer Muster may have written it. Verify it with that version, or by the steps" + " in "
                    + Bundle.INSTRUCTIONS + ".";

    /** In the order in which they stand behind all others. */
    private static final List<String> SIGNED_OTHERWISE =
            List.of(Bundle.STATEMENT, Bundle.SIGNATURE, Bundle.SIGSTORE, Bundle.TIMESTAMP, Bundle.TIMESTAMP_SIGNATURE);

    private final Path bundle;
    private final List<PublicKeyText> trusted;
    private final Map<Checkpoint, String> checkpoints = new LinkedHashMap<>();
    private final List<X509Certificate> anchors;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param anchors certificates that timestamps are trusted by */
    public BundleCheck(Path bundle, List<PublicKeyText> trusted, List<X509Certificate> anchors) {
        this.bundle = bundle;
        this.trusted = trusted;
        this.anchors = anchors;
    }

    public Verification verify() {
        BundleFile found = BundleFile.read(bundle);
        problems.addAll(found.problems());
        Map<String, byte[]> files = found.files();
        if (!files.isEmpty()) {
            Map<String, String> digests = digests(files);
            checkContents(files, digests);
            if (problems.isEmpty()) {
                checkArchive(found, digests);
                checkJson(files);
            }
            if (problems.isEmpty()) {
                checkDocument(files);
            }
        }
        Optional<PublicKeyText> signer = signer(files);
        if (problems.isEmpty() && signer.isPresent()) {
            checkOtherSignatures(files, signer.get());
            checkLedger(files, signer.get());
            checkTimestamp(files, signer.get());
        }
        if (problems.isEmpty() && signer.isPresent()) {
            checkTrust(files, signer.get());
            return new Verification(problems.isEmpty() ? Outcome.VALID : Outcome.NOT_TRUSTED, lines, problems);
        }
        return new Verification(Outcome.INVALID, lines, problems);
    }

    private Map<String, String> digests(Map<String, byte[]> files) {
        Optional<Map<String, String>> digests =
                Optional.ofNullable(files.get(Bundle.STATEMENT)).flatMap(Statement::digests);
        if (digests.isEmpty()) {
            checkVersion(files);
        }
        return digests.orElse(Map.of());
    }

    private void checkVersion(Map<String, byte[]> files) {
        Optional<String> type = Optional.ofNullable(files.get(Bundle.STATEMENT))
                .flatMap(Json::read)
                .map(statement -> statement.path("predicateType").asString(""));
        if (type.isEmpty()) {
            problem(
                    files.containsKey(Bundle.STATEMENT)
                            ? "The statement is no JSON that can be relied on: it is damaged, or names a key twice"
                            : "There is no statement that names the files of this bundle",
                    Bundle.STATEMENT);
        } else {
            problems.add(new Problem(
                    "The statement is not one about a drill's evidence that this Muster knows ("
                            + ArchivedFile.shown(type.get()) + ")",
                    place(Bundle.STATEMENT),
                    NEWER));
        }
    }

    private void checkContents(Map<String, byte[]> files, Map<String, String> digests) {
        digests.forEach((name, digest) -> {
            byte[] content = files.get(name);
            if (content == null) {
                problem("The file is missing", name);
            } else if (!Statement.sha256(content).equals(digest)) {
                problem("The file is not the one that was signed: its SHA-256 differs", name);
            } else {
                lines.add(name + " has the digest that was signed.");
            }
        });
        for (String name : files.keySet()) {
            if (!digests.containsKey(name) && !SIGNED_OTHERWISE.contains(name)) {
                problem("The file was added", name);
            }
        }
    }

    /** Written again, the archive must come out the same to the byte: nothing hides between the files. */
    private void checkArchive(BundleFile found, Map<String, String> digests) {
        Map<String, byte[]> expected = new LinkedHashMap<>();
        digests.keySet().forEach(name -> expected.put(name, found.files().getOrDefault(name, new byte[0])));
        SIGNED_OTHERWISE.stream()
                .filter(found.files()::containsKey)
                .forEach(name -> expected.put(name, found.files().getOrDefault(name, new byte[0])));
        int difference = found.mismatch(StoredZip.of(expected));
        if (difference >= 0) {
            problems.add(new Problem(
                    "The archive around the files is not as Muster wrote it, from byte " + difference + " on",
                    found.fileAt(difference).map(this::place).orElse(bundle.toString()),
                    "Its files are intact, but it was packed again or changed between them. Ask for the original."));
        } else {
            lines.add("The archive holds these files and nothing else.");
        }
    }

    /** Of a key that is there twice, one reader would take the first value and another the last. */
    private void checkJson(Map<String, byte[]> files) {
        files.forEach((name, content) -> {
            if (name.endsWith(".json")) {
                Json.fault(content).ifPresent(fault -> problem("The file is no sound JSON: " + fault, name));
            } else if (name.endsWith(".jsonl")) {
                text(files, name)
                        .lines()
                        .flatMap(line -> Json.fault(Bundle.utf8(line)).stream())
                        .findFirst()
                        .ifPresent(fault -> problem("A line of the file is no sound JSON: " + fault, name));
            }
        });
    }

    private void checkDocument(Map<String, byte[]> files) {
        Optional<WrittenRecord> record = Optional.ofNullable(files.get(Bundle.DOCUMENT))
                .flatMap(Json::read)
                .map(WrittenRecord::new);
        if (record.isEmpty()) {
            problem(
                    "The record is no JSON that can be relied on: it is damaged, or names a key twice",
                    Bundle.DOCUMENT);
            return;
        }
        Optional<Problem> foreign = new Layout(record.map(WrittenRecord::schema).orElse(""))
                .foreign(place(Bundle.DOCUMENT), "muster verify " + bundle + " --trust FOLDER");
        if (foreign.isPresent()) {
            problems.add(foreign.get());
            return;
        }
        List<String> found = new String(files.getOrDefault(Bundle.LEDGER, new byte[0]), StandardCharsets.UTF_8)
                .lines()
                .map(line -> Statement.sha256(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        if (record.map(WrittenRecord::ledgerDigests).filter(found::equals).isPresent()) {
            lines.add("The " + found.size() + " ledger lines are those that the record names.");
        } else {
            problem("The ledger lines are not those that the record names", Bundle.LEDGER);
        }
        record.ifPresent(written -> checkPlan(written, text(files, Bundle.LEDGER)));
    }

    private void checkPlan(WrittenRecord record, String ledger) {
        PlanCheck.differences(record, ledger).ifPresent(differences -> {
            if (differences.isEmpty()) {
                lines.add(
                        "The plan in the ledger, written before anything was looked at, is the one that was followed.");
            }
            differences.forEach(difference -> problems.add(new Problem(
                    "The plan that was committed to beforehand is not the one that was followed: " + difference,
                    place(Bundle.DOCUMENT),
                    "Whoever signed this has changed runbook, rule or seed after planning, or put the record of another"
                            + " drill beside this ledger line. Ask the issuer for the ledger of this drill.")));
        });
    }

    /** Whose signature it is: a trusted key's, or that of the key in the bundle. */
    private Optional<PublicKeyText> signer(Map<String, byte[]> files) {
        byte[] signature = files.get(Bundle.SIGNATURE);
        byte[] statement = files.get(Bundle.STATEMENT);
        if (statement == null) {
            return Optional.empty();
        }
        if (signature == null) {
            problem("The signature is missing", Bundle.SIGNATURE);
            return Optional.empty();
        }
        List<PublicKeyText> keys = new ArrayList<>(trusted);
        PublicKeyText.parse(new String(files.getOrDefault(Bundle.KEY, new byte[0]), StandardCharsets.ISO_8859_1))
                .ifPresent(keys::add);
        byte[] message = Statement.preAuthenticationEncoding(statement);
        Optional<PublicKeyText> signer =
                keys.stream().filter(key -> key.verifies(message, signature)).findFirst();
        signer.ifPresentOrElse(
                key -> lines.add("The signature over " + Bundle.STATEMENT + " was made with key " + key.keyId() + "."),
                () -> problems.add(new Problem(
                        "The signature does not belong to the statement",
                        place(Bundle.STATEMENT) + ", " + place(Bundle.SIGNATURE),
                        CHANGED_AFTERWARDS)));
        return signer;
    }

    /** The same in the forms that other tools take; a bundle must not say one thing to Muster and another to them. */
    private void checkOtherSignatures(Map<String, byte[]> files, PublicKeyText signer) {
        byte[] digests = files.getOrDefault(Bundle.DIGESTS, new byte[0]);
        Map<String, byte[]> listed = new LinkedHashMap<>(files);
        listed.keySet().removeAll(SIGNED_OTHERWISE);
        listed.keySet().removeAll(List.of(Bundle.DIGESTS, Bundle.SSH_SIGNATURE));
        if (!Arrays.equals(digests, Bundle.digests(listed))) {
            problem("The list does not hold the digests of the other files", Bundle.DIGESTS);
        }
        if (SshSignature.verifies(digests, Bundle.PURPOSE, signer, text(files, Bundle.SSH_SIGNATURE))) {
            lines.add("The signature over " + Bundle.DIGESTS + " was made with the same key.");
        } else {
            problem("The signature over " + Bundle.DIGESTS + " was not made with that key", Bundle.SSH_SIGNATURE);
        }
        byte[] sigstore = Statement.sigstore(
                files.getOrDefault(Bundle.STATEMENT, new byte[0]),
                files.getOrDefault(Bundle.SIGNATURE, new byte[0]),
                signer.keyId());
        if (Arrays.equals(sigstore, files.get(Bundle.SIGSTORE))) {
            lines.add(Bundle.SIGSTORE + " holds the same statement and signature.");
        } else {
            problem("The file does not hold the statement and signature of this bundle", Bundle.SIGSTORE);
        }
        boolean own = PublicKeyText.parse(text(files, Bundle.KEY))
                .filter(key -> key.keyId().equals(signer.keyId()))
                .isPresent();
        if (!own) {
            problem("The key is not the one that signed", Bundle.KEY);
        }
        Map<String, String> result = new TestResultCheck(files).problems(signer);
        result.forEach((file, what) -> problem(what, file));
        if (result.isEmpty()) {
            lines.add(Bundle.TEST_RESULT + " was signed with the same key and agrees with the record.");
        }
        if (!text(files, Bundle.SSH_KEY).equals(signer.sshKey() + "\n")) {
            problem("The key for ssh is not the one that signed", Bundle.SSH_KEY);
        }
    }

    private void checkLedger(Map<String, byte[]> files, PublicKeyText signer) {
        LedgerCheck ledger = new LedgerCheck(files, signer);
        ledger.problems().forEach((file, what) -> problem(what, file));
        lines.addAll(ledger.lines());
        checkpoints.putAll(ledger.checkpoints());
    }

    private void checkTimestamp(Map<String, byte[]> files, PublicKeyText signer) {
        byte[] response = files.get(Bundle.TIMESTAMP);
        if (response == null && !files.containsKey(Bundle.TIMESTAMP_SIGNATURE)) {
            lines.add("No timestamp authority vouches in the bundle for when it was signed.");
            return;
        }
        byte[] given = response == null ? new byte[0] : response;
        Optional<String> said = Timestamping.said(given, files.getOrDefault(Bundle.SIGNATURE, new byte[0]), anchors);
        if (said.isEmpty()) {
            problem("The timestamp is broken or belongs to another signature", Bundle.TIMESTAMP);
        } else if (!SshSignature.verifies(given, Bundle.PURPOSE, signer, text(files, Bundle.TIMESTAMP_SIGNATURE))) {
            problem("The timestamp was not put there by the key that signed the bundle", Bundle.TIMESTAMP_SIGNATURE);
        } else {
            lines.add(said.get());
        }
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private void checkTrust(Map<String, byte[]> files, PublicKeyText signer) {
        KeyCheck trust = new KeyCheck(bundle, trusted);
        trust.check(
                "The bundle",
                signer,
                Bundle.KEY,
                Statement.finished(files.getOrDefault(Bundle.STATEMENT, new byte[0])));
        boolean said = !trust.problems().isEmpty();
        LedgerCheck.key(files, signer)
                .filter(key -> !said || !key.keyId().equals(signer.keyId()))
                .ifPresent(key -> checkpoints.forEach((checkpoint, proof) -> trust.check(
                        "The ledger's checkpoint",
                        key,
                        key.keyId().equals(signer.keyId()) ? proof : Bundle.LEDGER_KEY,
                        Optional.of(checkpoint.at()))));
        trust.lines().stream().distinct().forEach(lines::add);
        problems.addAll(trust.problems());
    }

    private void problem(String what, String file) {
        problems.add(new Problem(what, place(file), CHANGED_AFTERWARDS));
    }

    private String place(String file) {
        return bundle + "!" + ArchivedFile.shown(file);
    }
}
