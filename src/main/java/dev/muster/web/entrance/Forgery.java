package dev.muster.web.entrance;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.people.Unguessable;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what a page of somebody else makes a browser send. */
final class Forgery {
    private static final String FIELD = "csrf";
    private static final String HEADER = "X-CSRF-Token";
    private static final Set<HandlerType> HARMLESS = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    private static final List<String> OWN_SITE = List.of("same-origin", "none");

    private Forgery() {}

    static boolean harmless(Context request) {
        return HARMLESS.contains(request.method());
    }

    /** What forms send back, for a browser that holds this. */
    static String token(String held) {
        return Unguessable.derived(held, "forms");
    }

    /** @param held what the browser holds; absent when it holds nothing */
    static void refuse(Context request, Optional<String> held) {
        String sent = sent(request);
        if (!fromOwnPage(request)
                || sent == null
                || held.map(Forgery::token)
                        .filter(token -> Unguessable.same(token, sent))
                        .isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            "This was not sent from a page of Muster that is still valid",
                            request.path(),
                            "Open the page again and send it from there. Programs send a token in the header"
                                    + " `Authorization: Bearer TOKEN` instead of a cookie."));
        }
    }

    private static @Nullable String sent(Context request) {
        String header = request.header(HEADER);
        return header != null ? header : request.isFormUrlencoded() ? request.formParam(FIELD) : null;
    }

    private static boolean fromOwnPage(Context request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return false;
        }
        String origin = request.header("Origin");
        return origin == null || authority(origin).equals(Optional.ofNullable(request.host()));
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
