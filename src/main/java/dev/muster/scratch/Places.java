package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where scratches lie: in the folder that the settings name, else below Muster's home, else, when home is closed to the
 * user that the programs run as, below {@code /var/lib/muster}. The servers that come with Muster are unpacked below
 * home, or there for the same reason.
 */
record Places(Path home, Optional<Path> folder) {
    private static final Path OPEN_HOME = Path.of("/var/lib/muster");

    Path markers() {
        return home.resolve("scratches");
    }

    Path scratches(Account account) {
        if (folder.isEmpty()) {
            return reachable("scratches", account);
        }
        Path chosen = made(folder.get());
        if (!account.reaches(chosen)) {
            throw new CouldNotRun(new Problem(
                    "The user " + account.name() + ", who runs the scratch's programs, cannot enter the scratch folder",
                    chosen.toString(),
                    "Open the folder and those above it to that user with `chmod o+x`,"
                            + " or set scratch.folder to another one."));
        }
        return chosen;
    }

    Path servers(Account account) {
        return reachable("postgres", account);
    }

    private Path reachable(String name, Account account) {
        Path below = made(home.resolve(name));
        return account.reaches(below) ? below : made(OPEN_HOME.resolve(name));
    }

    /** Folders that are made here are open to all, whatever the file mask says: each scratch in them is closed. */
    private static Path made(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return path.toRealPath();
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The folder for scratches cannot be made: " + failed,
                            path.toString(),
                            "Make it by hand for the user that runs Muster, set scratch.folder to another one,"
                                    + " or choose another home with --home DIR."),
                    failed);
        }
    }
}
