package dev.muster.restore.server;

import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.drill.BadBackup;
import java.io.IOException;

/** A copy of all of a server's files: one class for each format that keeps such copies. */
public interface ServerCopy {

    /** Puts the files back into the scratch's server folder, verified, and says which log they need. */
    LogRange restore() throws IOException, BadBackup, InterruptedException;

    /** How the log is encrypted that follows the copy; known once it is restored. */
    default LogSeal logSeal() {
        return LogSeal.NONE;
    }
}
