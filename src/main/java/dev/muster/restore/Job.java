package dev.muster.restore;

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
 * @param file the fetched backup, in the scratch
 * @param postgres the major version of the server to restore into
 */
record Job(Backup backup, Path file, Scratch scratch, int postgres, Progress progress) {

    /** The same job for one object of the backup. */
    Job of(StoredObject part, Path fetched) {
        return new Job(backup.part(part), fetched, scratch, postgres, progress);
    }

    /** What is shown as being worked on. */
    String work() {
        return "restore " + backup.asset().label();
    }

    String address() {
        return backup.object().address();
    }

    /** The backup is at fault: this is what a person does about it. */
    BadBackup bad(String what) {
        return bad(what, address());
    }

    BadBackup bad(String what, String where) {
        return new BadBackup(new Problem(
                what,
                where,
                "Do not rely on this backup: find out from the job that made it what went wrong, let it make a new one,"
                        + " and drill an older one meanwhile with --backup " + option()
                        + "=KEY (muster backups lists the"
                        + " keys)."));
    }

    CouldNotRun cannot(String what, String remedy) {
        return new CouldNotRun(new Problem(what, address(), remedy));
    }

    private String option() {
        return backup.source().within().orElse(backup.asset()).label();
    }
}
