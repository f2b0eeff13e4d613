package dev.muster.evidence.pack;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.Measured;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Consistency;
import dev.muster.signing.Signer;
import dev.muster.signing.SshSignature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes the auditor's pack: all evidence of a period in one signed archive. No bundle is ever in memory as a whole. */
public final class Pack {
    static final String INDEX = "index.json";
    static final String PAGE = "index.html";

    private static final String INSTRUCTIONS = "README-PACK.txt";

    private final PackContents contents;
    private final Signer signer;
    private final Signer ledgerSigner;
    private final Map<String, byte[]> before = new LinkedHashMap<>();
    private final Map<String, Path> evidence = new LinkedHashMap<>();
    private final Map<String, byte[]> after = new LinkedHashMap<>();
    private final Map<String, Measured> measured = new LinkedHashMap<>();

    public Pack(PackContents contents, Signer signer, Signer ledgerSigner) {
        this.contents = contents;
        this.signer = signer;
        this.ledgerSigner = ledgerSigner;
    }

    /** Whether a file is a pack rather than a bundle. */
    public static boolean is(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(INDEX) != null && zip.getEntry(Bundle.DOCUMENT) == null;
        } catch (IOException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** The file that shows how the ledger goes on from one checkpoint to the next. */
    static String step(int number) {
        return "ledger-" + number + ".consistency";
    }

    /** Writes the pack whole or not at all; the problems are evidence that should be in it and is not. */
    public List<Problem> write(Report report, Section tool, Path output) throws InterruptedException {
        try {
            List<Problem> missing = gather();
            describe(report, tool);
            sign();
            Path folder =
                    Optional.ofNullable(output.toAbsolutePath().getParent()).orElseThrow();
            Path unfinished = Files.createTempFile(folder, ".pack-", ".unfinished");
            try {
                try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                    archive(new StoredZip(file));
                }
                Files.move(unfinished, output, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return missing;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The pack could not be written (" + failed + ")",
                            output.toString(),
                            "Name a file in a folder that is there, that you may write to and that has room; a period"
                                    + " with more than 4 GiB of evidence takes several packs."),
                    failed);
        }
    }

    private List<Problem> gather() throws IOException {
        List<Problem> missing = new ArrayList<>();
        for (PackedDrills.Drill drill : PackedDrills.of(
                        contents.period(), contents.part().excerpt().events())
                .all()) {
            Optional<Path> file = Optional.ofNullable(contents.bundles().get(drill.name()));
            if (drill.digest().isEmpty()) {
                continue;
            }
            if (file.isEmpty() || !Files.isRegularFile(file.get())) {
                missing.add(missing(drill, "was not found", file));
                continue;
            }
            Measured found = Measured.of(file.get());
            if (!drill.digest().get().equals(found.sha256())) {
                missing.add(missing(drill, "is not the one whose SHA-256 the ledger names", file));
                continue;
            }
            add(drill.file(), file.get(), found);
            addFollowUps(drill, file.get());
        }
        return missing;
    }

    private void addFollowUps(PackedDrills.Drill drill, Path bundle) throws IOException {
        Path folder = Optional.ofNullable(bundle.toAbsolutePath().getParent()).orElseThrow();
        String start = "drill-" + drill.name() + ".followup-";
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                folder, file -> String.valueOf(file.getFileName()).startsWith(start))) {
            stream.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            add("bundles/" + file.getFileName(), file, Measured.of(file));
        }
    }

    private void add(String name, Path file, Measured found) {
        evidence.put(name, file);
        measured.put(name, found);
    }

    private static Problem missing(PackedDrills.Drill drill, String how, Optional<Path> file) {
        return new Problem(
                "The bundle of drill " + drill.name() + " " + how,
                file.map(Path::toString).orElse(drill.name()),
                "Put the bundle back from a copy and export again; without it the pack verifies as incomplete.");
    }

    private void describe(Report report, Section tool) throws InterruptedException {
        Map<String, @Nullable Object> index = PackIndex.of(contents, evidence.keySet(), tool);
        JsonNode read = Json.read(Json.compact(index)).orElseThrow();
        String page = report.pack(read).text();
        before.put(
                Bundle.INSTRUCTIONS,
                Bundle.instructions(INSTRUCTIONS, signer, contents.part().now().at()));
        before.put(INDEX, Bundle.utf8(Json.pretty(index)));
        before.put(PAGE, Bundle.utf8(page));
        before.put(
                Bundle.LEDGER,
                Bundle.utf8(contents.part().excerpt().lines().stream()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())));
        int number = 0;
        for (Consistency step : contents.part().steps()) {
            number++;
            before.put(step(number), Bundle.utf8(step.text()));
        }
        ManagementPaper paper = new ManagementPaper(contents, signer.demonstration());
        String data = paper.document();
        before.put(ManagementPaper.DATA, Bundle.utf8(data));
        before.put(ManagementPaper.PAGE, paper.set(report, data));
    }

    private void sign() {
        after.put(Bundle.KEY, Bundle.utf8(signer.publicKeyPem()));
        after.put(Bundle.SSH_KEY, Bundle.utf8(signer.publicKey().sshKey() + "\n"));
        if (!ledgerSigner.keyId().equals(signer.keyId())) {
            after.put(Bundle.LEDGER_KEY, Bundle.utf8(ledgerSigner.publicKeyPem()));
        }
        Map<String, String> digests = new LinkedHashMap<>();
        before.forEach((name, content) -> digests.put(name, Statement.sha256(content)));
        measured.forEach((name, found) -> digests.put(name, found.sha256()));
        after.forEach((name, content) -> digests.put(name, Statement.sha256(content)));
        byte[] sums = sums(digests);
        byte[] statement = Statement.ofPack(
                Map.of(Bundle.DIGESTS, sums),
                new Section()
                        .with("first", contents.period().first().toString())
                        .with("last", contents.period().last().toString())
                        .with("keyId", signer.keyId()));
        byte[] signature = signer.sign(Statement.preAuthenticationEncoding(statement));
        after.put(Bundle.DIGESTS, sums);
        after.put(Bundle.SSH_SIGNATURE, Bundle.utf8(SshSignature.sign(sums, Bundle.PURPOSE, signer)));
        after.put(Bundle.STATEMENT, statement);
        after.put(Bundle.SIGNATURE, signature);
        after.put(Bundle.SIGSTORE, Statement.sigstore(statement, signature, signer.keyId()));
    }

    static byte[] sums(Map<String, String> digests) {
        return digests.entrySet().stream()
                .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private void archive(StoredZip zip) throws IOException {
        for (Map.Entry<String, byte[]> file : before.entrySet()) {
            zip.add(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, Path> file : evidence.entrySet()) {
            try (InputStream content = Files.newInputStream(file.getValue())) {
                zip.add(
                        file.getKey(),
                        Optional.ofNullable(measured.get(file.getKey())).orElseThrow(),
                        content);
            }
        }
        for (Map.Entry<String, byte[]> file : after.entrySet()) {
            zip.add(file.getKey(), file.getValue());
        }
        zip.finish();
    }
}
