package dev.muster.drill;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Whether the runbook of a drill was approved, and how well that is shown.
 *
 * @param by who approved it
 * @param on when, as far as that was declared
 * @param key the fingerprint of the key that signed
 */
public record Approval(Optional<String> by, Optional<LocalDate> on, Signature signature, Optional<String> key) {
    /** No approval that was signed. */
    public static final Approval UNSIGNED =
            new Approval(Optional.empty(), Optional.empty(), Signature.UNSIGNED, Optional.empty());

    /** How an approval is shown. */
    public enum Signature {
        /** By nothing that could be checked. */
        UNSIGNED,
        /** By an approver's own key, over the runbook as it was drilled. */
        SIGNED,
        /** By the key that signs the evidence, so that it says no more than the evidence itself. */
        SELF_ATTESTED
    }

    /** Whether approver and operator are the same person; absent when either is not known. */
    public Optional<Boolean> byOperator(DrillRequest request) {
        return request.trigger() == DrillRequest.Trigger.SCHEDULE
                ? by.map(approver -> false)
                : by.map(approver -> samePerson(approver, request.requestedBy()));
    }

    /** An operator is known by the name of a user, an approver perhaps by a mail address. */
    public static boolean samePerson(String one, String other) {
        return one.equalsIgnoreCase(other) || user(one).equalsIgnoreCase(user(other));
    }

    private static String user(String name) {
        return name.replaceFirst("@.*", "");
    }
}
