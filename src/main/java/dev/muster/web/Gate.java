package dev.muster.web;

import dev.muster.people.Person;
import dev.muster.people.Right;
import io.javalin.http.Context;
import java.util.Optional;

/** Finds out who makes a request. */
public interface Gate {

    /** Who it is; absent when they have not shown it. */
    Optional<Person> who(Context request);

    /** Where a browser is sent when nobody has shown who they are, so that they can. */
    default String wayIn(Context request) {
        return "/login";
    }

    /** Somebody asked for what they have no right to, and is refused. */
    default void refused(Context request, Person person, Right needed) {}
}
