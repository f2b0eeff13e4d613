package dev.muster.web;

import dev.muster.people.Person;
import io.javalin.http.Context;
import java.util.Optional;

/** Finds out who makes a request. */
public interface Gate {

    /** Who it is; absent when they have not shown it. */
    Optional<Person> who(Context request);
}
