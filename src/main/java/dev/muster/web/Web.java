package dev.muster.web;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.people.Person;
import dev.muster.people.Right;
import io.javalin.Javalin;
import io.javalin.http.Context;
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
        if (person == null || !person.may(needed)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            person == null ? "Nobody is signed in" : person.name() + " may not do this",
                            request.path(),
                            person == null
                                    ? "Sign in, or send a token in the header `Authorization: Bearer TOKEN`."
                                    : "Ask an administrator for a role with the right " + needed + "."));
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
