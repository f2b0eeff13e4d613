package dev.muster.orchestrator.fault;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Candidate;
import dev.muster.drill.Fault;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Faults of the objects themselves, as the vault would hold them had the backup job stored them so. A digest that was
 * made of the sound bytes would tell of most of them while they are fetched; these are taken to be older than their
 * digest, so that only the restore and the checks can.
 */
final class ObjectFaults {
    private static final int WHOLE = 100;
    private static final byte[] CUSTOM = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final Set<BackupFormat> ONE_OBJECT =
            EnumSet.of(BackupFormat.PG_DUMP, BackupFormat.ODOO_ZIP, BackupFormat.TAR);
    private static final String EMPTY_DUMP = """
            --
            -- PostgreSQL database dump
            --

            SET statement_timeout = 0;
            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;

            --
            -- PostgreSQL database dump complete
            --
            """;

    private ObjectFaults() {}

    /** The faults of one asset's objects. */
    static List<Injection> of(Asset asset) {
        List<Injection> faults = new ArrayList<>();
        faults.add(bytes(asset, "bit-flipped-in-header", "a bit is flipped in the first two bytes", (file, ground) -> {
            return flip(file, ground.lots().nextInt(2), ground);
        }));
        faults.add(bytes(asset, "bit-flipped-in-middle", "a bit is flipped in the middle", (file, ground) -> {
            long size = Files.size(file);
            return flip(file, size / 2 + ground.lots().nextInt((int) Math.min(64, size / 4 + 1)), ground);
        }));
        faults.add(bytes(asset, "bit-flipped-at-end", "a bit is flipped in the last byte", (file, ground) -> {
            return flip(file, Files.size(file) - 1, ground);
        }));
        for (int percent : List.of(10, 50, 90, 99)) {
            faults.add(bytes(
                    asset, "truncated-at-" + percent, "the upload ended at " + percent + " %", (file, ground) -> {
                        long left = Files.size(file) * percent / WHOLE;
                        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                            cut.setLength(left);
                        }
                        return "cut to " + left + " bytes";
                    }));
        }
        if (asset != Asset.CONFIGURATION) {
            // Of a configuration counts what it holds, and not how old it is.
            faults.add(older(asset));
        }
        if (asset == Asset.DATABASE) {
            faults.add(emptyDump());
        }
        return faults;
    }

    private static Injection bytes(Asset asset, String name, String sentence, Damage damage) {
        return new Injection.IntoObjects(
                new Fault(
                        asset.label() + "-" + name,
                        "Of the " + asset.label() + "'s object " + sentence + ".",
                        Fault.Kind.OBJECTS,
                        meant(asset)),
                asset,
                (objects, ground) -> {
                    Path file = objects.own(objects.largest());
                    if (Files.size(file) < 2) {
                        throw new NotApplicable("the object " + objects.name(file) + " has less than two bytes");
                    }
                    return objects.name(file) + ": " + damage.to(file, ground);
                });
    }

    private static Set<String> meant(Asset asset) {
        return switch (asset) {
            case DATABASE ->
                Set.of("restore: database", "recovered-to-target", "heap-and-indexes", "everything-readable");
            case FILESTORE -> Set.of("restore: filestore", "attachments-complete");
            case CONFIGURATION -> Set.of("restore: configuration", "inventory-complete");
        };
    }

    private static String flip(Path file, long at, Ground ground) throws IOException {
        int bit = ground.lots().nextInt(Byte.SIZE);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1 << bit);
        }
        return "bit " + bit + " of byte " + at + " flipped";
    }

    private static Injection older(Asset asset) {
        Set<String> meant = asset == Asset.DATABASE
                ? Set.of("objective: rpo", "as-the-baseline", "as-the-last-drill")
                : Set.of("attachments-complete");
        return new Injection.IntoObjects(
                new Fault(
                        asset.label() + "-of-another-day",
                        "Under the name of the newest " + asset.label() + " lies an older one.",
                        Fault.Kind.OBJECTS,
                        meant),
                asset,
                (objects, ground) -> {
                    Backup backup = objects.backup();
                    if (!ONE_OBJECT.contains(backup.source().format())) {
                        throw new NotApplicable("a backup in the format "
                                + backup.source().format().label() + " is more than one object");
                    }
                    StoredObject chosen = backup.object();
                    StoredObject earlier = ground.point().candidates().stream()
                            .filter(one -> one.asset() == asset && one.complete() && !one.chosen())
                            .filter(one -> when(one).isBefore(when(ground, asset, chosen)))
                            .max(Comparator.comparing(ObjectFaults::when))
                            .map(Candidate::object)
                            .orElseThrow(() -> new NotApplicable("there is no older complete backup of the "
                                    + asset.label() + " beside the chosen one"));
                    Path fetched = objects.folder().resolve("earlier");
                    try {
                        ground.read().accept(ground.vaults().fetch(backup.part(earlier), fetched, Progress.SILENT));
                    } catch (BadBackup unusable) {
                        throw new NotApplicable("the older backup " + earlier.address() + " cannot be read");
                    }
                    objects.replace(objects.main(), fetched);
                    return chosen.name() + " holds " + earlier.address();
                });
    }

    private static Instant when(Ground ground, Asset asset, StoredObject chosen) {
        return ground.point().candidates().stream()
                .filter(one -> one.asset() == asset && one.object().equals(chosen))
                .findFirst()
                .map(ObjectFaults::when)
                .orElse(chosen.lastModified());
    }

    private static Instant when(Candidate one) {
        return one.claimed().at().orElse(one.object().lastModified());
    }

    private static Injection emptyDump() {
        return new Injection.IntoObjects(
                new Fault(
                        "empty-dump",
                        "The dump is whole and holds nothing, as of a database that was made anew.",
                        Fault.Kind.OBJECTS,
                        Set.of("row-counts", "everything-readable", "as-the-baseline", "as-the-last-drill")),
                Asset.DATABASE,
                (objects, ground) -> {
                    if (objects.backup().source().format() != BackupFormat.PG_DUMP) {
                        throw new NotApplicable("the backup is no dump");
                    }
                    Path file = objects.main();
                    if (!startsWith(file, CUSTOM)) {
                        objects.own(file);
                        Files.writeString(file, EMPTY_DUMP);
                        return "plain SQL without a table";
                    }
                    objects.replace(file, archiveOfNothing(objects, ground));
                    return "a custom archive of an empty database";
                });
    }

    private static Path archiveOfNothing(FetchedObjects objects, Ground ground)
            throws NotApplicable, IOException, InterruptedException {
        if (ground.restored().isEmpty()) {
            throw new NotApplicable("there is no server to dump an empty database of");
        }
        Database server = ground.restored().get();
        Optional<Path> program = ground.scratch().client("pg_dump", server.major());
        if (program.isEmpty()) {
            throw new NotApplicable("no pg_dump of at least version " + server.major() + " is installed");
        }
        Path archive = ground.scratch().folder("empty-dump").resolve("archive");
        Map<String, String> environment = server.named("template1").environment();
        Finished finished = ground.scratch()
                .run(new Program(
                        List.of(program.get().toString(), "--format=custom", "--file=" + archive),
                        environment,
                        line -> {}));
        if (!finished.succeeded()) {
            throw new NotApplicable("pg_dump did not dump an empty database: " + finished.lastLines());
        }
        Path own = objects.folder().resolve("empty");
        return Files.copy(archive, own);
    }

    private static boolean startsWith(Path file, byte[] magic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }

    /** Damages one object. */
    private interface Damage {
        String to(Path file, Ground ground) throws IOException;
    }
}
