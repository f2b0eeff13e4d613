package dev.muster.restore.files;

import dev.muster.drill.Asset;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Reading;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files in an archive, put into a folder of the scratch that is named for the asset. */
public final class UnpackedFiles {
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private UnpackedFiles() {}

    public static void restore(Job job, Notes notes) throws IOException, BadBackup, InterruptedException {
        Path folder = job.scratch().folder(job.backup().asset().label());
        if (isZip(job.file())) {
            try (ZipFolder zip = ZipFolder.open(job)) {
                settle(job, notes, zip.unpack("", folder));
            }
        } else {
            settle(job, notes, TarFile.unpack(job, folder));
        }
    }

    /** Notes what was unpacked, hands it over, and says where it lies. */
    static void settle(Job job, Notes notes, Landing landing) throws IOException, BadBackup {
        notes.observe("files", landing.files());
        notes.observe("bytes unpacked", landing.bytes());
        if (landing.files() == 0) {
            throw job.bad("The archive holds no file");
        }
        Path folder = job.backup().asset() == Asset.FILESTORE ? Filestore.within(landing.root(), job) : landing.root();
        job.scratch().handOver(landing.root());
        notes.restoredInto(folder);
        Reading newest = landing.newest()
                .map(time -> Reading.of(
                        time,
                        "newest time of the archive's " + landing.files()
                                + " files: a lower bound, since files may have been unchanged for long when they were"
                                + " copied"))
                .orElseGet(() -> Reading.none("the archive's entries bear no times"));
        notes.proves(newest);
        notes.sees(newest);
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }
}
