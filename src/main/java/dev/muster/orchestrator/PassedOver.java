package dev.muster.orchestrator;

import dev.muster.drill.Candidate;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says that something was stored after the chosen backup and could not be taken: a job has failed. */
final class PassedOver {
    private PassedOver() {}

    static List<Finding> findings(RecoveryPoint point) {
        return point.candidates().stream()
                .filter(Candidate::chosen)
                .flatMap(chosen -> finding(chosen, newerThan(chosen, point)).stream())
                .toList();
    }

    private static List<Candidate> newerThan(Candidate chosen, RecoveryPoint point) {
        return point.candidates().stream()
                .filter(one -> one.asset() == chosen.asset() && one.broken())
                .filter(one ->
                        !one.object().lastModified().isBefore(chosen.object().lastModified()))
                .filter(one -> !one.object().lastModified().isAfter(point.disaster()))
                .sorted(Comparator.comparing((Candidate one) -> one.object().size())
                        .reversed())
                .toList();
    }

    /** The largest leads: it is the likeliest to have been meant as a backup. */
    private static Optional<Finding> finding(Candidate chosen, List<Candidate> newer) {
        return newer.stream()
                .findFirst()
                .map(first -> new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                (newer.size() == 1 ? "An object" : newer.size() + " objects") + " that "
                                        + (newer.size() == 1 ? "is" : "are") + " newer than the chosen backup of the "
                                        + chosen.asset().label() + " could not be taken, such as "
                                        + first.object().name() + ": " + withoutFullStop(first.reason()),
                                first.object().address(),
                                "See in the backup job's log what happened, and let the job run again.")));
    }

    private static String withoutFullStop(String reason) {
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }
}
