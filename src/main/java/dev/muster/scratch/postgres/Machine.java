package dev.muster.scratch.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where programs lie and can be asked for their version. */
public interface Machine {

    /** Whether there is a program at this path that can be run. */
    boolean has(Path program);

    /** What the program says when it is asked for its version; empty when it says nothing. */
    String versionOf(Path program);

    /** The machine that this process runs on. */
    static Machine thisOne() {
        return new Machine() {
            @Override
            public boolean has(Path program) {
                return Files.isExecutable(program);
            }

            @Override
            public String versionOf(Path program) {
                try {
                    Process process = new ProcessBuilder(program.toString(), "--version")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    process.getOutputStream().close();
                    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException cannotRun) {
                    return "";
                }
            }
        };
    }
}
