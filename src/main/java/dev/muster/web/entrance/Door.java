package dev.muster.web.entrance;

import dev.muster.people.People;
import dev.muster.people.Person;
import dev.muster.people.Session;
import dev.muster.people.Unguessable;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Opens and closes sessions of browsers. */
final class Door {
    private static final Duration KNOWN = Duration.ofDays(90);

    private final People people;
    private final SecureRandom chance = new SecureRandom();

    Door(People people) {
        this.people = people;
    }

    /** Lets somebody in who has shown who they are, always with a session that nobody held before. */
    void open(Context request, String name, Person.Means means, Target target) {
        close(request);
        String browser = Optional.ofNullable(request.userAgent()).orElse("");
        String id = people.sessions().begin(name, means, request.ip(), browser);
        Cookies.FORM.remove(request);
        Cookies.SESSION.set(request, id);
        boolean mustChange = people.sessions().find(id).map(Session::mustChange).orElse(false);
        request.redirect(mustChange ? "/me/password" : target.path(), HttpStatus.SEE_OTHER);
    }

    /** So that others who try this name elsewhere do not hold this browser up. */
    void remember(Context request, String name) {
        String browser = Cookies.KNOWN.of(request).orElseGet(this::fresh);
        people.signIn().remember(browser, name);
        Cookies.KNOWN.set(request, browser, KNOWN);
    }

    Optional<Session> close(Context request) {
        Optional<Session> session = Cookies.SESSION.of(request).flatMap(people.sessions()::find);
        session.ifPresent(open -> people.sessions().end(open.person().name(), open.key()));
        Cookies.SESSION.remove(request);
        return session;
    }

    String fresh() {
        return Unguessable.fresh(chance);
    }
}
