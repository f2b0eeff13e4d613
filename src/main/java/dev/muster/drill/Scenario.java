package dev.muster.drill;

import java.util.Locale;

/** The disaster that a runbook rehearses. */
public enum Scenario {
    OPERATOR_ERROR,
    BAD_RELEASE,
    ZONE_LOSS,
    REGIONAL_LOSS,
    RANSOMWARE,
    TENANT_CORRUPTION;

    /** The scenario's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
