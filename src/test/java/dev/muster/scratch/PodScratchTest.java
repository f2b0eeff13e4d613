package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scratch that a pod is, with processes of this machine for the pod's other containers. */
class PodScratchTest extends SiteContract<PodScratchTest.Pod> {
    @TempDir
    private Path temporary;

    private final AtomicInteger pods = new AtomicInteger();

    @Override
    Pod open(ScratchPlan plan) throws Exception {
        return open(plan, new PodNetwork(Optional.empty(), List.of(), List.of(), List.of()));
    }

    private Pod open(ScratchPlan plan, PodNetwork network) throws Exception {
        OpenHome.in(temporary);
        Path folder = Files.createDirectory(temporary.resolve("p" + pods.incrementAndGet()));
        Container database = Container.start(folder, PodScratches.DATABASE, List.of("sh"));
        Files.createDirectories(temporary.resolve("markers"));
        return new Pod(
                folder,
                database,
                new PodScratches(folder, Duration.ofSeconds(20)).within("muster-drill-1", plan, false, network));
    }

    @Override
    Scratch within(Pod site) {
        return site.scratch();
    }

    @Test
    void finds_the_programs_of_the_database_image_and_asks_them_for_their_version() throws Exception {
        Scratch scratch = within(open());

        Path restore = scratch.client("pg_restore", MAJOR).orElseThrow();

        assertThat(scratch.run(new Program(List.of(restore.toString(), "--version"), Map.of(), line -> {}))
                        .lastLines())
                .singleElement()
                .asString()
                .contains("(PostgreSQL) " + MAJOR);
        assertThat(scratch.client("pg_restore", 99)).isEmpty();
        assertThat(scratch.client("no-such-client", MAJOR)).isEmpty();
    }

    @Test
    void refuses_an_image_that_has_another_server_than_the_plan() throws Exception {
        Scratch scratch = within(open());

        assertThatThrownBy(() -> scratch.startDatabase(99, "erp"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The image of the container database has no PostgreSQL 99")
                .hasMessageContaining("what it has is PostgreSQL " + MAJOR + ".");
    }

    @Test
    void says_of_a_killed_program_that_memory_may_be_the_reason() throws Exception {
        Finished finished = within(open()).run(program("echo working; kill -KILL $$"));

        assertThat(finished.exit()).isEqualTo(137);
        assertThat(finished.lastLines().get(0)).isEqualTo("working");
        assertThat(finished.lastLines().get(1))
                .startsWith("killed (exit code 137)")
                .contains("memory of the container database");
    }

    @Test
    void names_the_container_that_ended_under_a_program() throws Exception {
        Pod pod = open();
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<Finished> run = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return within(pod)
                                .run(new Program(
                                        List.of("sh", "-c", "echo working; exec sleep 300"),
                                        Map.of(),
                                        line -> working.countDown()));
                    } catch (InterruptedException cancelled) {
                        throw new CompletionException(cancelled);
                    }
                },
                task -> new Thread(task).start());
        working.await();

        pod.database().end();

        assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
    }

    @Test
    void runs_what_is_of_muster_itself_where_muster_is() throws Exception {
        Scratch scratch = within(open());
        int port = scratch.freePort();
        CountDownLatch listening = new CountDownLatch(1);

        Running echo = scratch.start(new JavaProgram(Echo.class, List.of())
                .in(scratch, List.of(String.valueOf(port)), line -> listening.countDown()));
        listening.await();

        assertThat(scratch.reach(port)).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        assertThat(scratch.reach(port)).satisfies(way -> new Socket(way.getAddress(), way.getPort()).close());
        echo.stop();
        assertThat(echo.exit()).isNotEmpty();
    }

    @Test
    void is_cut_off_when_a_program_in_it_reaches_nothing() throws Exception {
        ServerSocket vault = listening();
        ServerSocket closed = listening();
        closed.close();
        PodNetwork network =
                new PodNetwork(Optional.of(place(closed)), List.of(place(vault)), List.of(place(closed)), List.of());
        vault.close();

        Scratch scratch = within(opened(open(plan(), network)));

        assertThat(scratch.exposed()).isEmpty();
        assertThat(scratch.network()).startsWith("cut off: ").contains("the vault at " + place(vault));
        assertThat(scratch.nextDoor()).contains(place(closed));
    }

    @Test
    void is_exposed_where_the_cluster_ignores_policies() throws Exception {
        try (ServerSocket cluster = listening();
                ServerSocket vault = listening()) {
            PodNetwork network =
                    new PodNetwork(Optional.of(place(cluster)), List.of(place(vault)), List.of(), List.of());

            Scratch scratch = within(opened(open(plan(), network)));

            assertThat(scratch.exposed().orElseThrow().what())
                    .startsWith("This cluster does not enforce NetworkPolicies")
                    .contains("the cluster's API server at " + place(cluster));
            assertThat(scratch.network()).startsWith("not cut off, because: ");
        }
    }

    @Test
    void is_exposed_as_long_as_what_was_lent_for_fetching_is_not_taken_back() throws Exception {
        ServerSocket vault = listening();
        PodNetwork network = new PodNetwork(Optional.empty(), List.of(place(vault)), List.of(), List.of());
        Scratch scratch = within(opened(open(plan(), network)));

        assertThat(scratch.exposed().orElseThrow().what()).contains("reaches still: the vault at " + place(vault));
        vault.close();
        assertThat(scratch.exposed()).isEmpty();
    }

    @Test
    void is_cut_off_although_the_cluster_takes_a_moment_to_take_back_what_was_lent() throws Exception {
        ServerSocket vault = listening();
        Thread slow = new Thread(() -> welcome(vault, 2));
        slow.start();
        PodNetwork network = new PodNetwork(Optional.empty(), List.of(place(vault)), List.of(), List.of());
        Scratch scratch = within(opened(open(plan(), network)));

        assertThat(scratch.exposed()).isEmpty();
        slow.join();
    }

    /** Lets so many in, and closes. */
    private static void welcome(ServerSocket server, int guests) {
        try (server) {
            for (int guest = 0; guest < guests; guest++) {
                server.accept().close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static Endpoint place(ServerSocket server) {
        return new Endpoint("127.0.0.1", server.getLocalPort());
    }

    /** A pod with one container more than that of Muster. */
    record Pod(Path folder, Container database, LocalScratch scratch) implements Site {
        @Override
        public String id() {
            return scratch.id();
        }

        @Override
        public String network() {
            return scratch.network();
        }

        @Override
        public void keepUntil(Instant end) {
            throw new UnsupportedOperationException("nobody keeps a pod from within");
        }

        @Override
        public String reach() {
            return scratch.reach();
        }

        @Override
        public TeardownReceipt remove() {
            scratch.close();
            database.kill();
            return new Removal(new Markers(folder.resolveSibling("markers")), Clock.systemUTC()).remove(id(), folder);
        }

        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.here(scratch);
        }
    }
}
