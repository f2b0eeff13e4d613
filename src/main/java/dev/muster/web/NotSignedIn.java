package dev.muster.web;

/** Somebody asks for what not everybody may have, and has not shown who they are. */
final class NotSignedIn extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
