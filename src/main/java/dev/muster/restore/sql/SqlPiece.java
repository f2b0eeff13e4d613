package dev.muster.restore.sql;

/** One piece of an SQL script. */
sealed interface SqlPiece {

    /** The line of the script on which the piece begins. */
    long line();

    /** A statement without its semicolon. */
    record Statement(long line, String text) implements SqlPiece {}

    /** A line that begins with a backslash: not SQL, but an order to psql. */
    record Order(long line, String text) implements SqlPiece {

        /** The order's name, backslash included. */
        String name() {
            int space = text.indexOf(' ');
            return space < 0 ? text : text.substring(0, space);
        }

        String argument() {
            return text.substring(name().length()).trim();
        }
    }
}
