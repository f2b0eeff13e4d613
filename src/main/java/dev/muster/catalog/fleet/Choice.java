package dev.muster.catalog.fleet;

/**
 * A tenant that was chosen for a slot.
 *
 * @param weight how likely it was, against others chosen by the same kind
 */
public record Choice(String tenant, String system, Kind kind, int weight, String drill) {

    /** Why a tenant was chosen. */
    public enum Kind {
        /** Each was as likely as any other: what is claimed of all rests on these alone. */
        LOT,
        /** Else it would not pass within the time that each has. */
        DUE,
        /** By its risk. */
        RISK
    }
}
