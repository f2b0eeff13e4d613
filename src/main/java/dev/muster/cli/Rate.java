package dev.muster.cli;

import dev.muster.drill.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How far one piece of work is, and what follows from that: share, rate, time left. */
record Rate(String work, Progress.Unit unit, Instant since, Instant now, long done, long total) {

    boolean finished() {
        return total > 0 && done >= total;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(work).append("  ").append(amount(done));
        if (total > 0) {
            text.append(" of ").append(amount(total));
            text.append(String.format(Locale.ROOT, " (%d %%)", Math.min(100, done * 100 / total)));
        }
        double seconds = Duration.between(since, now).toMillis() / 1000.0;
        if (seconds >= 0.5 && done > 0) {
            double each = done / seconds;
            if (unit == Progress.Unit.BYTES) {
                text.append(", ").append(Words.bytes((long) each)).append("/s");
            } else if (each >= 2) {
                text.append(String.format(Locale.ROOT, ", %.0f/s", each));
            }
            if (total > done) {
                text.append(", ")
                        .append(Words.duration(Duration.ofMillis((long) ((total - done) / each * 1000))))
                        .append(" left");
            }
        }
        return text.toString();
    }

    double share() {
        return total > 0 ? Math.min(1.0, (double) done / total) : 0;
    }

    private String amount(long count) {
        return unit == Progress.Unit.BYTES ? Words.bytes(count) : String.format(Locale.ROOT, "%,d", count);
    }
}
