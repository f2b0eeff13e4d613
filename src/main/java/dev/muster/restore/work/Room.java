package dev.muster.restore.work;

import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import java.io.IOException;
import java.util.Locale;

/** Watches over what a restore writes: that it fits, and that it is not a bomb. */
public final class Room {
    public static final long HARMLESS = 64L << 20;
    static final long RATIO = 250;

    private static final long LOOK_EVERY = 16L << 20;

    private final Job job;
    private long written;
    private long left;
    private long lookAgainAt;

    public Room(Job job) {
        this.job = job;
        look();
    }

    /**
     * Accounts for bytes about to be written.
     *
     * @param packed how many bytes of the backup all that was written so far came from
     */
    public void take(long bytes, long packed) throws BadBackup {
        if (written + bytes > HARMLESS && (written + bytes) / RATIO > packed) {
            throw bomb(written + bytes, packed);
        }
        if (bytes > left) {
            throw full(bytes);
        }
        written += bytes;
        left -= bytes;
        if (written >= lookAgainAt) {
            look();
        }
    }

    /** Says no before the first byte of a file that cannot fit or cannot be honest. */
    public void expect(long announced, long packed) throws BadBackup {
        if (announced < 0) {
            throw job.bad("An entry announces a size below zero");
        }
        if (announced > HARMLESS
                && announced / RATIO > Math.max(packed, job.backup().object().size())) {
            throw bomb(announced, job.backup().object().size());
        }
        if (announced > left) {
            throw full(announced);
        }
    }

    /** The most that one file of the backup may become. */
    public long most() {
        return Math.min(left, Math.max(HARMLESS, job.backup().object().size() * RATIO));
    }

    /** A file of the backup has become as large as it may. */
    public void overflowed() throws BadBackup {
        if (most() < left) {
            throw bomb(most(), job.backup().object().size());
        }
        throw full(1);
    }

    /** Accounts for bytes that the database grows by, roughly, and looks now and then whether there is room left. */
    public void watch(long bytes) {
        written += bytes;
        if (written >= lookAgainAt) {
            look();
            if (left <= 0) {
                throw full(bytes);
            }
        }
    }

    /** What an input or output error on the way into the scratch means. */
    public CouldNotRun failed(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return full(1);
        }
        return new CouldNotRun(
                job.cannot(
                                "Files could not be written into the scratch: " + e.getMessage(),
                                "Look after the disk that holds the scratch, then run the drill again.")
                        .problem(),
                e);
    }

    private BadBackup bomb(long expanded, long packed) {
        return job.bad("The archive expands more than " + RATIO + "-fold (" + size(expanded) + " from " + size(packed)
                + "), as a bomb does and no business file");
    }

    private CouldNotRun full(long wanted) {
        return job.cannot(
                "The scratch is full: " + size(wanted) + " more are needed, "
                        + size(Math.max(0, job.scratch().room())) + " are left, " + size(written)
                        + " came from this backup so far",
                "Free space on the scratch's disk (muster scratch list shows what older drills hold, muster scratch"
                        + " remove ID removes it), raise scratch.disk in the runbook, or set the scratch's folder to a"
                        + " larger disk.");
    }

    private void look() {
        left = job.scratch().room();
        lookAgainAt = written + LOOK_EVERY;
    }

    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double value = bytes;
        String unit = "bytes";
        for (String next : new String[] {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
