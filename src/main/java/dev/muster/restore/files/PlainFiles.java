package dev.muster.restore.files;

import dev.muster.drill.Asset;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/** Files that were objects of their own: they lie where they belong once they are fetched, and are counted. */
public final class PlainFiles {
    private PlainFiles() {}

    public static void restore(Job job, Notes notes) throws IOException, BadBackup, InterruptedException {
        for (StoredObject one : job.backup().objects()) {
            Path file = job.folder().resolve(job.backup().place(one));
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != one.size()) {
                throw job.cannot(
                        "The file of " + one.address() + " is no longer as it was fetched",
                        "Find out what else writes into the scratch, then run the drill again.");
            }
            Files.setLastModifiedTime(file, FileTime.from(one.lastModified()));
        }
        notes.observe("files", job.backup().objects().size());
        notes.restoredInto(
                job.backup().asset() == Asset.FILESTORE ? Filestore.within(job.folder(), job) : job.folder());
        Reading newest = job.backup().objects().stream()
                .map(StoredObject::lastModified)
                .max(Comparator.naturalOrder())
                .map(time -> Reading.of(
                        time,
                        "newest time of upload among the objects: a lower bound, since files may have been unchanged for"
                                + " long"))
                .orElseThrow();
        notes.proves(newest);
        notes.sees(newest);
    }
}
