package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.record.Json;
import dev.muster.ledger.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Drafts of evidence that could not be signed yet, one folder each. */
public final class Unfinished {
    private static final String ABOUT = "about.json";

    private final Path folder;

    /** @param evidence the folder that holds the bundles */
    public Unfinished(Path evidence) {
        this.folder = evidence.resolve("unfinished");
    }

    /** Where the draft of a drill lies. */
    public Path place(String drill) {
        return folder.resolve(drill);
    }

    /** Keeps a draft, on disk when this returns; gives the digest by which it is known again. */
    public String keep(EvidenceDraft draft) {
        Map<String, byte[]> files = new LinkedHashMap<>(draft.files());
        files.put(Bundle.LEDGER, Bundle.ledger(draft.events()));
        files.put(ABOUT, Json.compact(draft.about()));
        byte[] digests = Bundle.digests(files);
        files.put(Bundle.DIGESTS, digests);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempDirectory(folder, ".fresh-");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(fresh.resolve(file.getKey()), file.getValue());
            }
            Files.move(fresh, place(draft.drill()), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
            return Statement.sha256(digests);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The evidence could not even be kept unsigned (" + failed + ")",
                            place(draft.drill()).toString(),
                            "Make the folder writable for the user who runs Muster, with room on its disk. The"
                                    + " verdict stands in the ledger: `muster ledger show --drill " + draft.drill()
                                    + "`. For evidence, drill again."),
                    failed);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Reads a draft again.
     *
     * @param digest what was noted when it was kept
     * @param events the drill's events in the ledger, the draft's own among them
     * @throws CouldNotRun when it is no longer what was kept
     */
    public EvidenceDraft read(String drill, String digest, List<LedgerEvent> events) {
        Path place = place(drill);
        try {
            byte[] digests = Files.readAllBytes(place.resolve(Bundle.DIGESTS));
            if (!Statement.sha256(digests).equals(digest)) {
                throw changed(place.resolve(Bundle.DIGESTS));
            }
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (String line :
                    new String(digests, StandardCharsets.UTF_8).lines().toList()) {
                String[] parts = line.split(" {2}", 2);
                byte[] content = Files.readAllBytes(place.resolve(parts[1]));
                if (!Statement.sha256(content).equals(parts[0])) {
                    throw changed(place.resolve(parts[1]));
                }
                files.put(parts[1], content);
            }
            byte[] kept = files.getOrDefault(Bundle.LEDGER, new byte[0]);
            JsonNode about = Json.read(files.getOrDefault(ABOUT, new byte[0])).orElseThrow();
            List<String> lines =
                    new String(kept, StandardCharsets.UTF_8).lines().toList();
            List<LedgerEvent> own = events.stream()
                    .filter(event -> lines.contains(Ledger.line(event)))
                    .toList();
            if (own.size() != lines.size()) {
                throw changed(place.resolve(Bundle.LEDGER));
            }
            files.remove(Bundle.LEDGER);
            files.remove(ABOUT);
            return new EvidenceDraft(
                    files,
                    own,
                    about.properties().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    entry -> entry.getValue().asString(""),
                                    (first, second) -> first,
                                    LinkedHashMap::new)));
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The unsigned evidence of drill " + drill + " cannot be read (" + failed + ")",
                            place.toString(),
                            "Put the folder back from a copy. Without it the ledger has the verdict and nothing more:"
                                    + " `muster ledger show --drill " + drill + "`."),
                    failed);
        }
    }

    private static CouldNotRun changed(Path file) {
        return new CouldNotRun(new Problem(
                "The unsigned evidence is not what the drill left: the ledger holds another digest",
                file.toString(),
                "It was changed since, so it is not signed. Put the folder back from a copy, or drill again."));
    }

    /** Removes a draft that has become a bundle. */
    public void remove(String drill) {
        try (Stream<Path> files = Files.list(place(drill))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(place(drill));
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The bundle is written, but the draft that it was made of could not be removed (" + failed
                                    + ")",
                            place(drill).toString(),
                            "Remove the folder yourself; it holds nothing that the bundle does not."),
                    failed);
        }
    }

    /** The bundle of this draft when it has been written already, by a try that did not come to its end. */
    public static Optional<Path> written(EvidenceDraft draft, Path folder) {
        Path bundle = Bundle.file(folder, draft.drill());
        return Files.exists(bundle)
                        && Arrays.equals(
                                BundleFile.read(bundle).files().get(Bundle.DOCUMENT),
                                draft.files().get(Bundle.DOCUMENT))
                ? Optional.of(bundle)
                : Optional.empty();
    }
}
