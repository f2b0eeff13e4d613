package dev.muster.web;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.people.Person;
import dev.muster.people.Right;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The web server: API and pages. */
public final class Web implements AutoCloseable {
    /** Under this name a request knows its person. */
    public static final String PERSON = "person";

    private final Javalin server;

    private Web(Javalin server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param port zero takes any that is free
     */
    public static Web start(String address, int port, Gate gate, List<Part> parts) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.host = address;
            config.jetty.port = port;
            Routes routes = new Routes(config.routes);
            config.routes.beforeMatched(request -> admit(request, gate));
            config.routes.exception(
                    Refusal.class,
                    (refusal, request) -> request.status(
                                    switch (refusal.reason()) {
                                        case UNKNOWN -> HttpStatus.NOT_FOUND;
                                        case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
                                        case CONFLICT -> HttpStatus.CONFLICT;
                                        case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
                                    })
                            .result(refusal.problem().toString()));
            parts.forEach(part -> part.add(routes));
        });
        return new Web(server.start());
    }

    public int port() {
        return server.port();
    }

    /** Who makes this request; for routes that need a right, there always is somebody. */
    public static Person person(Context request) {
        Person person = request.attribute(PERSON);
        if (person == null) {
            throw new IllegalStateException("a route that is open to all asks who it is");
        }
        return person;
    }

    private static void admit(Context request, Gate gate) {
        Set<RouteRole> roles = request.routeRoles();
        gate.who(request).ifPresent(person -> request.attribute(PERSON, person));
        if (roles.contains(Routes.Open.TO_ALL)) {
            return;
        }
        // A route without any right is nobody's: forgetting one must not open it.
        Right needed = roles.stream()
                .flatMap(role -> role instanceof Routes.Needs needs ? Stream.of(needs.right()) : Stream.empty())
                .findFirst()
                .orElse(Right.ADMINISTER);
        Person person = request.attribute(PERSON);
        if (person == null) {
            signIn(request, gate);
        } else if (!person.may(needed)) {
            gate.refused(request, person, needed);
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            person.name() + " may not do this",
                            request.path(),
                            "Ask an administrator for a role with the right " + needed + "."));
        }
    }

    private static void signIn(Context request, Gate gate) {
        if (request.path().startsWith("/api/")) {
            request.status(HttpStatus.UNAUTHORIZED).header("WWW-Authenticate", "Bearer realm=\"muster\"");
        } else {
            request.redirect(gate.wayIn(request), HttpStatus.SEE_OTHER);
        }
        request.skipRemainingHandlers();
    }

    @Override
    public void close() {
        server.stop();
    }
}
