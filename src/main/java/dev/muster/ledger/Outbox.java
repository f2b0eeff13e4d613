package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checkpoints on their way out: each waits on disk until its destination has it. */
public final class Outbox {
    private static final String NAME = "destination";
    private static final int DIGITS = 16;

    private final Path folder;

    Outbox(Path folder) {
        this.folder = folder;
    }

    /** Puts a checkpoint, and before it whatever still waits, to each destination; what went wrong, for each one. */
    public List<Problem> send(Checkpoint checkpoint, List<Destination> destinations) throws InterruptedException {
        List<Problem> troubles = new ArrayList<>();
        for (Destination destination : destinations) {
            try {
                Checkpoints waiting = waiting(destination);
                waiting.keep(checkpoint);
                for (Checkpoint each : waiting.all()) {
                    destination.put(each);
                    waiting.remove(each);
                }
            } catch (CouldNotRun unable) {
                troubles.add(unable.problem());
            } catch (RuntimeException unforeseen) {
                // Nobody here answers for what a server says, and no drill may be lost to it.
                troubles.add(new Problem(
                        "The checkpoint was not put there: unforeseen trouble, " + unforeseen,
                        destination.name(),
                        "Run `muster ledger checkpoint --heartbeat --verbose` to try again, and report it."));
            } catch (IOException failed) {
                troubles.add(new Problem(
                        "The checkpoint for " + destination.name() + " could not be kept (" + failed + ")",
                        folder.toString(),
                        "Make the folder writable for the user who runs Muster, with room on its disk."));
            }
        }
        return List.copyOf(troubles);
    }

    private Checkpoints waiting(Destination destination) throws IOException {
        byte[] name = destination.name().getBytes(StandardCharsets.UTF_8);
        Path own = folder.resolve(EventLine.digest(name).substring(0, DIGITS));
        Files.createDirectories(own);
        Files.write(own.resolve(NAME), name);
        return new Checkpoints(own);
    }

    /** What still waits, a sentence for each destination that does not have everything. */
    public List<Problem> waiting() {
        List<Problem> waiting = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
            for (Path own : each) {
                List<Checkpoint> late = new Checkpoints(own).all();
                if (!late.isEmpty()) {
                    waiting.add(late(Files.readString(own.resolve(NAME)), own, late));
                }
            }
        } catch (IOException | DirectoryIteratorException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "What waits to be put outside cannot be listed (" + failed + ")",
                            folder.toString(),
                            "Make the folder readable for the user who runs Muster."),
                    failed);
        }
        return List.copyOf(waiting);
    }

    private static Problem late(String destination, Path own, List<Checkpoint> late) {
        return new Problem(
                late.size() + (late.size() == 1 ? " checkpoint waits" : " checkpoints wait") + " for " + destination
                        + ", the first since " + late.get(0).at(),
                own.toString(),
                "They are put there with the next one: `muster ledger checkpoint --heartbeat`. If the destination is no"
                        + " longer in the settings, remove the folder.");
    }
}
