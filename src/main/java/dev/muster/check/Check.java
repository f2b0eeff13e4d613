package dev.muster.check;

import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.io.IOException;
import java.sql.SQLException;

/** A question to the restored system. A new one is a class of its own and a line in {@link Checks#shipped}. */
public interface Check {

    /** The check's name, as runbooks and reports write it. */
    String name();

    /** The group of checks that it belongs to; a runbook step asks a whole group or a single check. */
    String group();

    /** Whether it asks the restored database, and so cannot be asked when that did not come back. */
    default boolean asksDatabase() {
        return true;
    }

    /** Whether it compares with what was known of the system before the drill. */
    default boolean looksBack() {
        return false;
    }

    /** Whether the restored system has what the question is about; another check of the group says when not. */
    default boolean concerns(Step.Check step, Subject subject) throws SQLException, InterruptedException {
        return true;
    }

    /** Asks. An exception means that the question could not be put, never that the system passed. */
    Answer ask(Step.Check step, Subject subject, Progress progress)
            throws SQLException, IOException, InterruptedException;
}
