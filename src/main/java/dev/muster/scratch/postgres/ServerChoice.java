package dev.muster.scratch.postgres;

import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.Optional;

/** Which PostgreSQL server a scratch on this machine would get for one major version. */
public sealed interface ServerChoice {

    /** The choice as a reader of a plan sees it. */
    String description();

    /** Why there is no server; empty when there is one. */
    Optional<Problem> problem();

    /** A server that is installed on this machine. */
    record Installed(Path programs, int major, String version) implements ServerChoice {
        @Override
        public String description() {
            return "PostgreSQL " + version + " in " + programs;
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.empty();
        }
    }

    /** The server that comes with Muster. */
    record Included(int major) implements ServerChoice {
        @Override
        public String description() {
            return "PostgreSQL " + major + " that comes with Muster";
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.empty();
        }
    }

    /** There is none. */
    record Missing(Problem reason) implements ServerChoice {
        @Override
        public String description() {
            return reason.what();
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.of(reason);
        }
    }
}
