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
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What runs beside a scratch, on the cluster that {@code MUSTER_TEST_KUBECONFIG} names. */
class CompanionsOnAClusterTest {
    private static final Secret PASSWORD = new Secret("k33pMeH1dden");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Share SMALL = new Share("100m", 256L << 20);

    @TestFactory
    List<DynamicTest> on_a_cluster() {
        return Optional.ofNullable(System.getenv("MUSTER_TEST_KUBECONFIG"))
                .map(this::tests)
                .orElse(List.of());
    }

    private List<DynamicTest> tests(String kubeconfig) {
        String image =
                Optional.ofNullable(System.getenv("MUSTER_TEST_POSTGRES_IMAGE")).orElse("docker.io/muster/postgres:15");
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test(
                "an_application_of_manifests_comes_up_and_reaches_the_database",
                kubeconfig,
                image,
                ground -> ground.application_comes_up()));
        tests.add(test(
                "an_application_whose_image_is_missing_is_told_within_seconds",
                kubeconfig,
                image,
                ground -> ground.missing_image()));
        tests.add(test(
                "an_application_that_crashes_is_told_with_its_last_words",
                kubeconfig,
                image,
                ground -> ground.crashing()));
        tests.add(
                test("a_pod_that_restricted_security_refuses_is_told", kubeconfig, image, ground -> ground.refused()));
        tests.add(test("an_operator_that_is_not_there_is_told", kubeconfig, image, ground -> ground.no_operator()));
        tests.add(test("an_operator_recovers_a_server", kubeconfig, image, ground -> ground.operator_recovers()));
        tests.add(test(
                "an_operator_that_fails_is_told_with_the_words_of_the_server",
                kubeconfig,
                image,
                ground -> ground.operator_fails()));
        return tests;
    }

    private DynamicTest test(String name, String kubeconfig, String image, Work work) {
        return DynamicTest.dynamicTest(name, () -> {
            Config config = Config.fromKubeconfig(new File(kubeconfig));
            try (KubernetesClient client =
                            new KubernetesClientBuilder().withConfig(config).build();
                    Ground ground = new Ground(client, image)) {
                work.on(ground);
            }
        });
    }

    private interface Work {
        void on(Ground ground) throws Exception;
    }

    /** A namespace as a drill has it, with a server in place of the worker. */
    private static final class Ground implements AutoCloseable {
        private final KubernetesClient client;
        private final String image;
        private final Opening opening;
        private final ClusterSettings settings;
        private final Naming naming;
        private final KubernetesCompanions companions;

        Ground(KubernetesClient client, String image) throws Exception {
            this.client = client;
            this.image = image;
            this.settings = new ClusterSettings(
                    Optional.empty(),
                    Optional.empty(),
                    "companions",
                    new ClusterSettings.Images(image, Map.of(15, image)),
                    999,
                    SMALL,
                    SMALL,
                    SMALL,
                    16L << 20,
                    List.of(),
                    Map.of(),
                    Map.of(),
                    ClusterSettings.Guarded.ALWAYS);
            this.opening = new Opening(
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
                    List.of(new Endpoint("10.88.0.1", 9)),
                    Map.of(Beside.PASSWORD, PASSWORD),
                    Progress.SILENT);
            this.naming = Naming.of(opening.drill(), opening.plan().cluster(), settings);
            Cluster cluster = new Cluster(client, Duration.ofSeconds(20));
            for (HasMetadata object : new Manifests(settings, Addresses.HERE)
                    .of(
                            opening,
                            new Stamp(
                                    opening.drill(),
                                    "shop",
                                    Instant.now(),
                                    Instant.now().plusSeconds(600),
                                    "nobody",
                                    "test"))) {
                cluster.apply(object instanceof Pod pod ? server(pod, "drill") : object);
            }
            client.pods()
                    .inNamespace(naming.namespace())
                    .withName("drill")
                    .waitUntilReady(LONG.toSeconds(), TimeUnit.SECONDS);
            this.companions = new KubernetesCompanions(cluster, naming, opening, settings);
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

        void application_comes_up() throws InterruptedException {
            Served served = start();
            assertThat(served.trouble()).isEmpty();
            assertThat(served.address().orElseThrow().host()).startsWith("10.96.");
            assertThat(client.pods().inNamespace(naming.namespace()).list().getItems())
                    .hasSize(2)
                    .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(naming.labels()));
        }

        void missing_image() throws InterruptedException {
            Served served = start("IMAGE", image, image, "registry.example.com/shop:4.2");
            assertThat(served.trouble().orElseThrow().what())
                    .contains("registry.example.com/shop:4.2", "cannot be had");
            assertThat(served.trouble().orElseThrow().where()).contains("pod " + naming.namespace() + "/shop-");
        }

        void crashing() throws InterruptedException {
            Served served = start("psql \\\"$URI\\\" -c 'select 1'", "echo out of stock; false");
            assertThat(served.trouble().orElseThrow().what()).contains("ends again and again, last with exit code 1");
            assertThat(served.log()).contains("out of stock");
        }

        void refused() throws InterruptedException {
            Served served = start("\"runAsUser\": 999", "\"runAsUser\": 0");
            assertThat(served.trouble().orElseThrow().toString()).containsAnyOf("violates PodSecurity", "runAsNonRoot");
        }

        void no_operator() {
            assertThatThrownBy(() -> companions.recover(wish(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CouldNotRun.class,
                            unable -> assertThat(unable.problem().what()).contains("CloudNativePG is not installed"));
        }

        void operator_recovers() throws Exception {
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

        void operator_fails() throws Exception {
            try (TestOperator operator = new TestOperator(client, naming, image, PASSWORD.reveal(), true)) {
                Served served = companions.recover(wish(), Progress.SILENT);
                assertThat(served.trouble().orElseThrow().what())
                        .contains("could not recover the server (exit code 1)", "requested timeline 9");
                assertThat(operator.unlabelled()).isEmpty();
            }
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
                            Optional.of(URI.create("http://10.88.0.1:9")),
                            "eu-central-1",
                            "backups",
                            "shop/production/",
                            new Secret("access"),
                            new Secret("secret"),
                            Optional.empty()),
                    "20261121T200000",
                    new RecoveryTarget(RecoveryTarget.Kind.TIME, "2026-11-21T20:16:00Z"));
        }

        @Override
        public void close() {
            client.namespaces().withName(naming.namespace()).delete();
        }
    }
}
