package dev.muster.check.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Endpoint;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Echo;
import dev.muster.scratch.JavaProgram;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Program;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Needs.OWN_NETWORK)
class NoWayOutTest {
    /** An address that the internet sets aside for documents. */
    private static final Step.Probe STEP =
            new Step.Probe("isolation", List.of(new Endpoint("192.0.2.1", 443), new Endpoint("localhost", 1)));

    @TempDir
    private Path temporary;

    private Optional<LocalSite> opened = Optional.empty();

    private Scratch open(ScratchPlan.Network network) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        LocalSite site = new Scratches(temporary.resolve("home"), Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "drill-1",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(1), OptionalLong.empty())
                                .in(network));
        Scratch scratch = site.scratch();
        opened = Optional.of(site);
        return scratch;
    }

    @AfterEach
    void remove() {
        assertThat(opened.orElseThrow().remove().leftBehind()).isEmpty();
    }

    @Test
    void every_way_out_of_a_scratch_is_closed() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.CUT_OFF);
        try (ServerSocket vault = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint("127.0.0.1", vault.getLocalPort());

            CheckResult result = new NoWayOut(Clock.systemUTC()).probe(STEP, scratch, List.of(endpoint));

            assertThat(result.problem()).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.step()).isEqualTo("probe: isolation");
            assertThat(result.observations())
                    .containsKeys(
                            "production, 192.0.2.1:443",
                            "production localhost, 127.0.0.1:1",
                            "vault, " + endpoint,
                            "internet, 1.1.1.1:443",
                            "mail, 1.1.1.1:587",
                            "name server by UDP, 8.8.8.8",
                            "resolver of the system, example.com",
                            "cloud metadata, 169.254.169.254:80");
            assertThat(result.observations().get("network")).startsWith("cut off: ");
            assertThat(result.observations())
                    .hasSizeGreaterThan(15)
                    .allSatisfy((name, seen) -> assertThat(name.equals("network") ? "not reached: " : seen)
                            .startsWith("not reached: "));
            assertThat(Duration.between(result.started(), result.finished())).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void a_scratch_that_was_left_open_is_caught_by_the_nearest_way_and_nothing_is_sent_further() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.OPEN);

        CheckResult result = new NoWayOut(Clock.systemUTC(), (production, vaults) -> fail("no further way"))
                .probe(STEP, scratch, List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.problem().orElseThrow().what()).contains("gets out", "this machine's own loopback");
        assertThat(result.observations().get("network")).startsWith("not cut off, because: ");
    }

    @Test
    void a_scratch_that_was_left_open_is_caught_although_its_program_says_that_nothing_was_reached() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.OPEN);
        Scratch lying = instead(scratch, honest -> {
            Consumer<String> heard = honest.onLine();
            return new Program(
                    honest.command(),
                    honest.environment(),
                    line -> heard.accept(line.replaceFirst("^0 reached: .*", "0 not: Network is unreachable")));
        });

        CheckResult result = new NoWayOut(Clock.systemUTC(), (production, vaults) -> fail("no further way"))
                .probe(STEP, lying, List.of());

        assertThat(result.observations()).containsValue("not reached: Network is unreachable");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.problem().orElseThrow().what()).contains("gets out", "this machine's own loopback");
    }

    @Test
    void a_single_way_that_is_open_is_named() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.CUT_OFF);
        int port = scratch.freePort();
        CountDownLatch listening = new CountDownLatch(1);
        // What listens inside stands for a place outside that should not have been reached.
        scratch.start(new JavaProgram(Echo.class, List.of())
                .in(scratch, List.of(String.valueOf(port)), line -> listening.countDown()));
        listening.await();
        WayOut open = WayOut.connection("production", new Endpoint("127.0.0.1", port));
        WayOut closed = WayOut.connection("production", new Endpoint("192.0.2.1", 443));

        CheckResult result = new NoWayOut(Clock.systemUTC(), (production, vaults) -> List.of(closed, open))
                .probe(STEP, scratch, List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.problem().orElseThrow().what()).endsWith("it reached production, 127.0.0.1:" + port);
        assertThat(result.observations())
                .containsEntry(open.name(), "reached: connected")
                .containsEntry(closed.name(), "not reached: Network is unreachable");
    }

    @Test
    void a_pod_whose_loopback_address_is_its_own_is_tried_against_the_server_next_door() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.OPEN);
        ServerSocket cluster = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Endpoint server = new Endpoint("127.0.0.1", cluster.getLocalPort());
        Scratch pod = nextDoorTo(server, scratch);

        CheckResult open = new NoWayOut(Clock.systemUTC(), (production, vaults) -> fail("no further way"))
                .probe(STEP, pod, List.of());
        cluster.close();
        CheckResult closed =
                new NoWayOut(Clock.systemUTC(), (production, vaults) -> List.of()).probe(STEP, pod, List.of());

        assertThat(open.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(open.problem().orElseThrow().what()).endsWith("it reached the cluster's API server, " + server);
        assertThat(closed.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(closed.observations()).containsOnlyKeys("network", "the cluster's API server, " + server);
    }

    private static Scratch nextDoorTo(Endpoint server, Scratch scratch) {
        return (Scratch) Proxy.newProxyInstance(
                Scratch.class.getClassLoader(),
                new Class<?>[] {Scratch.class},
                (proxy, method, arguments) ->
                        method.getName().equals("nextDoor") ? Optional.of(server) : method.invoke(scratch, arguments));
    }

    @Test
    void a_probe_that_is_broken_proves_nothing() throws Exception {
        Scratch scratch = open(ScratchPlan.Network.CUT_OFF);

        assertThat(couldNotRun(scratch, "echo no memory; exit 1")).contains("exit code 1", "no memory");
        assertThat(couldNotRun(scratch, "echo 0 not: unreachable; echo control reached: connected"))
                .contains("did not come to its end");
        assertThat(couldNotRun(scratch, "echo 0 not: unreachable; echo control not: unreachable; echo end"))
                .contains("not even reach a place inside");
        assertThat(couldNotRun(scratch, "echo 0 not: unreachable; echo end")).contains("not even reach a place inside");
    }

    /** What the probe says in a scratch in which its program does something else. */
    private static String couldNotRun(Scratch scratch, String instead) throws InterruptedException {
        Scratch broken =
                instead(scratch, program -> new Program(List.of("sh", "-c", instead), Map.of(), program.onLine()));

        CheckResult result = new NoWayOut(Clock.systemUTC()).probe(STEP, broken, List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        return result.problem().orElseThrow().what();
    }

    /** The scratch, in which another program runs than was asked for. */
    private static Scratch instead(Scratch scratch, UnaryOperator<Program> other) {
        return (Scratch) Proxy.newProxyInstance(
                Scratch.class.getClassLoader(), new Class<?>[] {Scratch.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("run")
                                ? scratch.run(other.apply((Program) arguments[0]))
                                : method.invoke(scratch, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
