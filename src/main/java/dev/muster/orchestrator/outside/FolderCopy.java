package dev.muster.orchestrator.outside;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Checkpoints;
import dev.muster.ledger.Destination;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts checkpoints into a folder, such as one on a disk that can be written to once. Nothing there is replaced. */
public record FolderCopy(Path folder) implements Destination {
    @Override
    public String name() {
        return "the folder " + folder;
    }

    @Override
    public void put(Checkpoint checkpoint) {
        Path file = folder.resolve(Checkpoints.name(checkpoint));
        try {
            Files.writeString(file, checkpoint.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            keepOrRefuse(file, checkpoint);
        } catch (IOException failed) {
            throw unable(file, failed.toString(), failed);
        }
    }

    private static void keepOrRefuse(Path file, Checkpoint checkpoint) {
        try {
            if (!Files.readString(file).equals(checkpoint.text())) {
                throw new CouldNotRun(new Problem(
                        "Another checkpoint lies where this one belongs",
                        file.toString(),
                        "Of one size and instant there is one checkpoint only: compare both with"
                                + " `muster ledger verify --since " + file + "`, and keep both."));
            }
        } catch (IOException failed) {
            throw unable(file, failed.toString(), failed);
        }
    }

    private static CouldNotRun unable(Path file, String why, IOException cause) {
        return new CouldNotRun(
                new Problem(
                        "The checkpoint could not be put outside (" + why + ")",
                        file.toString(),
                        "See that the folder is mounted, and that the user who runs Muster may write to it. It is tried"
                                + " again with the next checkpoint."),
                cause);
    }
}
