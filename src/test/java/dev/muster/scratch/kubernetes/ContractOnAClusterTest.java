package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Progress;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.InsideAPod;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Site;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of scratches in the cluster that {@code MUSTER_TEST_KUBECONFIG} names: its sentences are said within a
 * pod each, by this same code, which is taken there.
 */
@Tag("cluster")
class ContractOnAClusterTest {
    private static final Duration TO_SAY = Duration.ofMinutes(3);
    private static final String TESTS = "/tmp/tests.jar";

    @TempDir
    private static Path folder;

    private static Path tests;

    private final ClusterSettings settings = OfTheCluster.settings();
    private final KubernetesClient client = Connection.to(settings, "0.1.0");
    private Site site;

    @BeforeAll
    static void pack() throws IOException {
        tests = folder.resolve("tests.jar");
        TestsAsJar.write(tests);
    }

    @BeforeEach
    void open() throws InterruptedException {
        site = new KubernetesScratches(settings, Clock.systemUTC(), "0.1.0").open(opening());
        site.ready();
    }

    @AfterEach
    void leave() {
        assertThat(site.remove().leftBehind()).isEmpty();
        client.close();
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void keeps_to_the_contract(String sentence) throws Exception {
        assertThat(inside(sentence)).endsWith("kept\n");
    }

    static Stream<String> sentences() {
        return InsideAPod.sentences().stream();
    }

    @Test
    void removal_leaves_nothing_and_may_be_called_again() throws Exception {
        assertThat(inside("leaves_a_started_program_running_until_it_is_stopped"))
                .endsWith("kept\n");

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isTrue();
        assertThat(receipt.scratch()).isEqualTo(site.id());
        assertThat(receipt.leftBehind()).isEmpty();
        assertThat(client.namespaces().withName(site.id()).get()).isNull();
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void removal_takes_place_although_the_thread_was_interrupted() {
        Thread.currentThread().interrupt();
        TeardownReceipt receipt = site.remove();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(receipt.removed()).isTrue();
    }

    /** What a sentence of the contract says in the pod's worker. */
    private String inside(String sentence) throws Exception {
        take();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ExecWatch run = worker().writingOutput(said)
                .writingError(said)
                .exec(
                        "java",
                        "-Xmx96m",
                        "-cp",
                        "/opt/muster/muster.jar:" + TESTS,
                        InsideAPod.class.getName(),
                        sentence)) {
            run.exitCode().get(TO_SAY.toSeconds(), TimeUnit.SECONDS);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private void take() throws Exception {
        long bytes = Files.size(tests);
        try (ExecWatch copy = worker().redirectingInput().exec("sh", "-c", "head -c " + bytes + " > " + TESTS)) {
            try (OutputStream there = copy.getInput()) {
                // In one piece: the client refuses a second one as long as the first is on its way.
                there.write(Files.readAllBytes(tests));
                assertThat(copy.exitCode().get(TO_SAY.toSeconds(), TimeUnit.SECONDS))
                        .isZero();
            }
        }
    }

    private io.fabric8.kubernetes.client.dsl.ContainerResource worker() {
        return client.pods().inNamespace(site.id()).withName(Names.POD).inContainer(Containers.WORKER);
    }

    private static Opening opening() {
        return new Opening(
                "c" + UUID.randomUUID().toString().substring(0, 8),
                "erp",
                new ScratchPlan(
                        ScratchPlan.Placement.KUBERNETES,
                        15,
                        Duration.ofMinutes(10),
                        OptionalLong.of(SampleOpening.GIBIBYTE),
                        ScratchPlan.Network.CUT_OFF,
                        SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, Optional.empty())),
                0,
                List.of(),
                Map.of(),
                Progress.SILENT);
    }
}
