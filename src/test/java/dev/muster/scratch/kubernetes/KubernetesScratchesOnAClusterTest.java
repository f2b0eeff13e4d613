package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Site;
import dev.muster.scratch.Worker;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of scratches in a real cluster: the one that {@code MUSTER_TEST_KUBECONFIG} names. */
@Tag("cluster")
class KubernetesScratchesOnAClusterTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final String run = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final ClusterSettings settings = settings(OfTheCluster.worker());
    private final KubernetesScratches scratches = scratches(settings);
    private final KubernetesClient client = Connection.to(settings, "0.1.0");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Site> sites = new CopyOnWriteArrayList<>();
    private final List<String> namespaces = new ArrayList<>();

    @AfterEach
    void leave() {
        sites.forEach(Site::remove);
        namespaces.forEach(name -> client.namespaces().withName(name).delete());
        client.close();
    }

    @Test
    void a_scratch_is_opened_found_extended_and_removed_whole() throws Exception {
        Site site = readied("whole", Optional.empty(), ClusterPlan.Volume.Kind.CLAIM);

        assertThat(said)
                .anyMatch(line -> line.contains("scheduled on node"))
                .anyMatch(line -> line.endsWith("started"));
        OpenScratch open = found(site.id());
        assertThat(open.owned()).isTrue();
        assertThat(open.drill()).isEqualTo(drill("whole"));
        Instant longer = open.expires().plusSeconds(3600);
        assertThat(scratches.extend(site.id(), Duration.ofHours(1)).expires()).isEqualTo(longer);
        assertThat(problem(() -> scratches.remove(site.id())).what()).contains("in use");

        assertThat(site.remove().leftBehind()).isEmpty();

        assertThat(client.namespaces().withName(site.id()).get()).isNull();
        assertThat(client.persistentVolumes().list().getItems())
                .filteredOn(volume -> volume.getSpec().getClaimRef() != null
                        && site.id().equals(volume.getSpec().getClaimRef().getNamespace()))
                .isEmpty();
    }

    @Test
    void everything_in_its_namespace_that_is_not_the_clusters_own_is_labelled() throws Exception {
        Site site = readied("labels", Optional.empty(), ClusterPlan.Volume.Kind.EMPTY);

        assertThat(client.pods().inNamespace(site.id()).list().getItems())
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels())
                        .containsEntry(Labels.DRILL, drill("labels"))
                        .containsEntry(Labels.MANAGED_BY, Labels.MUSTER));
        assertThat(client.secrets().inNamespace(site.id()).list().getItems())
                .isNotEmpty()
                .allSatisfy(secret ->
                        assertThat(secret.getMetadata().getLabels()).containsEntry(Labels.DRILL, drill("labels")));
        assertThat(client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(site.id())
                        .list()
                        .getItems())
                .isNotEmpty()
                .allSatisfy(policy ->
                        assertThat(policy.getMetadata().getLabels()).containsEntry(Labels.DRILL, drill("labels")));
    }

    @Test
    void an_image_that_is_not_there_is_said_at_once() {
        KubernetesScratches without = scratches(settings("registry.invalid/none:1"));
        Site site = without.open(opening("noimage", Optional.empty(), ClusterPlan.Volume.Kind.EMPTY));
        sites.add(site);

        Problem problem = problem(site::ready);

        assertThat(problem.what()).contains("registry.invalid/none:1", "cannot be pulled");
        assertThat(problem.where()).contains(site.id());
    }

    @Test
    void a_namespace_that_others_made_is_neither_used_nor_touched() {
        String name = "muster-" + drill("foreign");
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(name);

        assertThat(problem(() -> scratches.open(opening("foreign", Optional.empty(), ClusterPlan.Volume.Kind.EMPTY)))
                        .what())
                .contains("there already");
        assertThat(client.namespaces().withName(name).get().getMetadata().getDeletionTimestamp())
                .isNull();
    }

    @Test
    void a_namespace_that_is_deleted_under_the_drill_is_noticed() throws Exception {
        Site site = readied("deleted", Optional.empty(), ClusterPlan.Volume.Kind.EMPTY);
        Worker worker = worker(site);
        assertThat(worker.gone()).isEmpty();

        client.namespaces().withName(site.id()).delete();

        await().atMost(SOON).untilAsserted(() -> assertThat(worker.gone()).isPresent());
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void the_ways_out_are_taken_back() throws Exception {
        Site site = readied("ways", Optional.empty(), ClusterPlan.Volume.Kind.EMPTY);

        worker(site).cutOff();

        assertThat(client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(site.id())
                        .list()
                        .getItems())
                .extracting(policy -> policy.getMetadata().getName())
                .containsExactlyInAnyOrder("deny", "within");
    }

    @Test
    void six_drills_share_a_namespace_with_room_for_two() throws Exception {
        String shared = "muster-test-" + run;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(shared)
                        .addToLabels(Labels.SCRATCH, Labels.ALLOWED)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(shared);
        client.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(shared)
                        .withName("two")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("2"))
                        .endSpec()
                        .build())
                .create();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Callable<Boolean>> drills = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            String name = "six" + number;
            drills.add(() -> readied(name, Optional.of(shared), ClusterPlan.Volume.Kind.EMPTY)
                    .remove()
                    .removed());
        }

        for (Future<Boolean> drill : threads.invokeAll(drills)) {
            assertThat(drill.get()).isTrue();
        }

        threads.shutdown();
        assertThat(said).anyMatch(line -> line.startsWith("waiting: ") && line.contains("quota"));
        assertThat(client.pods().inNamespace(shared).list().getItems()).isEmpty();
        assertThat(client.secrets().inNamespace(shared).list().getItems()).isEmpty();
        assertThat(client.serviceAccounts().inNamespace(shared).list().getItems())
                .extracting(account -> account.getMetadata().getName())
                .containsOnly("default");
    }

    private Site readied(String name, Optional<String> namespace, ClusterPlan.Volume.Kind kind)
            throws InterruptedException {
        Site site = scratches.open(opening(name, namespace, kind));
        sites.add(site);
        site.ready();
        return site;
    }

    private OpenScratch found(String id) {
        return scratches.list().stream()
                .filter(open -> open.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Worker worker(Site site) throws Exception {
        return site.match(new Site.Cases<>() {
            @Override
            public Worker here(Scratch scratch) {
                throw new IllegalStateException("on this machine");
            }

            @Override
            public Worker elsewhere(Worker worker) {
                return worker;
            }
        });
    }

    private String drill(String name) {
        return run + "-" + name;
    }

    private Opening opening(String name, Optional<String> namespace, ClusterPlan.Volume.Kind kind) {
        ClusterPlan sample = SampleOpening.plan(kind, namespace);
        ClusterPlan plan = new ClusterPlan(
                sample.namespace(),
                sample.image(),
                new ClusterPlan.Volume(kind, Optional.empty()),
                sample.cpu(),
                sample.memory(),
                sample.sharedMemory(),
                sample.user(),
                sample.application(),
                sample.dns(),
                sample.placing());
        return new Opening(
                drill(name),
                "erp",
                new ScratchPlan(
                        ScratchPlan.Placement.KUBERNETES,
                        15,
                        Duration.ofMinutes(10),
                        OptionalLong.of(SampleOpening.GIBIBYTE / 4),
                        ScratchPlan.Network.CUT_OFF,
                        plan),
                0,
                List.of(new Endpoint("192.0.2.7", 9000)),
                Map.of("primary.secretKey", new Secret("not to be shown")),
                new Told(said));
    }

    private KubernetesScratches scratches(ClusterSettings of) {
        return new KubernetesScratches(of, Clock.systemUTC(), "0.1.0");
    }

    private ClusterSettings settings(String worker) {
        return OfTheCluster.settings(
                worker, new ClusterSettings.Share("100m", SampleOpening.GIBIBYTE / 4), "test-" + run);
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(type(CouldNotRun.class))
                .extracting(CouldNotRun::problem)
                .actual();
    }
}
