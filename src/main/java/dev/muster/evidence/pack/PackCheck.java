package dev.muster.evidence.pack;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.Measured;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.KeyCheck;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Trust;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpCheck;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Excerpt;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SshSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks a pack: its signature, every file, every bundle, and that no drill of its period was left out. */
public final class PackCheck {
    private static final String CHANGED_AFTERWARDS =
            "It was changed after it was signed. Ask whoever gave you the pack for the original.";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  (\\S+)");
    private static final List<String> LAST =
            List.of(Bundle.DIGESTS, Bundle.SSH_SIGNATURE, Bundle.STATEMENT, Bundle.SIGNATURE, Bundle.SIGSTORE);

    private final Path pack;
    private final Trust trust;
    private final Optional<Checkpoint> since;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> distrust = new ArrayList<>();

    /** @param since a checkpoint of the reader's own that the pack's ledger must go on from */
    public PackCheck(Path pack, Trust trust, Optional<Checkpoint> since) {
        this.pack = pack;
        this.trust = trust;
        this.since = since;
    }

    public Verification verify() {
        try (PackFile file = PackFile.open(pack)) {
            problems.addAll(file.problems());
            Optional<PublicKeyText> signer = signer(file);
            if (signer.isPresent() && problems.isEmpty()) {
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
        List<PublicKeyText> keys = new ArrayList<>(trust.keys());
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

    private void checkTrust(PublicKeyText signer, PublicKeyText ledgerKey, Optional<Instant> made) {
        KeyCheck keys = new KeyCheck(pack, trust.keys());
        keys.check("The pack", signer, Bundle.KEY, made);
        if (!ledgerKey.keyId().equals(signer.keyId())) {
            keys.check("Its ledger", ledgerKey, Bundle.LEDGER_KEY, made);
        }
        lines.addAll(keys.lines());
        distrust.addAll(keys.problems());
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
                PublicKeyText.parse(text(file, Bundle.LEDGER_KEY)).orElse(signer);
        PackedLedger ledger = new PackedLedger(file, period.get(), excerpt.get(), ledgerKey, since);
        problems.addAll(ledger.problems());
        checkTrust(signer, ledgerKey, ledger.made());
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
        checkFollowUps(file, excerpt.get().events(), new HashSet<>(sums.values()));
    }

    /** What the ledger says was signed later about a drill is there, and is what was signed. */
    private void checkFollowUps(PackFile file, List<LedgerEvent> events, Set<String> digests) {
        for (LedgerEvent event : events) {
            String digest = event.details().get(FollowUp.DIGEST);
            if (digest != null && !digests.contains(digest)) {
                String number = event.details().getOrDefault(FollowUp.NUMBER, "N");
                problems.add(new Problem(
                        "What was signed later about drill " + event.drill() + ", " + event.kind() + " of " + event.at()
                                + ", is not in the pack",
                        file.place("bundles/drill-" + event.drill() + ".followup-" + number + ".json"),
                        "The ledger names it. Ask for the file with the SHA-256 " + digest + "."));
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
            Path folder = Files.createTempDirectory("muster-");
            try {
                Path copy = folder.resolve("drill.zip");
                file.copy(name, copy);
                followUps(file, name, sums.keySet(), folder);
                Verification one = FollowUpCheck.verify(copy, trust);
                List<Problem> here = one.problems().stream()
                        .map(problem -> new Problem(
                                problem.what(),
                                problem.where()
                                        .replace(copy.toString(), file.place(name))
                                        .replace(folder.resolve("drill").toString(), stem(file.place(name))),
                                problem.remedy()))
                        .toList();
                (one.outcome() == Outcome.NOT_TRUSTED ? distrust : problems).addAll(here);
                valid += one.outcome() == Outcome.VALID ? 1 : 0;
            } finally {
                remove(folder);
            }
        }
        lines.add(valid + (valid == 1 ? " bundle in it is valid." : " bundles in it are valid, each for itself."));
    }

    /** What was signed later about a bundle, beside its copy, where it is looked for. */
    private static void followUps(PackFile file, String bundle, Set<String> names, Path folder) throws IOException {
        Pattern followUp = Pattern.compile(Pattern.quote(stem(bundle)) + "(\\.followup-[0-9]{1,6}\\.json)");
        for (String name : names) {
            Matcher found = followUp.matcher(name);
            if (found.matches() && file.names().contains(name)) {
                file.copy(name, folder.resolve("drill" + found.group(1)));
            }
        }
    }

    private static String stem(String bundle) {
        return bundle.substring(0, bundle.length() - ".zip".length());
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String text(PackFile file, String name) throws IOException {
        return new String(file.small(name), StandardCharsets.UTF_8);
    }

    private void problem(String what, String where) {
        problems.add(new Problem(what, where, CHANGED_AFTERWARDS));
    }

    /** For a reader who wants a bundle measured against a checkpoint: only a pack holds enough lines for that. */
    public static CouldNotRun onlyPacks(Path bundle) {
        return new CouldNotRun(new Problem(
                "Only a pack can be compared with a checkpoint",
                bundle.toString(),
                "Leave out --since, or verify a pack that `muster export` wrote."));
    }
}
