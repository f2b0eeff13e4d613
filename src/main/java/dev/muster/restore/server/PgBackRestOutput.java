package dev.muster.restore.server;

import dev.muster.drill.Progress;
import dev.muster.restore.work.Job;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what pgBackRest writes while it restores. */
final class PgBackRestOutput implements Consumer<String> {
    private static final Pattern ERROR = Pattern.compile(".*ERROR: \\[(\\d+)]: (.*)");
    private static final Pattern RAISED = Pattern.compile("raised from [^:]*: ");
    private static final Pattern TOTAL = Pattern.compile(".*INFO: restore size = (\\S+), file total = (\\d+)");
    /** Wrong checksum, data that cannot be decoded, a file that is missing, a backup that is none. */
    private static final Set<Integer> OF_THE_BACKUP = Set.of(26, 29, 55, 75);

    private final Job job;
    private final int files;
    private int restored;
    private Optional<String> error = Optional.empty();
    private Optional<String> total = Optional.empty();
    private boolean backupAtFault;

    PgBackRestOutput(Job job, int files) {
        this.job = job;
        this.files = files;
    }

    @Override
    public synchronized void accept(String line) {
        Matcher failed = ERROR.matcher(line);
        Matcher whole = TOTAL.matcher(line);
        if (failed.matches() && error.isEmpty()) {
            error = Optional.of(RAISED.matcher(failed.group(2)).replaceFirst(""));
            backupAtFault = OF_THE_BACKUP.contains(Integer.parseInt(failed.group(1)));
        } else if (whole.matches()) {
            total = Optional.of(whole.group(2) + " files of " + whole.group(1) + " in all");
        } else if (line.contains(" DETAIL: restore file ")) {
            restored++;
            job.progress().advances(job.work(), Math.min(restored, files), files, Progress.Unit.ITEMS);
        }
    }

    /** What went wrong first. */
    synchronized Optional<String> error() {
        return error;
    }

    /** What it says it has restored. */
    synchronized Optional<String> total() {
        return total;
    }

    synchronized boolean backupAtFault() {
        return backupAtFault;
    }
}
