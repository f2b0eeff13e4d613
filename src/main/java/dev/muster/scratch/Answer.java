package dev.muster.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a short command of the machine says when it is asked. */
final class Answer {
    private Answer() {}

    /** The command's output; empty when there is no such command, or when it says no. */
    static Optional<String> of(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Undisturbed.call(process::waitFor) == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
