package dev.muster.check.filestore;

import dev.muster.check.filestore.Inspected.Condition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts what was inspected, and remembers the first of what is at fault by name. */
final class Tally {
    static final String MISSING_AND_YOUNG = "missing, and not older than the filestore's copy";

    private static final int REMEMBERED = 10;

    private final Skew skew;
    private final Map<Condition, Long> conditions = new EnumMap<>(Condition.class);
    private final List<String> examples = new ArrayList<>();
    private final List<String> lateExamples = new ArrayList<>();
    private long files;
    private long rows;
    private long bytes;
    private long faults;
    private long late;

    Tally(Skew skew) {
        this.skew = skew;
    }

    void add(Inspected one) {
        files++;
        rows += one.file().rows();
        bytes += one.bytes();
        conditions.merge(one.condition(), 1L, Long::sum);
        if (one.condition().fault()) {
            boolean tooYoung = skew.explains(one);
            faults++;
            late += tooYoung ? 1 : 0;
            remember(
                    tooYoung ? lateExamples : examples,
                    one.file().described() + ": "
                            + (tooYoung ? MISSING_AND_YOUNG : one.condition().words()));
        }
    }

    private static void remember(List<String> examples, String description) {
        if (examples.size() < REMEMBERED) {
            examples.add(description);
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

    long faults() {
        return faults;
    }

    /** How many of the faults are files that may have been written only after the filestore was copied. */
    long late() {
        return late;
    }

    /** The first files at fault, each with what is wrong, those first that skew does not explain. */
    List<String> firstFaults() {
        return Stream.concat(examples.stream(), lateExamples.stream())
                .limit(REMEMBERED)
                .toList();
    }
}
