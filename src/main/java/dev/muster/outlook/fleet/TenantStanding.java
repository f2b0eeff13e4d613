package dev.muster.outlook.fleet;

import dev.muster.catalog.fleet.Member;

/** How a tenant stands at a moment. */
public record TenantStanding(Member member, String system, State state) {

    /** How it stands, the worst first. */
    public enum State {
        NOT_PROVEN,
        NEVER_PROVEN,
        /** It passed, longer ago than each is promised. */
        OVERDUE,
        PROVEN,
        /** It is there no more, and counts for nothing. */
        VANISHED;

        /** The state in words for people. */
        public String words() {
            return switch (this) {
                case NOT_PROVEN -> "last drill did not pass";
                case NEVER_PROVEN -> "never proven";
                case OVERDUE -> "overdue";
                case PROVEN -> "proven";
                case VANISHED -> "vanished";
            };
        }
    }
}
