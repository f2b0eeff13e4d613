package dev.muster.people.signon;

/** What came back from the provider does not show who somebody is. */
final class NotProven extends Exception {
    private static final long serialVersionUID = 1L;

    NotProven(String reason) {
        super(reason);
    }

    NotProven(String reason, Exception cause) {
        super(reason + " (" + cause.getMessage() + ")", cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
