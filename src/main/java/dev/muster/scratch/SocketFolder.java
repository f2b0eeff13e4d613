package dev.muster.scratch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a scratch's socket files lie: in the scratch, or where their paths are not longer than such a path may be. */
final class SocketFolder {
    private static final int LONGEST = 107;
    private static final String LONGEST_NAME = "/.s.PGSQL.65535";

    private SocketFolder() {}

    static Path of(Path place) {
        Path within = place.resolve("s");
        return (within + LONGEST_NAME).getBytes(StandardCharsets.UTF_8).length <= LONGEST ? within : elsewhere(place);
    }

    /** By the scratch's name, so that its removal needs to know no more than that. */
    static Path elsewhere(Path place) {
        return Path.of("/tmp", "muster-" + place.getFileName());
    }
}
