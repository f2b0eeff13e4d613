package dev.muster.web.pages;

import dev.muster.people.Action;
import io.javalin.http.Context;

/** Notes in the audit log what people do on pages. */
public interface Deeds {
    /** Whoever makes this request has done something. */
    void note(Context request, Action action, String on);
}
