package dev.muster.check.application;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A program that the settings name, where the scratch's user can run it. */
final class ProgramFile {
    private ProgramFile() {}

    /** The file itself, or a copy in the scratch when it lies in a folder that is closed to others. */
    static Path within(Scratch scratch, Path program) {
        if (!Files.isExecutable(program)) {
            throw new CouldNotRun(new Problem(
                    "There is no program that can be run at " + program,
                    program.toString(),
                    "Correct its path under `programs` in the settings, or make it executable with `chmod +x`."));
        }
        try {
            return open(program) ? program : brought(scratch, program);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The program could not be brought into the scratch: " + failed,
                            program.toString(),
                            "Put it where every user of this machine may run it."),
                    failed);
        }
    }

    private static boolean open(Path program) throws IOException {
        Path real = program.toRealPath();
        boolean open =
                others(real).containsAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE));
        for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
            open &= others(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        return open;
    }

    private static Set<PosixFilePermission> others(Path path) throws IOException {
        return Files.getPosixFilePermissions(path);
    }

    private static Path brought(Scratch scratch, Path program) throws IOException {
        Path copy = scratch.folder("programs").resolve(program.getFileName().toString());
        Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        scratch.handOver(copy);
        return copy;
    }
}
