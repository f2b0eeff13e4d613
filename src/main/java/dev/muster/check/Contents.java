package dev.muster.check;

import java.sql.Connection;
import java.sql.SQLException;

/** Something in a database that is read from its beginning to its end. */
interface Contents {
    String name();

    /** Whether the restored system made it, and not the server. */
    boolean own();

    /** Reads all of it, and says how many rows or bytes there were. */
    long read(Connection connection) throws SQLException;

    /** Where in it the first part lies that cannot be read, as words to put behind its name. */
    String region(Connection connection) throws SQLException;
}
