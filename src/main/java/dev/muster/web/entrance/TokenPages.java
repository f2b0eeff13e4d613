package dev.muster.web.entrance;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Right;
import dev.muster.people.Session;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes and revokes somebody's own tokens; a token itself cannot. */
final class TokenPages implements Part {
    private final People people;
    private final OwnPages own;

    TokenPages(People people, OwnPages own) {
        this.people = people;
        this.own = own;
    }

    @Override
    public void add(Routes routes) {
        routes.open(
                HandlerType.POST,
                "/me/tokens",
                request -> OwnPages.signedIn(request).ifPresent(session -> make(request, session)));
        routes.open(
                HandlerType.POST,
                "/me/tokens/revoke",
                request -> OwnPages.signedIn(request).ifPresent(session -> revoke(request, session)));
    }

    private void make(Context request, Session session) {
        Set<Right> rights = Stream.of(Right.values())
                .filter(right -> request.formParams("right").contains(right.name()))
                .collect(Collectors.toSet());
        Secret token = people.tokens()
                .make(
                        session.person(),
                        text(request, "label"),
                        rights,
                        Duration.ofDays(days(text(request, "days"))),
                        Actor.of(session.person(), request.ip()));
        own.page(request, session, token.reveal());
    }

    private void revoke(Context request, Session session) {
        people.tokens().revoke(session.person(), text(request, "token"), Actor.of(session.person(), request.ip()));
        request.redirect("/me", HttpStatus.SEE_OTHER);
    }

    private static int days(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new Refusal(
                    Refusal.Reason.INVALID, new Problem("This is no number of days", "days", "Write 1 to 365."));
        }
        return Integer.parseInt(text);
    }

    private static String text(Context request, String field) {
        return Optional.ofNullable(request.formParam(field)).orElse("");
    }
}
