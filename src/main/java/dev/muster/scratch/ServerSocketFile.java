package dev.muster.scratch;

import java.nio.file.Path;

/** The socket file that a PostgreSQL server listens on, as PostgreSQL names it: by folder and port. */
record ServerSocketFile(Path folder, int port) {
    Path file() {
        return folder.resolve(".s.PGSQL." + port);
    }
}
