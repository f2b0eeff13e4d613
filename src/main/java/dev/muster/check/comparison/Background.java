package dev.muster.check.comparison;

import dev.muster.drill.Baseline;
import dev.muster.drill.Census;
import dev.muster.drill.Problem;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a restored system from elsewhere.
 *
 * @param backup the address of the backup of its database
 * @param baseline what it is compared with, where the runbook names baselines and there is one
 * @param noBaseline why there is none to compare with
 * @param lastDrill the rows of the last drill of the same runbook that passed with an earlier point
 * @param expectedRoles the roles that a dump gives objects or rights to; absent for what is no dump
 * @param written the tables that the drill itself has written to
 * @param counting the rows of the restored database
 */
public record Background(
        Optional<String> backup,
        Optional<Known> baseline,
        Optional<Problem> noBaseline,
        Optional<Census> lastDrill,
        Optional<Set<String>> expectedRoles,
        Set<String> written,
        Counting counting) {

    public Background {
        expectedRoles = expectedRoles.map(Set::copyOf);
        written = Set.copyOf(written);
    }

    /** Nothing is known. */
    public static Background none() {
        return new Background(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                new Counting());
    }

    /**
     * A baseline and where it lay.
     *
     * @param key the id of the key that signed it
     */
    public record Known(Baseline baseline, String address, String sha256, String key) {}
}
