package dev.muster.check.application;

import dev.muster.drill.Secret;
import dev.muster.scratch.Running;
import dev.muster.scratch.Scratch;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/**
 * An application that is up.
 *
 * @param address where it is reached
 * @param version the major version that its database tells
 * @param password what a drill's user may sign in with
 */
public record Started(
        String name,
        URI address,
        Scratch scratch,
        Running running,
        DatabaseCopy copy,
        OptionalInt version,
        Secret password) {

    /** A connection to the application's database with the rights of the application. */
    public Connection connect() throws SQLException {
        return copy.connect();
    }

    public String database() {
        return copy.database().name();
    }

    public LastWords lastWords() {
        return new LastWords(List.of(password, copy.password()));
    }
}
