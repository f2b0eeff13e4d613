package dev.muster.evidence.archive;

/** An archive cannot be read to where somebody would have to guess. */
final class ArchiveDamaged extends Exception {
    private static final long serialVersionUID = 1;

    ArchiveDamaged(String what) {
        super(what);
    }
}
