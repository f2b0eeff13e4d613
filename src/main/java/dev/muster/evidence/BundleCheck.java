package dev.muster.evidence;

import dev.muster.drill.Problem;
import dev.muster.evidence.Verification.Outcome;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Consistency;
import dev.muster.ledger.LedgerProof;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SshSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks a bundle against its signed statement, and the signature against the keys that are trusted. */
final class BundleCheck {
    private static final String CHANGED_AFTERWARDS =
            "It was changed after it was signed. Ask whoever gave you the bundle for the original.";

    /** In the order in which they stand behind all others. */
    private static final List<String> SIGNED_OTHERWISE = List.of(Bundle.STATEMENT, Bundle.SIGNATURE, Bundle.SIGSTORE);

    private final Path bundle;
    private final List<PublicKeyText> trusted;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    BundleCheck(Path bundle, List<PublicKeyText> trusted) {
        this.bundle = bundle;
        this.trusted = trusted;
    }

    Verification verify() {
        BundleFile found = BundleFile.read(bundle);
        problems.addAll(found.problems());
        Map<String, byte[]> files = found.files();
        if (!files.isEmpty()) {
            Map<String, String> digests = digests(files);
            checkContents(files, digests);
            if (problems.isEmpty()) {
                checkArchive(found, digests);
                checkDocument(files);
            }
        }
        Optional<PublicKeyText> signer = signer(files);
        if (problems.isEmpty() && signer.isPresent()) {
            checkOtherSignatures(files, signer.get());
            checkProofs(files, signer.get());
        }
        if (problems.isEmpty() && signer.isPresent()) {
            checkTrust(signer.get());
            return new Verification(problems.isEmpty() ? Outcome.VALID : Outcome.NOT_TRUSTED, lines, problems);
        }
        return new Verification(Outcome.INVALID, lines, problems);
    }

    private Map<String, String> digests(Map<String, byte[]> files) {
        Optional<Map<String, String>> digests =
                Optional.ofNullable(files.get(Bundle.STATEMENT)).flatMap(Statement::digests);
        if (digests.isEmpty()) {
            problem("There is no statement that names the files of this bundle", Bundle.STATEMENT);
        }
        return digests.orElse(Map.of());
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
                    bundle.toString(),
                    "Its files are intact, but it was packed again or changed between them. Ask for the original."));
        } else {
            lines.add("The archive holds these files and nothing else.");
        }
    }

    private void checkDocument(Map<String, byte[]> files) {
        Optional<JsonNode> document =
                Optional.ofNullable(files.get(Bundle.DOCUMENT)).flatMap(Json::read);
        String schema = document.map(node -> node.path("schema").asString("")).orElse("");
        if (!schema.equals(RecordDocument.SCHEMA)) {
            problems.add(new Problem(
                    "The record is not laid out as this Muster knows it ("
                            + (schema.isEmpty() ? "no schema named" : schema) + ")",
                    place(Bundle.DOCUMENT),
                    "A newer Muster may have written it. Verify it with that version, or by the steps in "
                            + Bundle.INSTRUCTIONS + "."));
            return;
        }
        List<String> digests = new ArrayList<>();
        document.ifPresent(node -> node.path("ledger")
                .forEach(event -> digests.add(event.path("digest").asString(""))));
        List<String> found = new String(files.getOrDefault(Bundle.LEDGER, new byte[0]), StandardCharsets.UTF_8)
                .lines()
                .map(line -> Statement.sha256(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        if (found.equals(digests)) {
            lines.add("The " + found.size() + " ledger lines are those that the record names.");
        } else {
            problem("The ledger lines are not those that the record names", Bundle.LEDGER);
        }
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
        if (!text(files, Bundle.SSH_KEY).equals(signer.sshKey() + "\n")) {
            problem("The key for ssh is not the one that signed", Bundle.SSH_KEY);
        }
    }

    /** Each line stands in the ledger under a checkpoint that the same key has signed. */
    private void checkProofs(Map<String, byte[]> files, PublicKeyText signer) {
        List<LedgerProof> proofs = new ArrayList<>();
        for (String line : text(files, Bundle.LEDGER).lines().toList()) {
            String name = Bundle.proof(Json.read(line.getBytes(StandardCharsets.UTF_8))
                    .map(event -> event.path("sequence").asLong(0))
                    .orElse(0L));
            Optional<LedgerProof> proof = LedgerProof.parse(text(files, name));
            if (proof.isEmpty()) {
                problem("There is no proof that the line stands in the ledger", name);
            } else if (!proof.get().shows(line)) {
                problem("The proof does not show that the line stands in the ledger", name);
            } else if (!proof.get().checkpoint().signedBy(signer)) {
                problem("The ledger's checkpoint was not signed with the key that signed the bundle", name);
            } else {
                proofs.add(proof.get());
            }
        }
        proofs.stream().findFirst().map(LedgerProof::checkpoint).ifPresent(checkpoint -> {
            lines.add("The " + proofs.size() + " ledger lines stand in the ledger " + checkpoint.origin() + " of "
                    + checkpoint.size() + " events at " + checkpoint.at() + ".");
            checkConsistency(files, checkpoint, signer);
        });
    }

    /** The ledger that has the lines is the one of before the drill, with nothing changed in it. */
    private void checkConsistency(Map<String, byte[]> files, Checkpoint now, PublicKeyText signer) {
        Optional<Consistency> step = Consistency.parse(text(files, Bundle.CONSISTENCY));
        if (step.isEmpty()) {
            problem("There is no proof that the ledger goes on from what it was before", Bundle.CONSISTENCY);
        } else if (!step.get().later().text().equals(now.text())) {
            problem("The proof leads to another checkpoint than that of the lines", Bundle.CONSISTENCY);
        } else if (!step.get().earlier().signedBy(signer)) {
            problem("The ledger's earlier checkpoint was not signed with its key", Bundle.CONSISTENCY);
        } else if (!step.get().holds()) {
            problem("The proof does not show that the ledger goes on from what it was before", Bundle.CONSISTENCY);
        } else {
            Checkpoint earlier = step.get().earlier();
            lines.add("Nothing was changed among the " + earlier.size() + (earlier.size() == 1 ? " event" : " events")
                    + " that were signed at " + earlier.at() + ".");
        }
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private void checkTrust(PublicKeyText signer) {
        if (trusted.stream().noneMatch(key -> key.keyId().equals(signer.keyId()))) {
            problems.add(new Problem(
                    "The bundle is signed, but not with a key that you trust",
                    place(Bundle.KEY),
                    "Ask the issuer, on another way than the bundle came, whether their key is " + signer.keyId()
                            + ". If it is, put that key as a *.pem file into the folder that you name with --trust."));
            return;
        }
        lines.add("You trust that key.");
        if (signer.demonstration()) {
            lines.add("It is a demonstration key: it proves nothing about who made this bundle.");
        }
    }

    private void problem(String what, String file) {
        problems.add(new Problem(what, place(file), CHANGED_AFTERWARDS));
    }

    private String place(String file) {
        return bundle + "!" + file;
    }
}
