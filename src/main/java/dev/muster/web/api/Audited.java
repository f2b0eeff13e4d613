package dev.muster.web.api;

import dev.muster.people.Action;
import dev.muster.people.Actor;
import dev.muster.people.AuditLog;
import dev.muster.web.Web;
import io.javalin.http.Context;

/** Notes in the audit log what requests have done. */
final class Audited {
    private final AuditLog log;

    Audited(AuditLog log) {
        this.log = log;
    }

    void done(Context request, Action action, String on) {
        log.note(Actor.of(Web.person(request), request.ip()), action, on);
    }
}
