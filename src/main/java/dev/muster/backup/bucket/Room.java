package dev.muster.backup.bucket;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the disk that is fetched onto. */
final class Room {
    private Room() {}

    /** Says no before the first byte of what cannot fit. */
    static void demand(Path file, String name, long needed) {
        long free;
        try {
            free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        } catch (IOException e) {
            // Whether there is room is seen when it is written to.
            return;
        }
        if (free < needed) {
            throw new CouldNotRun(new Problem(
                    "The disk is full: " + name + " needs " + needed + " more bytes, " + free + " are free",
                    file.toString(),
                    "Make room there, or put `home` on a larger disk in the settings. Scratches that were left behind"
                            + " are listed by: muster scratch list"));
        }
    }
}
