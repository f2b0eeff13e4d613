package dev.muster.orchestrator;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Detection;
import dev.muster.drill.Detection.Outcome;
import dev.muster.drill.Fault;
import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import dev.muster.restore.Restorer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What spoke of a fault.
 *
 * @param names the checks and objectives that failed, in the order in which they did
 * @param early whether one of them is no objective and comes before the application starts, or is there for the fault
 * @param silent why something had no answer; empty where all had one
 */
record Catchers(Fault fault, List<String> names, boolean early, String silent) {
    private static final String RESTORE = "restore: ";
    private static final List<String> LATE = List.of("start", "workflow");

    static Catchers none(Fault fault) {
        return new Catchers(fault, List.of(), false, "");
    }

    /** @param refused the step that refused the backup, if one did so by an exception */
    static Catchers of(Fault fault, Notes notes, Optional<String> refused) {
        Set<String> names = new LinkedHashSet<>();
        List<String> silent = new ArrayList<>();
        boolean early = false;
        for (CheckResult check : notes.checks()) {
            String name = name(check);
            boolean speaks =
                    check.verdict() == Verdict.FAILED || (check.verdict() == fault.expected() && fault.meant(name));
            if (speaks) {
                names.add(name);
                early |= fault.meant(name) || LATE.stream().noneMatch(check.step()::startsWith);
            } else if (check.verdict() != Verdict.PASSED) {
                silent.add(name
                        + check.problem()
                                .map(Problem::what)
                                .map(what -> ": " + what)
                                .orElse(""));
            }
        }
        if (refused.isPresent()) {
            names.add(refused.get());
            early = true;
        }
        for (String missed : missed(notes)) {
            names.add(missed);
            early |= fault.meant(missed);
        }
        return new Catchers(
                fault, List.copyOf(names), early, silent.stream().findFirst().orElse(""));
    }

    boolean any() {
        return !names.isEmpty();
    }

    /** What is unknown is not caught. */
    Detection detection(String made) {
        if (!names.isEmpty()) {
            return new Detection(fault, early ? Outcome.CAUGHT : Outcome.LATE, made, names, "");
        }
        return silent.isEmpty() ? new Detection(fault, Outcome.ESCAPED, made, List.of(), "") : unknown(made, silent);
    }

    Detection unknown(String made, String why) {
        return new Detection(fault, Outcome.UNKNOWN, made, List.of(), why);
    }

    /** Of each restore there is a check of the same name, so that the step tells them apart. */
    private static String name(CheckResult check) {
        boolean restored = check.step().startsWith(RESTORE) && !check.name().equals(Restorer.RECOVERED);
        return restored ? check.step() : check.name();
    }

    /** The loss only: how long a mutant took says nothing. */
    private static List<String> missed(Notes notes) {
        Result result = Result.of(notes, Optional.empty());
        List<String> missed = new ArrayList<>();
        if (result.rpo().met().equals(Optional.of(false))) {
            missed.add("objective: rpo");
        }
        result.processes().forEach((name, figures) -> {
            if (figures.rpo().met().equals(Optional.of(false))) {
                missed.add("objective: rpo of " + name);
            }
        });
        return missed;
    }
}
