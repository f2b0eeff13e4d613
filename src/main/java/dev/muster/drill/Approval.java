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
    /** What a runbook declares of its approval, shown by nothing. */
    public static Approval declared(Runbook runbook) {
        Optional<Governance.Approval> declared = runbook.governance().approved();
        return new Approval(
                declared.map(Governance.Approval::by),
                declared.map(Governance.Approval::on),
                Signature.UNSIGNED,
                Optional.empty());
    }

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
        return by.map(approver -> samePerson(approver, request.requestedBy()));
    }

    /** An operator is called by account and machine, and an approver may be by a mail address. */
    public static boolean samePerson(String one, String other) {
        return one.equalsIgnoreCase(other) || user(one).equalsIgnoreCase(user(other));
    }

    private static String user(String name) {
        return name.replaceFirst("@.*", "");
    }
}
