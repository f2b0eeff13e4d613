package dev.muster.scratch.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Finds the scripts that lie beside the tests. */
final class Script {
    private Script() {}

    /** Its text, for a shell. */
    static String named(String name) throws IOException {
        try (InputStream script = Objects.requireNonNull(Script.class.getResourceAsStream(name))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
