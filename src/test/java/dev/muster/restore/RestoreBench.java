package dev.muster.restore;

import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A scratch to restore into, thrown away afterwards. */
final class RestoreBench implements AutoCloseable {
    static final int MAJOR = 15;

    private final LocalSite site;
    private final Scratch scratch;
    private final int major;
    private final ZoneId zone;

    private RestoreBench(LocalSite site, int major, ZoneId zone) {
        this.site = site;
        this.scratch = site.scratch();
        this.major = major;
        this.zone = zone;
    }

    static RestoreBench open(Path home) {
        return open(home, MAJOR, OptionalLong.empty());
    }

    static RestoreBench open(Path home, int major, OptionalLong disk) {
        ScratchPlan plan = new ScratchPlan(ScratchPlan.Placement.LOCAL, major, Duration.ofHours(1), disk);
        Scratches scratches = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC());
        return new RestoreBench(scratches.openHere("a-drill", plan), major, ZoneOffset.UTC);
    }

    RestoreBench withClockOf(ZoneId other) {
        return new RestoreBench(site, major, other);
    }

    Scratch scratch() {
        return scratch;
    }

    RestoreOutcome database(BackupFormat format, Path file) throws InterruptedException {
        return restore(Asset.DATABASE, format, file);
    }

    RestoreOutcome restore(Asset asset, BackupFormat format, Path file) throws InterruptedException {
        return restore(asset, format, file, Progress.SILENT);
    }

    RestoreOutcome restore(Asset asset, BackupFormat format, Path file, Progress progress) throws InterruptedException {
        Path fetched = scratch.folder("fetched").resolve(String.valueOf(file.getFileName()));
        long size;
        try {
            Files.copy(file, fetched, StandardCopyOption.REPLACE_EXISTING);
            size = Files.size(fetched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BackupSource source = new BackupSource(
                asset, "primary", format, "erp/", Optional.empty(), Selection.NEWEST, zone, Optional.empty());
        StoredObject object = new StoredObject(
                "primary", "backups", "erp/" + file.getFileName(), size, "etag", Optional.empty(), Instant.now());
        return new Restorer(Clock.systemUTC(), new Vaults(List.of(), Secret::new, Clock.systemUTC()))
                .restore(
                        "restore: " + asset.label(),
                        new Backup(asset, source, object, Reading.none("not asked")),
                        scratch.folder("fetched"),
                        scratch,
                        major,
                        Instant.now(),
                        progress);
    }

    static CheckResult check(RestoreOutcome outcome) {
        return outcome.checks().get(0);
    }

    static Verdict verdict(RestoreOutcome outcome) {
        return check(outcome).verdict();
    }

    static Problem problem(RestoreOutcome outcome) {
        return check(outcome).problem().orElseThrow(() -> new AssertionError("passed: " + check(outcome)));
    }

    @Override
    public void close() {
        site.remove();
    }
}
