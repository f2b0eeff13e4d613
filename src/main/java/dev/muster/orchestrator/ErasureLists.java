package dev.muster.orchestrator;

import dev.muster.backup.Loose;
import dev.muster.backup.Vaults;
import dev.muster.check.erasure.ErasureList;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the lists of who was erased since a backup, from a vault or from beside the runbook. */
final class ErasureLists {
    private final Vaults vaults;

    ErasureLists(Vaults vaults) {
        this.vaults = vaults;
    }

    /** @param runbook the runbook's file */
    Outside.Erased read(Erasure.Listing listing, String runbook) throws InterruptedException {
        return listing.vault().isPresent()
                ? fromVault(listing.vault().get(), listing.name())
                : fromFile(Path.of(runbook).resolveSibling(listing.name()));
    }

    private Outside.Erased fromVault(String vault, String key) throws InterruptedException {
        Map<String, String> seen = new LinkedHashMap<>();
        Loose read = vaults.read(vault, key, ErasureList.MOST_BYTES);
        StoredObject object = read.object();
        seen.put("list", object.address());
        seen.put("list's ETag", object.etag());
        object.version().ifPresent(version -> seen.put("list's version", version));
        ErasureList list = ErasureList.read(read.bytes(), object.address());
        seen.put(
                "list after it was read",
                vaults.lookAgain(object).filter(object::equals).isPresent() ? "unchanged" : "changed");
        return new Outside.Erased(list, seen);
    }

    private static Outside.Erased fromFile(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return new Outside.Erased(
                    ErasureList.read(content.readNBytes(ErasureList.MOST_BYTES + 1), file.toString()),
                    Map.of("list", file.toString()));
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The list of erasures cannot be read: "
                                    + unreadable.getClass().getSimpleName(),
                            file.toString(),
                            "Correct \"list: { file: ... }\", which counts from the runbook's folder, or the file's rights."),
                    unreadable);
        }
    }
}
