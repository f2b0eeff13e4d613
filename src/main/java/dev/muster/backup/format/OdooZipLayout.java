package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ZIP that Odoo's database manager writes: {@code dump.sql}, {@code manifest.json}, {@code filestore/}. */
final class OdooZipLayout implements Layout {
    private static final int HEAD = 1024;
    private static final String DUMP = "dump.sql";
    private static final String MANIFEST = "manifest.json";

    private final BackupSource source;
    private final List<StoredObject> listed;

    OdooZipLayout(BackupSource source, List<StoredObject> listed) {
        this.source = source;
        this.listed = listed;
    }

    @Override
    public List<StoredObject> heads() {
        return listed;
    }

    @Override
    public Judgement judge(StoredObject object, Probe probe) throws Unreadable, InterruptedException {
        byte[] head = probe.read(0, HEAD);
        if (!Looks.startsZip(head)) {
            Compression compression = Compression.of(head);
            return Judgement.faulty(Looks.notWhatWasDeclared(compression.beginning(head), source.format()));
        }
        Optional<Map<String, LocalDateTime>> times = ZipDirectory.times(probe, DUMP, MANIFEST);
        if (times.isEmpty()) {
            return Judgement.faulty("It is cut off: the central directory that ends a ZIP is missing");
        }
        LocalDateTime dump = times.get().get(DUMP);
        LocalDateTime manifest = times.get().get(MANIFEST);
        if (dump == null || manifest == null) {
            return Judgement.faulty("It is a ZIP without " + (dump == null ? DUMP : MANIFEST));
        }
        return Judgement.complete(claimed(dump, manifest));
    }

    /** Odoo copies the filestore, writes the manifest, then dumps: the manifest is the last thing known to be earlier. */
    private Reading claimed(LocalDateTime dump, LocalDateTime manifest) {
        if (manifest.equals(ZipDirectory.NO_TIME) || dump.equals(ZipDirectory.NO_TIME)) {
            return Reading.none("the entries of the ZIP have no time");
        }
        return manifest.isAfter(dump)
                ? WallClock.of("time of " + DUMP + " in the ZIP, ", dump, source.zone())
                : WallClock.of(
                        "time of " + MANIFEST + " in the ZIP, which Odoo writes just before it dumps, ",
                        manifest,
                        source.zone());
    }
}
