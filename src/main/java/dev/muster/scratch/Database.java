package dev.muster.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL database that runs in a scratch. */
public interface Database {

    String name();

    int major();

    /** The server's full version, as it says it. */
    String version();

    /** Opens a connection as the database's superuser; times are read and written in UTC. */
    Connection connect() throws SQLException;

    /** Another database of the same server, whether it is there yet or not. */
    Database beside(String other);

    /** What client programs need in their environment to reach this database ({@code PGHOST} and so on). */
    Map<String, String> environment();

    /** The settings that differ from a production server's (say {@code fsync=off}), for the report. */
    Map<String, String> tuning();
}
