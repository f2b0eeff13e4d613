package dev.muster.check.filestore;

import dev.muster.check.filestore.Inspected.Condition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was inspected, and remembers the first of what is at fault by name. */
final class Tally {
    private static final int REMEMBERED = 10;

    private final Skew skew;
    private final Map<Condition, Long> conditions = new EnumMap<>(Condition.class);
    private final List<String> lost = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private long files;
    private long rows;
    private long bytes;
    private long present;
    private long faults;
    private long explained;

    Tally(Skew skew) {
        this.skew = skew;
    }

    void add(Inspected one) {
        files++;
        rows += one.file().rows();
        bytes += one.bytes();
        conditions.merge(one.condition(), 1L, Long::sum);
        if (one.condition().there()) {
            present++;
        }
        if (skew.explains(one)) {
            explained++;
            remember(late, one.file().described());
        } else if (one.condition() != Condition.SOUND && one.condition() != Condition.UNPROVEN) {
            faults++;
            remember(lost, one.file().described() + ": " + one.condition().words());
        }
    }

    private static void remember(List<String> few, String description) {
        if (few.size() < REMEMBERED) {
            few.add(description);
        }
    }

    long count(Condition condition) {
        return conditions.getOrDefault(condition, 0L);
    }

    long files() {
        return files;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** How many of the files lie in the filestore, right or wrong. */
    long present() {
        return present;
    }

    long faults() {
        return faults;
    }

    long explained() {
        return explained;
    }

    /** The first files at fault, each with what is wrong. */
    List<String> firstFaults() {
        return List.copyOf(lost);
    }

    /** The first files that are missing because their rows are younger than the filestore's backup. */
    List<String> firstExplained() {
        return List.copyOf(late);
    }
}
