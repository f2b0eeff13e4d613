package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.Problem;
import dev.muster.scratch.Worker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The worker in a pod as the cluster shows it, over real HTTP. */
class PodWorkerTest {
    private static final String POLICIES =
            "/apis/networking.k8s.io/v1/namespaces/" + StagedDrill.NAMESPACE + "/networkpolicies";

    private final StagedDrill drill = new StagedDrill();

    @AfterEach
    void leave() {
        drill.close();
    }

    @Test
    void sees_what_happened_while_its_watches_were_broken_off() {
        Worker worker = StagedDrill.worker(drill.readied());
        await().until(() -> drill.server.watching(StagedDrill.PODS) == 1);

        drill.server.breakWatches(StagedDrill.PODS);
        drill.server.putUnseen(StagedDrill.POD, StagedDrill.ours(Seen.pod(Seen.ended("OOMKilled", 137))));

        await().untilAsserted(() -> assertThat(worker.gone().map(Problem::what))
                .hasValueSatisfying(what -> assertThat(what).contains("OOMKilled")));
    }

    @Test
    void lists_anew_as_soon_as_it_can_when_the_server_no_longer_knows_where_the_watch_was() {
        Worker worker = StagedDrill.worker(drill.readied());
        await().until(() -> drill.server.watching(StagedDrill.PODS) == 1);

        drill.server.putUnseen(
                StagedDrill.POD, StagedDrill.ours(Seen.failed("Evicted", "The node was low on resource: memory.")));
        drill.server.refuse("GET", StagedDrill.PODS, 503, "ServiceUnavailable", "starting");
        drill.server.refuse(
                "GET", StagedDrill.PODS, 403, "Forbidden", "pods is forbidden: User \"muster\" cannot list resource");
        drill.server.expireWatches(StagedDrill.PODS);

        await().untilAsserted(() -> assertThat(worker.gone().map(Problem::what))
                .hasValueSatisfying(what -> assertThat(what).contains("evicted")));
    }

    @Test
    void says_nothing_of_a_worker_that_is_well() {
        Worker worker = StagedDrill.worker(drill.readied());

        assertThat(worker.gone()).isEmpty();
    }

    @Test
    void a_node_that_is_not_heard_of_is_lost_after_a_while_only() {
        Worker worker = StagedDrill.worker(drill.readied());
        await().until(() -> drill.server.watching(StagedDrill.PODS) == 1);

        drill.server.put(StagedDrill.POD, StagedDrill.ours(Seen.unheard()));
        await().until(() -> drill.said.stream().anyMatch(line -> line.contains("nothing is heard of the node")));
        assertThat(worker.gone()).isEmpty();

        await().untilAsserted(() -> assertThat(worker.gone().map(Problem::what))
                .hasValueSatisfying(what -> assertThat(what).contains("Nothing is heard of the node node1")));
    }

    @Test
    void a_node_that_comes_back_was_never_lost() {
        Worker worker = StagedDrill.worker(drill.readied());
        await().until(() -> drill.server.watching(StagedDrill.PODS) == 1);
        drill.server.put(StagedDrill.POD, StagedDrill.ours(Seen.unheard()));
        await().until(() -> worker.gone().isPresent());

        drill.server.put(StagedDrill.POD, StagedDrill.ours(Seen.pod()));

        await().until(() -> worker.gone().isEmpty());
    }

    @Test
    void sees_that_somebody_deletes_the_namespace() {
        Worker worker = StagedDrill.worker(drill.readied());

        drill.server.vanish(StagedDrill.HOME);

        await().untilAsserted(() ->
                assertThat(worker.gone().map(Problem::where)).hasValue("namespace " + StagedDrill.NAMESPACE));
    }

    @Test
    void speaks_with_the_bridge_in_the_worker() throws Exception {
        Worker worker = StagedDrill.worker(drill.readied());

        try (Worker.Conversation conversation = worker.talk()) {
            conversation.says().write("are you there?\n".getBytes(StandardCharsets.UTF_8));
            conversation.says().flush();
            assertThat(new BufferedReader(new InputStreamReader(conversation.hears(), StandardCharsets.UTF_8))
                            .readLine())
                    .isEqualTo("are you there?");
        }
        var exec = drill.server.asked.stream()
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
        Worker worker = StagedDrill.worker(drill.readied());

        worker.cutOff();

        assertThat(drill.there(POLICIES + "/vault")).isFalse();
        assertThat(drill.there(POLICIES + "/deny")).isTrue();
        assertThat(drill.there(POLICIES + "/within")).isTrue();
    }
}
