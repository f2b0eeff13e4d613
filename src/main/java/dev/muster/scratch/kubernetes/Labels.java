package dev.muster.scratch.kubernetes;

/** How objects of a scratch are told from all others, and what is written on them. */
final class Labels {
    /** On every object: who made it. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String MUSTER = "muster";
    /** On every object: for which drill, and as an annotation in full. */
    static final String DRILL = "muster.dev/drill";
    /** On every object: which Muster made it, where several share a cluster. */
    static final String INSTALLATION = "muster.dev/installation";
    /** On policies that lead out of the scratch, which are withdrawn once all is fetched. */
    static final String LEADS_OUT = "muster.dev/leads-out";
    /** On a namespace that an administrator has prepared for scratches. */
    static final String SCRATCH = "muster.dev/scratch";

    static final String ALLOWED = "allowed";

    static final String SYSTEM = "muster.dev/system";
    static final String EXPIRES_AT = "muster.dev/expires-at";
    static final String OPENED_AT = "muster.dev/opened-at";
    static final String VERSION = "muster.dev/version";
    static final String OWNER = "muster.dev/owner";
    static final String ALIVE_AT = "muster.dev/alive-at";
    static final String KEPT = "muster.dev/kept";

    private Labels() {}
}
