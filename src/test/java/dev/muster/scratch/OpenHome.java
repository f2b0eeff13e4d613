package dev.muster.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Homes of Muster for tests: a temporary folder is closed to other users, which a home need not be. */
final class OpenHome {
    private OpenHome() {}

    static Path in(Path temporary) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return temporary.resolve("home");
    }
}
