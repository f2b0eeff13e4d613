package dev.muster.orchestrator.remote;

import dev.muster.drill.Progress;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.WorkDone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's end of the conversation: takes one order, does it, and tells of it to whoever asks at its socket. It goes
 * on while nobody listens.
 */
public final class WorkerDesk {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerDesk.class);
    /** So long a conversation is silent before it says that it is there: a line that nobody holds any more breaks. */
    private static final long SILENCE_MILLISECONDS = 5_000;

    private final WorkerSecrets secrets;
    private final String version;
    private final Clock clock;
    private final Doing doing;
    private final Sayings sayings = new Sayings(System::nanoTime);
    private final Questions questions;
    private final Cancellation cancellation = new Cancellation();
    private boolean begun;

    /** @param secrets the folder with the secrets of this drill, a file each */
    public WorkerDesk(Path secrets, String version, Clock clock, Doing doing) {
        this.secrets = new WorkerSecrets(secrets);
        this.questions = new Questions(sayings, this.secrets);
        this.version = version;
        this.clock = clock;
        this.doing = doing;
    }

    /** Does the work of an order. */
    public interface Doing {
        WorkDone carryOut(Task task, Outside outside, Cancellation cancellation, Progress progress);
    }

    /**
     * Answers until the thread is interrupted.
     *
     * @param folder for the socket, {@code socket}, and for what the work needs beside
     */
    public void serve(Path folder) throws IOException {
        Path socket = folder.resolve("socket");
        Files.deleteIfExists(socket);
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(UnixDomainSocketAddress.of(socket));
            while (!Thread.currentThread().isInterrupted()) {
                SocketChannel guest = door.accept();
                daemon("conversation", () -> converse(guest, folder));
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private void converse(SocketChannel guest, Path folder) {
        try (guest;
                BufferedReader hears = new BufferedReader(Channels.newReader(guest, StandardCharsets.UTF_8));
                Writer says = Channels.newWriter(guest, StandardCharsets.UTF_8)) {
            Lines lines = new Lines(hears);
            Told first = Wire.read(lines.next().orElseThrow(), Told.class);
            if (!(first instanceof Told.Work work)) {
                throw new IOException("a conversation begins with an order");
            }
            begin(work, folder);
            daemon("hearing", () -> hear(lines, guest));
            tell(says, new Said.Numbered(0, new Said.Ready(version, clock.instant())));
            for (Said.Asks lost : questions.open()) {
                tell(says, new Said.Numbered(0, lost));
            }
            for (long heard = work.heard(); ; ) {
                Optional<Said.Numbered> next = sayings.after(heard, SILENCE_MILLISECONDS);
                if (next.isPresent()) {
                    tell(says, next.get());
                    heard = next.get().number();
                } else {
                    says.write('\n');
                    says.flush();
                }
            }
        } catch (IOException | RuntimeException brokenOff) {
            LOG.debug("a conversation broke off", brokenOff);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Writer says, Said.Numbered what) throws IOException {
        says.write(Wire.line(what, Said.Numbered.class));
        says.write('\n');
        says.flush();
    }

    private void hear(Lines lines, SocketChannel guest) {
        try (guest) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                Told told = Wire.read(line.get(), Told.class);
                if (told instanceof Told.Answers answers) {
                    questions.answered(answers.question(), answers.answer());
                } else if (told instanceof Told.Cancels cancels) {
                    cancellation.cancel(cancels.reason());
                }
            }
        } catch (IOException | RuntimeException brokenOff) {
            LOG.debug("a conversation broke off", brokenOff);
        }
    }

    private synchronized void begin(Told.Work work, Path folder) throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        Task task = new Task(
                work.order(),
                work.vaults().stream().map(secrets::vault).toList(),
                secrets,
                Programs.written(work.programs(), folder));
        daemon("work", () -> sayings.say(new Said.Ended(doing.carryOut(task, questions, cancellation, sayings))));
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
