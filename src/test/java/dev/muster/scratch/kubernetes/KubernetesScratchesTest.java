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
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.Holder;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Site;
import dev.muster.scratch.Worker;
import dev.muster.scratch.kubernetes.KubernetesScratches.Limits;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole conversation with an API server, over real HTTP. */
class KubernetesScratchesTest {
    private static final String NAMESPACE = "muster-" + SampleOpening.DRILL;
    private static final String HOME = "/api/v1/namespaces/" + NAMESPACE;
    private static final String PODS = HOME + "/pods";
    private static final String POD = PODS + "/drill";
    private static final String POLICIES = "/apis/networking.k8s.io/v1/namespaces/" + NAMESPACE + "/networkpolicies";
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final StagedServer server = new StagedServer();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final KubernetesScratches scratches =
            new KubernetesScratches(settings(), Clock.systemUTC(), "0.1.0", server::client, LIMITS);

    @AfterEach
    void leave() {
        server.close();
    }

    @Test
    void makes_the_namespace_applies_the_rest_and_is_ready_when_the_containers_run() {
        Site site = scratches.open(opening(Optional.empty()));
        CompletableFuture<Void> ready = ready(site);
        await().until(() -> asks("PATCH", POD));
        assertThat(ready).isNotDone();
        server.put(POD, running());

        done(ready);

        assertThat(site.id()).isEqualTo(NAMESPACE);
        assertThat(server.asked("POST")).extracting(Asked::path).containsExactly("/api/v1/namespaces");
        assertThat(server.asked("PATCH")).isNotEmpty().allSatisfy(patch -> {
            assertThat(patch.form()).startsWith("application/apply-patch+yaml");
            assertThat(patch.query()).containsEntry("fieldManager", "muster").doesNotContainEntry("force", "true");
            assertThat(patch.path()).startsWith("/api");
        });
        assertThat(server.asked("PATCH").get(server.asked("PATCH").size() - 1).path())
                .isEqualTo(POD);
        assertThat(said)
                .contains("pod drill: scheduled on node node1", "pod drill: container worker started")
                .doesNotHaveDuplicates();
    }

    @Test
    void refuses_a_namespace_that_somebody_else_has_made() {
        server.put(HOME, Seen.namespace());

        assertThat(problem(() -> scratches.open(opening(Optional.empty()))).where())
                .contains("namespace " + NAMESPACE);

        assertThat(server.asked("PATCH")).isEmpty();
        assertThat(server.asked("DELETE")).isEmpty();
    }

    @Test
    void refuses_a_shared_namespace_that_nobody_has_prepared() {
        server.put(
                "/api/v1/namespaces/shared",
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shared")
                        .endMetadata()
                        .build());

        assertThat(problem(() -> scratches.open(opening(Optional.of("shared")))).what())
                .contains("Nobody has prepared");
        assertThat(server.asked("POST")).isEmpty();
    }

    @Test
    void asks_again_when_somebody_else_was_faster_or_the_server_has_no_time() {
        server.refuse("PATCH", POD, 409, "Conflict", "the object has been modified");
        server.refuse("PATCH", POD, 503, "ServiceUnavailable", "starting");
        server.refuse("PATCH", POD, 403, "Forbidden", "status unknown for quota: drill, resources: pods");
        Site site = scratches.open(opening(Optional.empty()));
        CompletableFuture<Void> ready = ready(site);

        await().until(() -> there(POD));
        server.put(POD, running());

        done(ready);
    }

    @Test
    void says_at_once_what_pod_security_and_quotas_object_to() {
        for (String objection : List.of(
                "violates PodSecurity \"restricted:latest\": seLinuxOptions",
                "exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0")) {
            server.refuse("PATCH", POD, 403, "Forbidden", "pods \"drill\" is forbidden: " + objection);
            Site site = scratches.open(opening(Optional.empty()));

            Problem problem = problem(() -> site.ready());

            assertThat(problem.where()).isEqualTo("pod " + NAMESPACE + "/drill");
            assertThat(problem.remedy()).isNotEmpty();
            assertThat(site.remove().removed()).isTrue();
        }
    }

    @Test
    void sees_at_once_that_an_image_cannot_be_pulled() {
        Site site = scratches.open(opening(Optional.empty()));
        CompletableFuture<Void> ready = ready(site);
        await().until(() -> there(POD));

        server.put(POD, ours(Seen.pod(Seen.waiting("ErrImagePull", "manifest unknown"))));

        assertThat(failure(ready).what()).contains("manifest unknown");
    }

    @Test
    void sees_what_happened_while_its_watches_were_broken_off() {
        Worker worker = worker(readied());
        await().until(() -> server.watching(PODS) == 1);

        server.breakWatches(PODS);
        server.putUnseen(POD, ours(Seen.pod(Seen.ended("OOMKilled", 137))));

        await().untilAsserted(() -> assertThat(worker.gone().map(Problem::what))
                .hasValueSatisfying(what -> assertThat(what).contains("OOMKilled")));
    }

    @Test
    void lists_anew_as_soon_as_it_can_when_the_server_no_longer_knows_where_the_watch_was() {
        Worker worker = worker(readied());
        await().until(() -> server.watching(PODS) == 1);

        server.putUnseen(POD, ours(Seen.failed("Evicted", "The node was low on resource: memory.")));
        server.refuse("GET", PODS, 503, "ServiceUnavailable", "starting");
        server.refuse("GET", PODS, 403, "Forbidden", "pods is forbidden: User \"muster\" cannot list resource");
        server.expireWatches(PODS);

        await().untilAsserted(() -> assertThat(worker.gone().map(Problem::what))
                .hasValueSatisfying(what -> assertThat(what).contains("evicted")));
    }

    @Test
    void says_nothing_of_a_worker_that_is_well() {
        Worker worker = worker(readied());

        assertThat(worker.gone()).isEmpty();
    }

    @Test
    void sees_that_somebody_deletes_the_namespace() {
        Worker worker = worker(readied());

        server.vanish(HOME);

        await().untilAsserted(
                        () -> assertThat(worker.gone().map(Problem::where)).hasValue("namespace " + NAMESPACE));
    }

    @Test
    void waits_for_room_in_a_shared_namespace() {
        server.put(
                "/api/v1/namespaces/shared",
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shared")
                        .addToLabels(Labels.SCRATCH, Labels.ALLOWED)
                        .endMetadata()
                        .build());
        Site site = scratches.open(opening(Optional.of("shared")));
        Naming naming = new Naming(SampleOpening.DRILL, "muster", Optional.of("shared"));
        String pod = "/api/v1/namespaces/shared/pods/" + naming.object("drill");
        server.refuse(
                "PATCH",
                pod,
                403,
                "Forbidden",
                "exceeded quota: three, requested: pods=1, used: pods=3, limited: pods=3");
        CompletableFuture<Void> ready = ready(site);
        await().until(() -> said.stream().anyMatch(line -> line.contains("quota") && line.contains("three")));
        await().until(() -> server.watching("/api/v1/namespaces/shared/resourcequotas") == 1);
        assertThat(there(pod)).isFalse();

        server.put(
                "/api/v1/namespaces/shared/resourcequotas/three",
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace("shared")
                        .withName("three")
                        .endMetadata()
                        .build());
        await().until(() -> there(pod));
        server.put(
                pod,
                new PodBuilder(running())
                        .editMetadata()
                        .withName(naming.object("drill"))
                        .endMetadata()
                        .build());

        done(ready);
        assertThat(site.remove().removed()).isTrue();
        assertThat(server.asked("DELETE")).extracting(Asked::path).doesNotContain("/api/v1/namespaces/shared");
    }

    @Test
    void speaks_with_the_bridge_in_the_worker() throws Exception {
        Worker worker = worker(readied());

        try (Worker.Conversation conversation = worker.talk()) {
            conversation.says().write("are you there?\n".getBytes(StandardCharsets.UTF_8));
            conversation.says().flush();
            assertThat(new BufferedReader(new InputStreamReader(conversation.hears(), StandardCharsets.UTF_8))
                            .readLine())
                    .isEqualTo("are you there?");
        }
        Asked exec = server.asked.stream()
                .filter(one -> one.path().endsWith("/exec"))
                .findFirst()
                .orElseThrow();
        assertThat(exec.query())
                .containsEntry("container", "worker")
                .hasEntrySatisfying(
                        "command",
                        command -> assertThat(command)
                                .endsWith("dev.muster.scratch.inside.Bridge /scratch/.worker/socket"));
    }

    @Test
    void takes_back_the_ways_out_and_leaves_the_other_policies() {
        Worker worker = worker(readied());

        worker.cutOff();

        assertThat(there(POLICIES + "/vault")).isFalse();
        assertThat(there(POLICIES + "/deny")).isTrue();
        assertThat(there(POLICIES + "/within")).isTrue();
    }

    @Test
    void deletes_the_pod_first_and_the_namespace_only_as_the_one_it_made() {
        Site site = readied();

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isTrue();
        assertThat(server.asked("DELETE")).extracting(Asked::path).containsExactly(POD, HOME);
        assertThat(server.asked("DELETE"))
                .allSatisfy(delete -> assertThat(delete.body()).contains("preconditions", "uid"));
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void names_what_keeps_a_namespace_from_going() {
        Site site = readied();
        server.stick(HOME);
        server.put(
                HOME + "/persistentvolumeclaims/data",
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("data")
                        .withLabels(naming().labels())
                        .withFinalizers("example.com/hold")
                        .endMetadata()
                        .withNewSpec()
                        .withVolumeName("pv-1")
                        .endSpec()
                        .build());
        server.put(
                "/api/v1/persistentvolumes/pv-1",
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("pv-1")
                        .endMetadata()
                        .withNewSpec()
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .endSpec()
                        .build());

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isFalse();
        assertThat(receipt.leftBehind())
                .anySatisfy(left -> assertThat(left).contains("namespace " + NAMESPACE))
                .anySatisfy(left -> assertThat(left).contains("data", "example.com/hold"))
                .anySatisfy(left -> assertThat(left).contains("persistentvolume pv-1", "Retain"));
    }

    @Test
    void knows_every_scratch_from_what_is_written_on_it() {
        mark("mine", Holder.self().toString(), Instant.now(), false);
        mark("left", "elsewhere/boot/1/2", Instant.now().minusSeconds(600), false);
        mark("killed", dead(), Instant.now(), false);
        mark("held", "elsewhere/boot/1/2", Instant.now(), false);
        mark("kept", "elsewhere/boot/1/2", Instant.EPOCH, true);
        server.put(HOME, Seen.namespace());

        assertThat(scratches.list())
                .extracting(OpenScratch::drill)
                .containsExactlyInAnyOrder("mine", "left", "killed", "held", "kept");
        assertThat(scratches.list())
                .filteredOn(OpenScratch::owned)
                .extracting(OpenScratch::drill)
                .containsExactlyInAnyOrder("mine", "held");
        assertThat(scratches.leftBehind()).isEqualTo(2);
        assertThat(scratches.has("muster-kept")).isTrue();
        assertThat(scratches.has(NAMESPACE)).isFalse();
        Instant before = open("muster-kept").expires();
        assertThat(scratches.extend("muster-kept", Duration.ofHours(1)).expires())
                .isEqualTo(before.plusSeconds(3600));
    }

    @Test
    void refuses_to_remove_what_a_drill_uses_and_removes_what_is_left_or_kept() {
        mark("mine", Holder.self().toString(), Instant.now(), false);
        mark("left", "elsewhere/boot/1/2", Instant.now().minusSeconds(600), false);
        mark("killed", dead(), Instant.now(), false);
        mark("kept", "elsewhere/boot/1/2", Instant.EPOCH, true);

        assertThat(problem(() -> scratches.remove("muster-mine")).what()).contains("in use");
        assertThat(scratches.remove("muster-left").removed()).isTrue();
        assertThat(scratches.remove("muster-killed").removed()).isTrue();
        assertThat(scratches.remove("muster-kept").removed()).isTrue();
        assertThat(scratches.list()).extracting(OpenScratch::drill).containsExactly("mine");
    }

    @Test
    void does_not_remove_the_scratch_of_an_owner_that_speaks_up_again() {
        mark("silent", "elsewhere/boot/1/2", Instant.now().minusSeconds(600), false);
        CompletableFuture<TeardownReceipt> removal =
                CompletableFuture.supplyAsync(() -> scratches.remove("muster-silent"));
        await().until(() -> server.watching("/api/v1/namespaces") == 1);

        mark("silent", "elsewhere/boot/1/2", Instant.now(), false);

        assertThat(failure(removal).what()).contains("in use");
        assertThat(there("/api/v1/namespaces/muster-silent")).isTrue();
    }

    @Test
    void removes_all_whose_time_is_over() {
        mark("over", "elsewhere/boot/1/2", Instant.EPOCH, true, Instant.now().minusSeconds(1));
        mark("kept", "elsewhere/boot/1/2", Instant.EPOCH, true);

        assertThat(scratches.removeExpired())
                .extracting(TeardownReceipt::scratch)
                .containsExactly("muster-over");
        assertThat(scratches.list()).extracting(OpenScratch::drill).containsExactly("kept");
    }

    @Test
    void a_cluster_that_is_away_is_a_problem_for_those_alone_who_want_something_of_it() {
        mark("kept", "elsewhere/boot/1/2", Instant.EPOCH, true);
        assertThat(scratches.list()).hasSize(1);
        server.close();

        assertThat(scratches.list()).isEmpty();
        assertThat(scratches.open()).isZero();
        assertThat(problem(() -> scratches.remove("muster-kept")).what()).contains("does not answer");
    }

    @Test
    void a_guarded_namespace_is_not_even_asked_for() {
        assertThat(problem(() -> scratches.open(opening(Optional.of("kube-system"))))
                        .what())
                .contains("guarded");
        assertThat(server.asked).isEmpty();
    }

    private void mark(String drill, String owner, Instant alive, boolean kept) {
        mark(drill, owner, alive, kept, Instant.now().plusSeconds(3600));
    }

    private void mark(String drill, String owner, Instant alive, boolean kept, Instant expires) {
        Naming naming = new Naming(drill, "muster", Optional.empty());
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(naming.namespace())
                .withLabels(naming.labels())
                .withAnnotations(new Stamp(drill, "erp", Instant.EPOCH, expires, owner, "0.1.0").annotations())
                .addToAnnotations(Map.of(Labels.ALIVE_AT, alive.toString(), Labels.KEPT, Boolean.toString(kept)))
                .endMetadata()
                .build();
        server.put("/api/v1/namespaces/" + naming.namespace(), namespace);
    }

    /** A process of this machine that has ended. */
    private static String dead() {
        Holder self = Holder.self();
        return new Holder(self.host(), self.boot(), self.process(), self.startTicks() + 1).toString();
    }

    private OpenScratch open(String id) {
        return scratches.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Site readied() {
        Site site = scratches.open(opening(Optional.empty()));
        CompletableFuture<Void> ready = ready(site);
        await().until(() -> there(POD));
        server.put(POD, running());
        done(ready);
        return site;
    }

    private static CompletableFuture<Void> ready(Site site) {
        return CompletableFuture.runAsync(() -> {
            try {
                site.ready();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    private static void done(CompletableFuture<?> future) {
        future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Worker worker(Site site) {
        try {
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
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean asks(String method, String path) {
        return server.asked(method).stream().anyMatch(one -> one.path().equals(path));
    }

    private boolean there(String path) {
        return server.has(path);
    }

    private static io.fabric8.kubernetes.api.model.Pod running() {
        return ours(Seen.pod());
    }

    private static io.fabric8.kubernetes.api.model.Pod ours(PodBuilder pod) {
        return pod.editMetadata()
                .withNamespace(NAMESPACE)
                .withLabels(naming().labels())
                .endMetadata()
                .build();
    }

    private static Naming naming() {
        return new Naming(SampleOpening.DRILL, "muster", Optional.empty());
    }

    private Opening opening(Optional<String> namespace) {
        Opening sample = SampleOpening.of(SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, namespace));
        return new Opening(
                sample.drill(),
                sample.system(),
                sample.plan(),
                sample.bytes(),
                List.of(new Endpoint("192.0.2.7", 9000)),
                sample.secrets(),
                new Told(said));
    }

    private static ClusterSettings settings() {
        return SampleOpening.SETTINGS;
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(type(CouldNotRun.class))
                .extracting(CouldNotRun::problem)
                .actual();
    }

    private static Problem failure(CompletableFuture<?> future) {
        return assertThatThrownBy(() -> done(future))
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(CouldNotRun.class))
                .extracting(CouldNotRun::problem)
                .actual();
    }
}
