package dev.muster.people;

/** Something that not everybody may do. */
public enum Right {
    /** See systems, drills, reports, the schedule. */
    READ,
    /** See the audit log, the settings and who the people are. */
    AUDIT,
    /** Take evidence and packs away. */
    EXPORT,
    SIGN_OFF,
    /** Start drills, and stop them. */
    START,
    /** Keep a scratch open for longer, or remove it. */
    SCRATCH,
    APPROVE,
    /** Change people and tokens. */
    ADMINISTER
}
