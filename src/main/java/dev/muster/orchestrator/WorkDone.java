package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.TimelineEntry;
import dev.muster.drill.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was observed by the work in a scratch on another machine.
 *
 * @param census the rows of each table, where they were counted
 * @param log what the work said of itself, line by line
 * @param ended how it ended
 */
public record WorkDone(
        List<ObjectRead> objectsRead,
        Map<Asset, Readings> readings,
        Map<String, Reading> watermarks,
        List<CheckResult> checks,
        List<Finding> findings,
        List<Problem> problems,
        List<TimelineEntry> timeline,
        Map<String, String> environment,
        Optional<Census> census,
        String log,
        Ended ended) {
    public WorkDone {
        objectsRead = List.copyOf(objectsRead);
        readings = Collections.unmodifiableMap(new TreeMap<>(readings));
        watermarks = Collections.unmodifiableMap(new LinkedHashMap<>(watermarks));
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
        timeline = List.copyOf(timeline);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same, with other findings and facts of where it was done. */
    public WorkDone with(List<Finding> found, Map<String, String> facts) {
        return new WorkDone(
                objectsRead, readings, watermarks, checks, found, problems, timeline, facts, census, log, ended);
    }

    /** Whether it came to its end, and nothing on the way went wrong. */
    public boolean untroubled() {
        return ended instanceof Ended.Whole
                && problems.isEmpty()
                && checks.stream().allMatch(check -> check.verdict() == Verdict.PASSED);
    }

    /** The same observations, which prove nothing: this happened to where they were made. */
    public WorkDone because(Problem happened) {
        return new WorkDone(
                objectsRead,
                readings,
                watermarks,
                checks,
                findings,
                problems,
                timeline,
                environment,
                census,
                log,
                new Ended.Unable(happened));
    }

    /** How the work ended: by coming to its end, or with what would have been thrown on one machine. */
    public sealed interface Ended {

        /** Throws what has ended the work early. */
        void orThrow() throws BadBackup, NotRestored, Aborted;

        /** It came to its end, whatever it found. */
        record Whole() implements Ended {
            @Override
            public void orThrow() {
                // All went its way.
            }
        }

        /** The backup of this asset did not come back, and an older one is to be tried. */
        record Walked(Asset asset, Problem problem) implements Ended {
            @Override
            public void orThrow() throws NotRestored {
                throw new NotRestored(asset, problem);
            }
        }

        /** A backup is at fault. */
        record Bad(Problem problem) implements Ended {
            @Override
            public void orThrow() throws BadBackup {
                throw new BadBackup(problem);
            }
        }

        /** It could not be done, which says nothing of the backups. */
        record Unable(Problem problem) implements Ended {
            @Override
            public void orThrow() {
                throw new CouldNotRun(problem);
            }
        }

        /** It was stopped on somebody's wish. */
        record Stopped(String reason) implements Ended {
            @Override
            public void orThrow() throws Aborted {
                throw new Aborted(reason);
            }
        }
    }
}
