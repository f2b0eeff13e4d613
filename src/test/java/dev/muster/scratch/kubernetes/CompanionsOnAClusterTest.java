package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Manifest;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerWish;
import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs beside a scratch, on the cluster that {@code MUSTER_TEST_KUBECONFIG} names. */
@Tag("cluster")
class CompanionsOnAClusterTest {
    private static final Secret PASSWORD = new Secret("k33pMeH1dden");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Share SMALL = new Share("100m", 256L << 20);

    private final String image = OfTheCluster.postgres();
    private final ClusterSettings settings = OfTheCluster.settings(image, SMALL, "companions");
    private final KubernetesClient client = Connection.to(settings, "0.1.0");
    private final Opening opening = new Opening(
            "companions-" + UUID.randomUUID().toString().substring(0, 8),
            "shop",
            new ScratchPlan(
                    ScratchPlan.Placement.KUBERNETES,
                    15,
                    Duration.ofMinutes(5),
                    OptionalLong.empty(),
                    ScratchPlan.Network.CUT_OFF,
                    ClusterPlan.USUAL),
            1 << 20,
            List.of(new Endpoint("192.0.2.7", 9)),
            Map.of(Beside.PASSWORD, PASSWORD),
            Progress.SILENT);
    private final Naming naming = Naming.of(opening.drill(), opening.plan().cluster(), settings);
    private final Cluster cluster = new Cluster(client, Duration.ofSeconds(20));
    private final KubernetesCompanions companions = new KubernetesCompanions(cluster, naming, opening, settings);

    /** A namespace as a drill has it, with a server in place of the worker. */
    @BeforeEach
    void prepare() throws InterruptedException {
        Instant now = Instant.now();
        Stamp stamp = new Stamp(opening.drill(), "shop", now, now.plusSeconds(600), "nobody", "test");
        for (HasMetadata object : new Manifests(settings, Addresses.HERE).of(opening, stamp)) {
            cluster.apply(object instanceof Pod pod ? server(pod, "drill") : object);
        }
        client.pods()
                .inNamespace(naming.namespace())
                .withName("drill")
                .waitUntilReady(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void remove() {
        client.namespaces().withName(naming.namespace()).delete();
        client.close();
    }

    @Test
    void an_application_of_manifests_comes_up_and_reaches_the_database() throws InterruptedException {
        Served served = start();
        assertThat(served.trouble()).isEmpty();
        assertThat(served.address().orElseThrow().host())
                .isEqualTo(client.services()
                        .inNamespace(naming.namespace())
                        .withName("shop")
                        .get()
                        .getSpec()
                        .getClusterIP());
        assertThat(client.pods().inNamespace(naming.namespace()).list().getItems())
                .hasSize(2)
                .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(naming.labels()));
    }

    @Test
    void an_application_whose_image_is_missing_is_told_within_seconds() throws InterruptedException {
        Served served = start("IMAGE", image, image, "registry.example.com/shop:4.2");
        assertThat(served.trouble().orElseThrow().what()).contains("registry.example.com/shop:4.2", "cannot be had");
        assertThat(served.trouble().orElseThrow().where()).contains("pod " + naming.namespace() + "/shop-");
    }

    @Test
    void an_application_that_crashes_is_told_with_its_last_words() throws InterruptedException {
        Served served = start("psql \\\"$URI\\\" -c 'select 1'", "echo out of stock; false");
        assertThat(served.trouble().orElseThrow().what()).contains("ends again and again, last with exit code 1");
        assertThat(served.log()).contains("out of stock");
    }

    @Test
    void a_pod_that_restricted_security_refuses_is_told() throws InterruptedException {
        Served served = start("\"runAsUser\": 999", "\"runAsUser\": 0");
        assertThat(served.trouble().orElseThrow().toString()).containsAnyOf("violates PodSecurity", "runAsNonRoot");
    }

    @Test
    void an_operator_that_is_not_there_is_told() {
        assertThatThrownBy(() -> companions.recover(wish(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        CouldNotRun.class,
                        unable -> assertThat(unable.problem().what()).contains("CloudNativePG is not installed"));
    }

    @Test
    void an_operator_recovers_a_server() throws Exception {
        try (TestOperator operator = new TestOperator(client, naming, image, PASSWORD.reveal(), false)) {
            Served served = companions.recover(wish(), Progress.SILENT);
            assertThat(served.trouble()).isEmpty();
            assertThat(served.address().orElseThrow().port()).isEqualTo(5432);
            assertThat(served.log())
                    .contains("LOG:  last completed transaction was at log time 2026-11-21 20:15:03.123+00");
            assertThat(operator.unlabelled()).isEmpty();
            Served again = companions.recover(wish(), Progress.SILENT);
            assertThat(again.trouble()).isEmpty();
        }
    }

    @Test
    void an_operator_that_fails_is_told_with_the_words_of_the_server() throws Exception {
        try (TestOperator operator = new TestOperator(client, naming, image, PASSWORD.reveal(), true)) {
            Served served = companions.recover(wish(), Progress.SILENT);
            assertThat(served.trouble().orElseThrow().what())
                    .contains("could not recover the server (exit code 1)", "requested timeline 9");
            assertThat(operator.unlabelled()).isEmpty();
        }
    }

    /** The same pod with a server that everybody in the scratch may ask, in place of the worker. */
    private Pod server(Pod pod, String name) {
        return new PodBuilder(pod)
                .editMetadata()
                .withName(name)
                .endMetadata()
                .editSpec()
                .editMatchingContainer(container -> container.getName().equals("worker"))
                .withImage(image)
                .withCommand("sleep", "600")
                .withArgs()
                .endContainer()
                .editMatchingContainer(container -> container.getName().equals("database"))
                .withCommand("sh", "-c", TestServer.script(PASSWORD.reveal()))
                .withArgs()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("pg_isready", "-h", "127.0.0.1")
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build();
    }

    private Served start(String... changes) throws InterruptedException {
        return start(LONG, changes);
    }

    private Served start(Duration within, String... changes) throws InterruptedException {
        UnaryOperator<String> changed = text -> {
            String result = text;
            for (int change = 0; change < changes.length; change += 2) {
                result = result.replace(changes[change], changes[change + 1]);
            }
            return result;
        };
        return companions.start(
                new Ensemble(
                        List.of(
                                new Manifest("shop.yaml:1", "Deployment", "shop", changed.apply("""
                                        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop"},
                                         "spec": {"selector": {"matchLabels": {"app": "shop"}},
                                          "template": {"metadata": {"labels": {"app": "shop"}}, "spec": {"containers": [
                                            {"name": "shop", "image": "IMAGE", "command": ["sh", "-c",
                                              "psql \\"$URI\\" -c 'select 1' && psql -h database -p {dbport} -U {dbuser} {database} -c 'select 2' && touch /tmp/up && sleep 600"],
                                             "securityContext": {"runAsUser": 999},
                                             "readinessProbe": {"exec": {"command": ["cat", "/tmp/up"]}, "periodSeconds": 1},
                                             "env": [{"name": "URI", "valueFrom": {"secretKeyRef": {"name": "muster-database", "key": "uri"}}},
                                                     {"name": "PGPASSWORD", "valueFrom": {"secretKeyRef": {"name": "muster-database", "key": "password"}}}]}]}}}}
                                        """.replace(
                                                "IMAGE", image))),
                                new Manifest("shop.yaml:9", "Service", "shop", """
                                        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"},
                                         "spec": {"selector": {"app": "shop"}, "ports": [{"port": 8080}]}}
                                        """)),
                        "digest",
                        new Endpoint("shop", 8080)),
                Map.of("database", "postgres", "dbuser", "postgres", "port", "8080"),
                OptionalInt.of(5432),
                within,
                Progress.SILENT);
    }

    private ServerWish wish() {
        return new ServerWish(
                new OperatorPlan(
                        OperatorPlan.CLOUD_NATIVE_PG,
                        "shop",
                        "shop",
                        Optional.of(image),
                        OptionalLong.of(64L << 20),
                        Optional.empty(),
                        Optional.empty()),
                15,
                1 << 20,
                new ServerWish.Store(
                        "primary",
                        Optional.of(URI.create("http://192.0.2.7:9")),
                        "eu-central-1",
                        "backups",
                        "shop/production/",
                        new Secret("access"),
                        new Secret("secret"),
                        Optional.empty()),
                "20261121T200000",
                new RecoveryTarget(RecoveryTarget.Kind.TIME, "2026-11-21T20:16:00Z"));
    }
}
