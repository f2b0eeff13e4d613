package dev.muster.scratch.kubernetes;

/** What the objects of a scratch are called, before a shared namespace makes them a drill's own. */
final class Names {
    /** The pod. */
    static final String POD = "drill";

    /** The volume's claim. */
    static final String CLAIM = "data";

    /** What the scratch is known by where it has no namespace of its own: its service account. */
    static final String MARK = "drill";

    private Names() {}
}
