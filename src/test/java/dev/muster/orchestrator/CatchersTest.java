package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Detection;
import dev.muster.drill.Detection.Outcome;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fault;
import dev.muster.drill.Problem;
import dev.muster.drill.Proof;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatchersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final Fault BROKEN =
            new Fault("foreign-key-broken", "A row is missing.", Fault.Kind.DATA, Set.of("foreign-keys"));
    private static final Fault ABSENT = new Fault(
            "extension-missing",
            "An extension is missing.",
            Fault.Kind.DATA,
            Set.of("extensions-there"),
            Verdict.COULD_NOT_RUN);

    @Test
    void a_fault_that_no_check_speaks_of_has_escaped() {
        assertThat(detection(BROKEN, check("row-counts", "check: database-integrity", Verdict.PASSED))
                        .outcome())
                .isEqualTo(Outcome.ESCAPED);
    }

    @Test
    void any_check_before_the_application_starts_catches_in_time() {
        Detection detection = detection(
                BROKEN,
                check("orders-have-lines", "check: invariants", Verdict.FAILED),
                check("foreign-keys", "check: database-integrity", Verdict.FAILED));

        assertThat(detection.outcome()).isEqualTo(Outcome.CAUGHT);
        assertThat(detection.caughtBy()).containsExactly("orders-have-lines", "foreign-keys");
    }

    @Test
    void a_workflow_alone_catches_late() {
        assertThat(detection(BROKEN, check("login", "workflow: login", Verdict.FAILED))
                        .outcome())
                .isEqualTo(Outcome.LATE);
    }

    @Test
    void what_could_not_run_has_caught_nothing() {
        Detection detection =
                detection(BROKEN, check("foreign-keys", "check: database-integrity", Verdict.COULD_NOT_RUN));

        assertThat(detection.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(detection.reason()).isEqualTo("foreign-keys: It said so");
    }

    @Test
    void what_may_be_the_machines_fault_is_caught_by_its_own_check_only() {
        assertThat(detection(ABSENT, check("extensions-there", "check: database-integrity", Verdict.COULD_NOT_RUN))
                        .outcome())
                .isEqualTo(Outcome.CAUGHT);
        assertThat(detection(ABSENT, check("row-counts", "check: database-integrity", Verdict.COULD_NOT_RUN))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void restores_are_named_by_their_steps() {
        assertThat(detection(BROKEN, check("restored-completely", "restore: database", Verdict.FAILED))
                        .caughtBy())
                .containsExactly("restore: database");
    }

    @Test
    void the_score_counts_what_could_be_made_and_puts_escapes_first() {
        Detection caught = new Detection(BROKEN, Outcome.CAUGHT, "", List.of("foreign-keys"), "");
        Detection escaped = new Detection(BROKEN, Outcome.ESCAPED, "", List.of(), "");
        Detection unknown = new Detection(BROKEN, Outcome.UNKNOWN, "", List.of(), "no room");
        Detection impossible = new Detection(BROKEN, Outcome.NOT_APPLICABLE, "", List.of(), "no key");

        Proof proof =
                new Proof(1, Verdict.PASSED, List.of(impossible, caught, unknown, caught, escaped), OptionalInt.of(51));

        assertThat(proof.detections().get(0).outcome()).isEqualTo(Outcome.ESCAPED);
        assertThat(proof.score()).hasValue(0.5);
        assertThat(proof.tooLow()).isTrue();
        assertThat(new Proof(1, Verdict.PASSED, List.of(impossible), OptionalInt.of(1)).tooLow())
                .isTrue();
        assertThat(new Proof(1, Verdict.FAILED, List.of(caught), OptionalInt.empty()).score())
                .isEmpty();
    }

    private static Detection detection(Fault fault, CheckResult... checks) {
        DrillRequest request = new DrillRequest(
                Sample.runbook(Map.of()),
                NOW,
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
        Notes notes = new Notes("drill", request, NOW);
        notes.checked(List.of(checks));
        return Catchers.of(fault, notes, Optional.empty()).detection("made");
    }

    private static CheckResult check(String name, String step, Verdict verdict) {
        Optional<Problem> problem =
                verdict == Verdict.PASSED ? Optional.empty() : Optional.of(new Problem("It said so", "", ""));
        return new CheckResult(name, step, verdict, NOW, NOW, Map.of("seen", "something"), problem, List.of());
    }
}
