package dev.muster.scratch;

import dev.muster.drill.TeardownReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends what runs in a scratch, deletes its files, and forgets it last, so that a crash in between loses nothing. */
final class Removal {
    private static final Duration TO_STOP = Duration.ofSeconds(5);
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final long LARGEST = 4096;

    private final Markers markers;
    private final Clock clock;

    Removal(Markers markers, Clock clock) {
        this.markers = markers;
        this.clock = clock;
    }

    TeardownReceipt remove(String id, Path place) {
        List<String> left = new ArrayList<>();
        Processes processes = new Processes(place);
        end(processes, place, left);
        new Tree(place).delete().forEach(path -> left.add(path.toString()));
        new Tree(SocketFolder.elsewhere(place)).delete().forEach(path -> left.add(path.toString()));
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && left.isEmpty()) {
            left.add(place.toString());
        }
        if (left.isEmpty()) {
            forget(id, left);
        }
        return new TeardownReceipt(id, place.toString(), left.isEmpty(), clock.instant(), left);
    }

    /** A cancelled drill is removed like any other, so an interrupt does not keep this from its end. */
    private static void end(Processes processes, Path place, List<String> left) {
        try {
            if (!Undisturbed.call(() -> ended(processes, place))) {
                processes.running().forEach(process -> left.add("process " + process));
            }
        } catch (IOException failed) {
            left.add("processes in " + place + ": " + failed);
        }
    }

    private static boolean ended(Processes processes, Path place) throws InterruptedException {
        Optional<Long> server = server(place).filter(processes.running()::contains);
        // PostgreSQL frees its shared memory only when it is asked to stop, at once though it may be.
        if (server.isPresent()
                && Answer.of(List.of("sh", "-c", "kill -QUIT \"$1\"", "sh", String.valueOf(server.get())))
                        .isPresent()) {
            processes.goneWithin(TO_STOP);
        }
        return processes.killedWithin(TO_DIE);
    }

    private static Optional<Long> server(Path place) {
        Path file = place.resolve(LocalDatabase.FOLDER).resolve("postmaster.pid");
        try {
            // What ran in the scratch may have put anything there.
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < LARGEST
                    ? Files.readString(file, StandardCharsets.ISO_8859_1)
                            .lines()
                            .findFirst()
                            .map(Long::valueOf)
                    : Optional.empty();
        } catch (IOException | NumberFormatException noServer) {
            return Optional.empty();
        }
    }

    private void forget(String id, List<String> left) {
        try {
            markers.remove(id);
        } catch (IOException failed) {
            left.add("marker of " + id + ": " + failed);
        }
    }
}
