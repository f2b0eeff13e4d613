package dev.muster.app.demo.standin;

/** What Odoo answers with an error of its own. */
final class Denied extends Exception {
    private static final long serialVersionUID = 1;

    private final String kind;

    Denied(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    static Denied access() {
        return new Denied("odoo.exceptions.AccessDenied", "Access Denied");
    }

    String kind() {
        return kind;
    }
}
