package dev.muster.orchestrator;

import dev.muster.backup.Loose;
import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.Subject;
import dev.muster.check.erasure.ErasedStayErased;
import dev.muster.check.erasure.ErasureList;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the list of who was erased since the backup, and lets it be applied and proven. */
final class ErasureReplay {
    private final Vaults vaults;
    private final Checks checks;
    private final Clock clock;

    ErasureReplay(Vaults vaults, Checks checks, Clock clock) {
        this.vaults = vaults;
        this.checks = checks;
        this.clock = clock;
    }

    CheckResult run(Step.Erase step, String label, Subject subject, Progress progress) throws InterruptedException {
        Instant started = clock.instant();
        Map<String, String> seen = new LinkedHashMap<>();
        try {
            Erasure.Listing listing = step.erasure().list();
            ErasureList list = listing.vault().isPresent()
                    ? fromVault(listing.vault().get(), listing.name(), seen)
                    : fromFile(Path.of(subject.runbook().file()).resolveSibling(listing.name()), seen);
            CheckResult result = checks.erase(step.erasure(), list, label, subject, progress);
            seen.putAll(result.observations());
            return new CheckResult(
                    result.name(),
                    label,
                    result.verdict(),
                    started,
                    result.finished(),
                    seen,
                    result.problem(),
                    result.findings());
        } catch (CouldNotRun unable) {
            return new CheckResult(
                    ErasedStayErased.NAME,
                    label,
                    Verdict.COULD_NOT_RUN,
                    started,
                    clock.instant(),
                    seen,
                    Optional.of(unable.problem()),
                    List.of());
        }
    }

    private ErasureList fromVault(String vault, String key, Map<String, String> seen) throws InterruptedException {
        Loose read = vaults.read(vault, key, ErasureList.MOST_BYTES);
        StoredObject object = read.object();
        seen.put("list", object.address());
        seen.put("list's ETag", object.etag());
        object.version().ifPresent(version -> seen.put("list's version", version));
        ErasureList list = ErasureList.read(read.bytes(), object.address());
        seen.put(
                "list after it was read",
                vaults.lookAgain(object).filter(object::equals).isPresent() ? "unchanged" : "changed");
        return list;
    }

    private static ErasureList fromFile(Path file, Map<String, String> seen) {
        seen.put("list", file.toString());
        try (InputStream content = Files.newInputStream(file)) {
            return ErasureList.read(content.readNBytes(ErasureList.MOST_BYTES + 1), file.toString());
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
