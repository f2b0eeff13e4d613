package dev.muster.restore.work;

import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import dev.muster.scratch.Scratch;
import java.nio.file.Path;

/**
 * One restore to be done.
 *
 * @param folder where the backup's objects were fetched into, in the scratch
 * @param file the object that it is known by, or the one of its objects that this is about
 * @param postgres the major version of the server to restore into
 */
public record Job(Backup backup, Path folder, Path file, Scratch scratch, int postgres, Progress progress) {

    public Job(Backup backup, Path folder, Scratch scratch, int postgres, Progress progress) {
        this(backup, folder, folder.resolve(backup.place(backup.object())), scratch, postgres, progress);
    }

    /** The same job for one object of the backup. */
    public Job of(StoredObject part) {
        return of(part, folder.resolve(backup.place(part)));
    }

    /** The same job for an object that was fetched to another place. */
    public Job of(StoredObject part, Path fetched) {
        return new Job(backup.part(part), folder, fetched, scratch, postgres, progress);
    }

    /** What is shown as being worked on. */
    public String work() {
        return "restore " + backup.asset().label();
    }

    public String address() {
        return backup.object().address();
    }

    /** The backup is at fault: this is what a person does about it. */
    public BadBackup bad(String what) {
        return bad(what, address());
    }

    public BadBackup bad(String what, String where) {
        return new BadBackup(new Problem(
                what,
                where,
                "Do not rely on this backup: find out from the job that made it what went wrong, let it make a new one,"
                        + " and drill an older one meanwhile with --backup " + option()
                        + "=KEY (muster backups lists the"
                        + " keys)."));
    }

    public CouldNotRun cannot(String what, String remedy) {
        return new CouldNotRun(new Problem(what, address(), remedy));
    }

    private String option() {
        return backup.source().within().orElse(backup.asset()).label();
    }
}
