package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.Verification.Outcome;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Excerpt;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SshSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks a pack: its signature, every file, every bundle, and that no drill of its period was left out. */
final class PackCheck {
    private static final String CHANGED_AFTERWARDS =
            "It was changed after it was signed. Ask whoever gave you the pack for the original.";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  (\\S+)");
    private static final List<String> LAST =
            List.of(Bundle.DIGESTS, Bundle.SSH_SIGNATURE, Bundle.STATEMENT, Bundle.SIGNATURE, Bundle.SIGSTORE);

    private final Path pack;
    private final List<PublicKeyText> trusted;
    private final Optional<Checkpoint> since;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> distrust = new ArrayList<>();

    /** @param since a checkpoint of the reader's own that the pack's ledger must go on from */
    PackCheck(Path pack, List<PublicKeyText> trusted, Optional<Checkpoint> since) {
        this.pack = pack;
        this.trusted = trusted;
        this.since = since;
    }

    Verification verify() {
        try (PackFile file = PackFile.open(pack)) {
            problems.addAll(file.problems());
            Optional<PublicKeyText> signer = signer(file);
            if (signer.isPresent() && problems.isEmpty()) {
                checkTrust(signer.get());
                Map<String, String> sums = sums(file);
                checkFiles(file, sums);
                checkLedger(file, sums, signer.get());
                checkBundles(file, sums);
            }
        } catch (IOException damaged) {
            problem("The pack cannot be read to its end (" + damaged.getMessage() + ")", pack.toString());
        }
        if (!problems.isEmpty()) {
            return new Verification(Outcome.INVALID, lines, problems);
        }
        return new Verification(distrust.isEmpty() ? Outcome.VALID : Outcome.NOT_TRUSTED, lines, distrust);
    }

    /** Whose signature it is that stands under the list of digests, and through it under everything. */
    private Optional<PublicKeyText> signer(PackFile file) throws IOException {
        byte[] statement = file.small(Bundle.STATEMENT);
        byte[] signature = file.small(Bundle.SIGNATURE);
        byte[] sums = file.small(Bundle.DIGESTS);
        List<PublicKeyText> keys = new ArrayList<>(trusted);
        PublicKeyText.parse(text(file, Bundle.KEY)).ifPresent(keys::add);
        byte[] message = Statement.preAuthenticationEncoding(statement);
        Optional<PublicKeyText> signer =
                keys.stream().filter(key -> key.verifies(message, signature)).findFirst();
        if (signer.isEmpty()) {
            problem("The signature does not belong to the statement", file.place(Bundle.STATEMENT));
            return signer;
        }
        lines.add("The signature over " + Bundle.STATEMENT + " was made with key "
                + signer.get().keyId() + ".");
        Optional<String> digest = Statement.packDigests(statement).map(digests -> digests.get(Bundle.DIGESTS));
        if (!digest.equals(Optional.of(Statement.sha256(sums)))) {
            problem("The list of digests is not the one that was signed", file.place(Bundle.DIGESTS));
        }
        if (!SshSignature.verifies(sums, Bundle.PURPOSE, signer.get(), text(file, Bundle.SSH_SIGNATURE))) {
            problem(
                    "The signature over the list of digests was not made with that key",
                    file.place(Bundle.SSH_SIGNATURE));
        }
        if (!Arrays.equals(
                Statement.sigstore(statement, signature, signer.get().keyId()), file.small(Bundle.SIGSTORE))) {
            problem("The file does not hold the statement and signature of this pack", file.place(Bundle.SIGSTORE));
        }
        return signer;
    }

    private void checkTrust(PublicKeyText signer) {
        if (trusted.stream().noneMatch(key -> key.keyId().equals(signer.keyId()))) {
            distrust.add(new Problem(
                    "The pack is signed, but not with a key that you trust",
                    pack + "!" + Bundle.KEY,
                    "Ask the issuer, on another way than the pack came, whether their key is " + signer.keyId()
                            + ". If it is, put that key as a *.pem file into the folder that you name with --trust."));
            return;
        }
        lines.add("You trust that key.");
        if (signer.demonstration()) {
            lines.add("It is a demonstration key: it proves nothing about who made this pack.");
        }
    }

    private Map<String, String> sums(PackFile file) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        text(file, Bundle.DIGESTS)
                .lines()
                .map(SUM::matcher)
                .filter(Matcher::matches)
                .forEach(sum -> sums.putIfAbsent(sum.group(2), sum.group(1)));
        return sums;
    }

    private void checkFiles(PackFile file, Map<String, String> sums) throws IOException {
        Map<String, Measured> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            String name = sum.getKey();
            if (!file.names().contains(name)) {
                problem("The file is missing", file.place(name));
                continue;
            }
            Measured measured = file.measure(name);
            found.put(name, measured);
            if (!measured.sha256().equals(sum.getValue())) {
                problem("The file is not the one that was signed: its SHA-256 differs", file.place(name));
            }
        }
        for (String name : file.names()) {
            if (!sums.containsKey(name) && !LAST.contains(name)) {
                problem("The file was added", file.place(name));
            }
        }
        if (!problems.isEmpty()) {
            return;
        }
        lines.add("All " + sums.size() + " files have the digests that were signed.");
        for (String name : LAST) {
            found.put(name, file.measure(name));
        }
        if (file.isExactly(found)) {
            lines.add("The archive holds these files and nothing else.");
        } else {
            problems.add(new Problem(
                    "The archive around the files is not as Muster wrote it",
                    pack.toString(),
                    "Its files are intact, but it was packed again or changed between them. Ask for the original."));
        }
    }

    private void checkLedger(PackFile file, Map<String, String> sums, PublicKeyText signer) throws IOException {
        Optional<JsonNode> index = Json.read(file.small(Pack.INDEX))
                .filter(node -> node.path("schema").asString("").equals(PackIndex.SCHEMA));
        if (index.isEmpty()) {
            problems.add(new Problem(
                    "The index is not laid out as this Muster knows it",
                    file.place(Pack.INDEX),
                    "A newer Muster may have written it. Verify it with that version."));
            return;
        }
        Optional<Period> period = PackIndex.period(index.get());
        Optional<Excerpt> excerpt =
                PackIndex.excerpt(index.get(), text(file, Bundle.LEDGER).lines().toList());
        if (period.isEmpty() || excerpt.isEmpty()) {
            problem("The index does not fit the lines of the ledger", file.place(Pack.INDEX));
            return;
        }
        PublicKeyText ledgerKey =
                PublicKeyText.parse(text(file, Pack.LEDGER_KEY)).orElse(signer);
        PackedLedger ledger = new PackedLedger(file, period.get(), excerpt.get(), ledgerKey, since);
        problems.addAll(ledger.problems());
        lines.addAll(ledger.lines());
        JsonNode drills = tree(PackIndex.drills(period.get(), excerpt.get(), sums.keySet()));
        JsonNode systems = tree(PackIndex.systems(period.get(), excerpt.get(), PackIndex.declared(index.get())));
        if (drills.equals(index.get().path("drills"))
                && systems.equals(index.get().path("systems"))) {
            lines.add("The index has an entry for each of the " + drills.size() + " drills of which the ledger tells.");
        } else {
            problem("The index does not list the drills of which the ledger tells", file.place(Pack.INDEX));
        }
        for (PackedDrills.Drill drill :
                PackedDrills.of(period.get(), excerpt.get().events()).all()) {
            Optional<String> packed = Optional.ofNullable(sums.get(drill.file()));
            if (drill.digest().isPresent() && packed.isEmpty()) {
                problems.add(new Problem(
                        "The bundle of drill " + drill.name() + ", which ended as " + drill.outcome()
                                + ", is not in the pack",
                        file.place(drill.file()),
                        "The ledger names it. Ask for the bundle with the SHA-256 "
                                + drill.digest().get() + "."));
            } else if (!drill.digest().equals(packed)) {
                problem("The bundle is not the one that the ledger names", file.place(drill.file()));
            }
        }
    }

    private static JsonNode tree(List<Section> sections) {
        return Json.read(Json.compact(sections.stream().map(Section::values).toList()))
                .orElseThrow();
    }

    private void checkBundles(PackFile file, Map<String, String> sums) throws IOException {
        int valid = 0;
        for (String name : sums.keySet()) {
            if (!name.startsWith("bundles/")
                    || !name.endsWith(".zip")
                    || !file.names().contains(name)) {
                continue;
            }
            Path copy = Files.createTempFile("muster-", ".zip");
            try {
                file.copy(name, copy);
                Verification one = new BundleCheck(copy, trusted).verify();
                List<Problem> here = one.problems().stream()
                        .map(problem -> new Problem(
                                problem.what(),
                                problem.where().replace(copy.toString(), file.place(name)),
                                problem.remedy()))
                        .toList();
                (one.outcome() == Outcome.NOT_TRUSTED ? distrust : problems).addAll(here);
                valid += one.outcome() == Outcome.VALID ? 1 : 0;
            } finally {
                Files.deleteIfExists(copy);
            }
        }
        lines.add(valid + (valid == 1 ? " bundle in it is valid." : " bundles in it are valid, each for itself."));
    }

    private static String text(PackFile file, String name) throws IOException {
        return new String(file.small(name), StandardCharsets.UTF_8);
    }

    private void problem(String what, String where) {
        problems.add(new Problem(what, where, CHANGED_AFTERWARDS));
    }

    /** For a reader who wants a bundle measured against a checkpoint: only a pack holds enough lines for that. */
    static CouldNotRun onlyPacks(Path bundle) {
        return new CouldNotRun(new Problem(
                "Only a pack can be compared with a checkpoint",
                bundle.toString(),
                "Leave out --since, or verify a pack that `muster export` wrote."));
    }
}
