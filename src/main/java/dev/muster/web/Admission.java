package dev.muster.web;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.web.limit.RateLimits;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lets a request in when whoever makes it may do that, and does not do it all too often. */
final class Admission {
    private final Gate gate;
    private final RateLimits known;
    private final RateLimits strangers;
    private final Neighbours neighbours;

    Admission(Gate gate, RateLimits known, RateLimits strangers, Neighbours neighbours) {
        this.gate = gate;
        this.known = known;
        this.strangers = strangers;
        this.neighbours = neighbours;
    }

    void admit(Context request) {
        Optional<Person> person = gate.who(request);
        person.ifPresent(somebody -> request.attribute(Web.PERSON, somebody));
        if (!request.path().startsWith("/static/")) {
            person.ifPresentOrElse(
                    somebody -> known.count(somebody.name() + " by " + somebody.by()),
                    () -> strangers.count(request.ip()));
        }
        Set<RouteRole> roles = request.routeRoles();
        if (!roles.contains(Routes.Open.TO_ALL)
                && !(roles.contains(Routes.Open.TO_THIS_MACHINE) && neighbours.made(request))) {
            admit(request, person.orElseThrow(() -> new NotSignedIn(gate.wayIn(request))), roles);
        }
    }

    private void admit(Context request, Person person, Set<RouteRole> roles) {
        // A route without any right is nobody's: forgetting one must not open it.
        Right needed = roles.stream()
                .flatMap(role -> role instanceof Routes.Needs needs ? Stream.of(needs.right()) : Stream.empty())
                .findFirst()
                .orElse(Right.ADMINISTER);
        if (!person.may(needed)) {
            gate.refused(request, person, needed);
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            person.name() + " may not do this",
                            request.path(),
                            "Ask an administrator for a role with the right " + needed + "."));
        }
    }
}
