package dev.muster.web;

/** Somebody asks for what not everybody may have, and has not shown who they are. */
final class NotSignedIn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String wayIn;

    /** @param wayIn where a browser is sent, so that they can */
    NotSignedIn(String wayIn) {
        this.wayIn = wayIn;
    }

    String wayIn() {
        return wayIn;
    }
}
