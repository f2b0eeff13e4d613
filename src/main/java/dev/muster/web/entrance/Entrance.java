package dev.muster.web.entrance;

import dev.muster.people.Action;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.people.Session;
import dev.muster.people.signon.SignOn;
import dev.muster.web.Gate;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Layout;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where people come in: knows who makes a request, and answers the pages about that. */
public final class Entrance implements Part, Gate {
    static final String SESSION = "session";

    private static final String BEARER = "Bearer ";

    private final People people;
    private final List<Part> pages;

    /** @param signOn absent when people sign in here alone */
    public Entrance(People people, Optional<SignOn> signOn, Layout layout) {
        this.people = people;
        Door door = new Door(people);
        OwnPages own = new OwnPages(people, layout);
        this.pages = new ArrayList<>(List.of(
                new LoginPages(people, door, signOn.isPresent(), layout),
                own,
                new TokenPages(people, own),
                new PeoplePages(people, layout),
                new AuditPage(people.audit(), layout)));
        signOn.ifPresent(provider -> pages.add(new SignOnPages(provider, door)));
    }

    @Override
    public void add(Routes routes) {
        routes.before(new SafeHeaders());
        pages.forEach(part -> part.add(routes));
    }

    @Override
    public Optional<Person> who(Context request) {
        String authorization = request.header("Authorization");
        if (authorization != null) {
            // Whoever sends a token that does not hold is nobody, whatever else they send.
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? people.tokens()
                            .bearer(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        Optional<String> held = Cookies.SESSION.of(request);
        Optional<Session> session = held.flatMap(people.sessions()::find);
        session.ifPresent(found -> {
            request.attribute(SESSION, found);
            request.attribute(Layout.CSRF, Forgery.token(held.orElseThrow()));
            if (!Forgery.harmless(request)) {
                Forgery.refuse(request, held);
            }
        });
        return session.filter(found -> !found.mustChange()).map(Session::person);
    }

    @Override
    public String wayIn(Context request) {
        Target target = Target.of(
                Forgery.harmless(request)
                        ? request.path() + (request.queryString() == null ? "" : "?" + request.queryString())
                        : "/");
        return request.attribute(SESSION) == null ? target.after("/login") : "/me/password";
    }

    @Override
    public void refused(Context request, Person person, Right needed) {
        people.audit()
                .noteRefused(
                        Actor.of(person, request.ip()),
                        Action.REACH,
                        request.method() + " " + request.path(),
                        "no right " + needed);
    }
}
