package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A stopped server's files, opened by one process that nobody can connect to: the way to a superuser of our own in a
 * server whose passwords are production's, without a moment at which others could come in.
 */
final class SingleUser {
    /** The statements come from a file, since a command line is seen by everyone. */
    private static final String FED_FROM_A_FILE = "exec \"$0\" --single -D \"$1\" -c log_min_error_statement=panic"
            + " -c log_statement=none -c password_encryption=scram-sha-256 template1 < \"$2\"";

    private final LocalScratch scratch;
    private final Path programs;
    private final Path data;

    SingleUser(LocalScratch scratch, Path programs, Path data) {
        this.scratch = scratch;
        this.programs = programs;
        this.data = data;
    }

    void makeSuperuser(String name, Secret password) throws IOException, InterruptedException {
        Path statements = scratch.folder("superuser").resolve("statements");
        Files.createFile(
                statements, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            // The role may have been there: the first statement may fail, the second may not.
            Files.writeString(
                    statements,
                    "create role " + name + "\nalter role " + name
                            + " superuser login connection limit -1 valid until 'infinity' password '"
                            + password.reveal() + "'\n");
            scratch.handOver(statements);
            Finished finished = scratch.run(new Program(
                    List.of(
                            "sh",
                            "-c",
                            FED_FROM_A_FILE,
                            programs.resolve("postgres").toString(),
                            data.toString(),
                            statements.toString()),
                    Map.of(),
                    line -> {}));
            if (!finished.succeeded()) {
                List<String> said = finished.lastLines();
                throw new CouldNotRun(new Problem(
                        "The recovered server could not be opened: "
                                + String.join(" / ", said.subList(Math.max(0, said.size() - 3), said.size())),
                        data.toString(),
                        "Run the drill again; if this happens again, `muster doctor` looks at this machine."));
            }
        } finally {
            Files.deleteIfExists(statements);
        }
    }
}
