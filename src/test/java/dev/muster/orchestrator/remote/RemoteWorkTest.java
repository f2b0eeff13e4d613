package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.backup.VaultSettings;
import dev.muster.check.Checks;
import dev.muster.check.comparison.Background;
import dev.muster.check.erasure.ErasureList;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.WorkOrder;
import dev.muster.runbook.RunbookReader;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Served;
import dev.muster.scratch.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the conversation, over a real socket that can be cut. */
class RemoteWorkTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String VERSION = "1.0";

    @TempDir
    private Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger cutOffs = new AtomicInteger();
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private Line line;
    private Optional<Thread> desk = Optional.empty();

    @BeforeEach
    void open_line() {
        line = new Line(folder.resolve("socket"));
    }

    @AfterEach
    void close_desk() {
        mayGoOn.countDown();
        desk.ifPresent(Thread::interrupt);
    }

    @Test
    void what_the_worker_says_comes_over_in_order_and_so_does_what_it_observed() throws Exception {
        serve(VERSION, (task, outside, stop, progress) -> {
            progress.begins(Stage.FETCH);
            progress.advances("fetch: database", 5, 10, Progress.Unit.BYTES);
            progress.advances("fetch: database", 6, 10, Progress.Unit.BYTES);
            progress.advances("fetch: database", 10, 10, Progress.Unit.BYTES);
            progress.says("vault at " + task.vaults().get(0).endpoint().orElseThrow());
            return done(Map.of("order", task.order().drill()), new WorkDone.Ended.Whole());
        });

        WorkDone done = work();

        assertThat(heard)
                .containsExactly(
                        "FETCH",
                        "fetch: database 5 of 10",
                        "fetch: database 10 of 10",
                        "vault at http://vault.inside:9000");
        assertThat(done.environment()).containsEntry("order", "drill-1").containsKey("clock of the scratch's node");
        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Whole());
    }

    @Test
    void a_conversation_that_breaks_off_is_taken_up_where_it_did() throws Exception {
        CountDownLatch halfway = new CountDownLatch(1);
        serve(VERSION, (task, outside, stop, progress) -> {
            for (int number = 0; number < 50; number++) {
                progress.says("line " + number);
                if (number == 25) {
                    halfway.countDown();
                    await().until(() -> mayGoOn.getCount() == 0);
                }
            }
            return done(Map.of(), new WorkDone.Ended.Whole());
        });
        Thread cutter = new Thread(() -> {
            await().until(() -> heard.contains("line 25"));
            line.cut(2);
            mayGoOn.countDown();
        });
        cutter.start();

        work();

        assertThat(halfway.getCount()).isZero();
        assertThat(line.opened.get()).isGreaterThan(1);
        assertThat(heard)
                .hasSize(50)
                .doesNotHaveDuplicates()
                .startsWith("line 0")
                .endsWith("line 49");
    }

    @Test
    void a_question_whose_answer_was_lost_is_answered_again_and_not_done_twice() throws Exception {
        line.deafen();
        serve(VERSION, (task, outside, stop, progress) -> {
            try {
                outside.cutOff();
                progress.says("cut off");
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return done(Map.of(), new WorkDone.Ended.Whole());
        });
        Thread cutter = new Thread(() -> {
            await().until(() -> cutOffs.get() == 1);
            line.hear();
            line.cut(0);
        });
        cutter.start();

        work();

        assertThat(heard).containsExactly("cut off");
        assertThat(cutOffs).hasValue(1);
    }

    @Test
    void a_question_that_cannot_be_answered_is_a_problem_of_the_worker() throws Exception {
        serve(VERSION, (task, outside, stop, progress) -> {
            try {
                outside.baseline(Instant.EPOCH);
                return done(Map.of(), new WorkDone.Ended.Whole());
            } catch (CouldNotRun unable) {
                return done(Map.of(), new WorkDone.Ended.Unable(unable.problem()));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });

        assertThat(work().ended())
                .isEqualTo(new WorkDone.Ended.Unable(new Problem("There is no baseline", "here", "Make one.")));
    }

    @Test
    void a_cancel_reaches_the_worker_and_what_it_had_observed_comes_back() throws Exception {
        serve(VERSION, (task, outside, stop, progress) -> {
            progress.says("working");
            await().until(() -> stop.reason().isPresent());
            return done(
                    Map.of("seen", "half"),
                    new WorkDone.Ended.Stopped(stop.reason().orElseThrow()));
        });
        Thread canceller = new Thread(() -> {
            await().until(() -> heard.contains("working"));
            cancellation.cancel("enough");
        });
        canceller.start();

        WorkDone done = work();

        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Stopped("enough"));
        assertThat(done.environment()).containsEntry("seen", "half");
    }

    @Test
    void a_worker_that_is_gone_is_said_to_be_at_once() throws Exception {
        serve(VERSION, (task, outside, stop, progress) -> {
            line.gone(new Problem("The pod was killed", "pod drill", "Give it more memory."));
            await().until(() -> mayGoOn.getCount() == 0);
            return done(Map.of(), new WorkDone.Ended.Whole());
        });

        assertThatThrownBy(this::work).isInstanceOf(CouldNotRun.class).hasMessageContaining("The pod was killed");
    }

    @Test
    void what_goes_wrong_within_is_explained_by_what_is_seen_from_outside_a_moment_later() throws Exception {
        Problem within = new Problem("The container has ended in the middle of the work", "database", "See why.");
        Problem outside = new Problem("The container was killed (OOMKilled)", "pod drill, container database", "More.");
        serve(VERSION, (task, asked, stop, progress) -> {
            line.gone(outside, 8);
            return done(Map.of("seen", "half"), new WorkDone.Ended.Unable(within));
        });

        WorkDone done = work();

        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Unable(outside));
        assertThat(done.environment()).containsEntry("seen", "half");
    }

    @Test
    void a_worker_of_another_version_is_refused() throws Exception {
        serve("0.9", (task, outside, stop, progress) -> done(Map.of(), new WorkDone.Ended.Whole()));

        assertThatThrownBy(this::work)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The worker is Muster 0.9, and this is Muster 1.0");
    }

    @Test
    void a_worker_that_talks_rubbish_is_given_up_when_the_drill_s_time_is_over() {
        line.says("rubbish\n{\"number\":1,\"said\":{\"is\":\"Runtime\"}}\n");

        assertThatThrownBy(() -> work(CLOCK.instant().minusSeconds(19)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("time to live was over");
    }

    private void serve(String version, WorkerDesk.Doing doing) throws IOException {
        Files.writeString(folder.resolve("vault.primary.access-key"), "key");
        WorkerDesk served = new WorkerDesk(folder, version, CLOCK, doing);
        Thread thread = new Thread(() -> {
            try {
                served.serve(folder);
            } catch (IOException closed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        desk = Optional.of(thread);
    }

    @Test
    void a_program_that_the_settings_name_is_carried_to_where_the_application_starts() throws Exception {
        serve(VERSION, (task, outside, stop, progress) -> {
            try {
                Path carried = task.programs().get("odoo");
                progress.says(Files.readString(carried) + Files.isExecutable(carried));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return done(Map.of(), new WorkDone.Ended.Whole());
        });

        work();

        assertThat(heard).containsExactly("the program true");
    }

    private WorkDone work() throws Exception {
        return work(CLOCK.instant().plus(Duration.ofMinutes(5)));
    }

    private WorkDone work(Instant end) throws Exception {
        Path program = Files.writeString(folder.resolve("program of the settings"), "the program ");
        VaultSettings vault = new VaultSettings(
                "primary", Optional.empty(), "eu-central-1", "acme", true, Optional.empty(), Optional.empty());
        RemoteWork remote = new RemoteWork(
                Map.of("primary", vault),
                Map.of("primary", URI.create("http://vault.inside:9000")),
                Map.of("odoo", program),
                VERSION,
                CLOCK);
        DrillRequest request = new DrillRequest(
                new RunbookReader(Set.of("primary"), Checks.shipped(CLOCK).groups())
                        .read(Path.of("runbooks/odoo-monthly.yaml"), Map.of())
                        .runbook()
                        .orElseThrow(),
                CLOCK.instant(),
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
        WorkOrder order = new WorkOrder(
                "drill-1",
                request,
                CLOCK.instant(),
                end,
                new RecoveryPoint(CLOCK.instant(), Map.of(), List.of()),
                List.of());
        return remote.work(order, line, new Answering(), cancellation, new Heard());
    }

    private static WorkDone done(Map<String, String> environment, WorkDone.Ended ended) {
        return new WorkDone(
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                environment,
                Optional.empty(),
                "",
                ended);
    }

    /** A line to the worker's socket that can be cut. */
    private static final class Line implements Worker {
        final AtomicInteger opened = new AtomicInteger();
        private final Path socket;
        private final AtomicInteger unseen = new AtomicInteger();
        private volatile Optional<Problem> gone = Optional.empty();
        private volatile Optional<String> always = Optional.empty();
        private volatile boolean deaf;
        private final AtomicInteger refuse = new AtomicInteger();
        private volatile Optional<SocketChannel> last = Optional.empty();

        Line(Path socket) {
            this.socket = socket;
        }

        void cut(int refused) {
            refuse.set(refused);
            last.ifPresent(channel -> {
                try {
                    channel.close();
                } catch (IOException closed) {
                    throw new IllegalStateException(closed);
                }
            });
        }

        void gone(Problem why) {
            gone(why, 0);
        }

        /** It is seen only after having been looked for so often. */
        void gone(Problem why, int looks) {
            unseen.set(looks);
            gone = Optional.of(why);
        }

        void says(String text) {
            always = Optional.of(text);
        }

        void deafen() {
            deaf = true;
        }

        void hear() {
            deaf = false;
        }

        @Override
        public Conversation talk() throws IOException {
            if (refuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("the line is cut");
            }
            opened.incrementAndGet();
            if (always.isPresent()) {
                return new Open(
                        new java.io.ByteArrayInputStream(
                                always.get().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream(),
                        () -> {});
            }
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException notYet) {
                channel.close();
                throw notYet;
            }
            last = Optional.of(channel);
            boolean mute = deaf;
            OutputStream out = new Into(channel);
            return new Open(
                    Channels.newInputStream(channel), mute ? new FirstLineOnly(out) : out, () -> channel.close());
        }

        @Override
        public Optional<Problem> gone() {
            return gone.filter(why -> unseen.getAndUpdate(left -> Math.max(0, left - 1)) == 0);
        }

        @Override
        public void cutOff() {
            throw new AssertionError("whoever answers does that");
        }

        @Override
        public Companions companions() {
            throw new AssertionError("whoever answers knows them");
        }

        private interface Closing {
            void close() throws IOException;
        }

        private record Open(InputStream hears, OutputStream says, Closing closing) implements Conversation {
            @Override
            public void close() {
                try {
                    closing.close();
                } catch (IOException closed) {
                    throw new IllegalStateException(closed);
                }
            }
        }

        /** The JDK's own stream into a channel waits until nobody reads from it. */
        private static final class Into extends OutputStream {
            private final SocketChannel channel;

            Into(SocketChannel channel) {
                this.channel = channel;
            }

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
        }

        /** Loses all but the first line. */
        private static final class FirstLineOnly extends OutputStream {
            private final OutputStream out;
            private boolean over;

            FirstLineOnly(OutputStream out) {
                this.out = out;
            }

            @Override
            public void write(int one) throws IOException {
                if (!over) {
                    out.write(one);
                    over = one == '\n';
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        }
    }

    private final class Answering implements Outside {
        @Override
        public void cutOff() {
            cutOffs.incrementAndGet();
        }

        @Override
        public Secret password() {
            return new Secret("known to both");
        }

        @Override
        public Served start(String application, Map<String, String> blanks, OptionalInt port) {
            return Served.not(new Problem("Nothing runs beside", application, "Start it by hand."), List.of());
        }

        @Override
        public Served recover(RecoveryTarget target) {
            return Served.not(new Problem("Nothing recovers beside", "here", "Restore it by hand."), List.of());
        }

        @Override
        public List<CheckResult> askVaults() {
            return List.of();
        }

        @Override
        public Background.Known baseline(Instant point) {
            throw new CouldNotRun(new Problem("There is no baseline", "here", "Make one."));
        }

        @Override
        public Optional<Census> lastCensus(Instant point) {
            return Optional.empty();
        }

        @Override
        public Erased erased(Erasure.Listing listing) {
            return new Erased(new ErasureList("here", "digest", List.of()), Map.of());
        }
    }

    private final class Heard implements Progress {
        @Override
        public void begins(Stage stage) {
            heard.add(stage.name());
        }

        @Override
        public void advances(String work, long done, long total, Unit unit) {
            heard.add(work + " " + done + " of " + total);
        }

        @Override
        public void says(String said) {
            heard.add(said);
        }
    }
}
