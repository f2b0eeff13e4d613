package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in for CloudNativePG: knows its kinds by small schemas, makes a pod that "recovers", and then a server. */
final class TestOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TestOperator.class);

    private static final long USER = 1234;

    private final KubernetesClient client;
    private final Naming naming;
    private final String image;
    private final String password;
    private final boolean fails;
    private final ExecutorService work = Executors.newSingleThreadExecutor();
    private final List<CustomResourceDefinition> kinds;
    private final SharedIndexInformer<GenericKubernetesResource> watch;

    TestOperator(KubernetesClient client, Naming naming, String image, String password, boolean fails)
            throws Exception {
        this.client = client;
        this.naming = naming;
        this.image = image;
        this.password = password;
        this.fails = fails;
        try (InputStream schemas =
                Objects.requireNonNull(TestOperator.class.getResourceAsStream("/kubernetes/cloudnative-pg.yaml"))) {
            this.kinds = client.load(schemas).items().stream()
                    .map(CustomResourceDefinition.class::cast)
                    .toList();
        }
        // Who has the real one keeps it: these kinds are deleted afterwards.
        assumeThat(kinds).noneMatch(kind -> client.resource(kind).get() != null);
        for (CustomResourceDefinition kind : kinds) {
            client.resource(kind).serverSideApply();
            client.resource(kind)
                    .waitUntilCondition(
                            there -> there != null
                                    && there.getStatus() != null
                                    && there.getStatus().getConditions() != null
                                    && there.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS);
        }
        try {
            // A server that has just learnt a kind asks for a moment.
            this.watch = await().ignoreExceptions().until(this::watching, Objects::nonNull);
        } catch (ConditionTimeoutException unable) {
            forgetKinds();
            throw unable;
        }
    }

    private SharedIndexInformer<GenericKubernetesResource> watching() {
        return client.genericKubernetesResources(new CloudNativePg().kind())
                .inNamespace(naming.namespace())
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource added) {
                        work.execute(() -> work(added));
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {}

                    @Override
                    public void onDelete(GenericKubernetesResource deleted, boolean unseen) {
                        pods().forEach(pod ->
                                client.resource(pod).withGracePeriod(0).delete());
                    }
                });
    }

    private void forgetKinds() {
        kinds.forEach(kind -> client.resource(kind).delete());
    }

    private void work(GenericKubernetesResource cluster) {
        try {
            reconcile(cluster);
        } catch (KubernetesClientException over) {
            LOG.debug("the test is over", over);
        }
    }

    private void reconcile(GenericKubernetesResource cluster) {
        say(cluster, "Setting up primary", 0);
        Pod recovery = client.resource(pod("restored-1-full-recovery", "full-recovery", fails ? FAILING : RECOVERING))
                .create();
        client.resource(recovery)
                .waitUntilCondition(
                        pod -> pod != null
                                && List.of("Succeeded", "Failed")
                                        .contains(pod.getStatus().getPhase()),
                        60,
                        TimeUnit.SECONDS);
        if (fails) {
            return;
        }
        client.resource(recovery).withGracePeriod(0).delete();
        client.resource(pod("restored-1", "", TestServer.script(password))).create();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("restored-rw")
                        .withNamespace(naming.namespace())
                        .withLabels(inherited(cluster))
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("cnpg.io/cluster", "restored")
                        .addNewPort()
                        .withPort(5432)
                        .endPort()
                        .endSpec()
                        .build())
                .serverSideApply();
        say(cluster, "Cluster in healthy state", 1);
    }

    private static final String RECOVERING =
            "echo '{\"level\":\"info\",\"logger\":\"postgres\",\"msg\":\"record\",\"record\":{\"error_severity\":\"LOG\","
                    + "\"message\":\"redo done at 0/3000110\"}}';"
                    + "echo '{\"level\":\"info\",\"logger\":\"postgres\",\"msg\":\"record\",\"record\":{\"error_severity\":\"LOG\","
                    + "\"message\":\"last completed transaction was at log time 2026-11-21 20:15:03.123+00\"}}'; sleep 2";
    private static final String FAILING =
            "echo '{\"level\":\"info\",\"logger\":\"postgres\",\"msg\":\"record\",\"record\":{\"error_severity\":\"FATAL\","
                    + "\"message\":\"requested timeline 9 is not a child of this server\\u0027s history\"}}'; sleep 1; exit 1";

    private Pod pod(String name, String role, String script) {
        GenericKubernetesResource cluster = client.genericKubernetesResources(new CloudNativePg().kind())
                .inNamespace(naming.namespace())
                .withName("restored")
                .get();
        Map<String, String> labels = new TreeMap<>(inherited(cluster));
        labels.put("cnpg.io/cluster", "restored");
        if (!role.isEmpty()) {
            labels.put("cnpg.io/jobRole", role);
        }
        Map<String, Quantity> share = Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi"));
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(naming.namespace())
                .withLabels(labels)
                .withAnnotations(new Users(USER).annotations())
                .endMetadata()
                .withNewSpec()
                .withVolumes(Users.volume())
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withContainers(new ContainerBuilder()
                        .withName(role.isEmpty() ? "postgres" : role)
                        .withImage(image)
                        .withCommand("sh", "-c", script)
                        .withVolumeMounts(Users.mount())
                        .withNewResources()
                        .withRequests(share)
                        .withLimits(share)
                        .endResources()
                        .withNewSecurityContext()
                        .withAllowPrivilegeEscalation(false)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .endSecurityContext()
                        .build())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .endSpec()
                .build();
    }

    private static Map<String, String> inherited(GenericKubernetesResource cluster) {
        Map<String, String> labels = new HashMap<>();
        ((Map<?, ?>) cluster.get("spec", "inheritedMetadata", "labels"))
                .forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        return labels;
    }

    private void say(GenericKubernetesResource cluster, String phase, int ready) {
        client.genericKubernetesResources(new CloudNativePg().kind())
                .inNamespace(naming.namespace())
                .withName(cluster.getMetadata().getName())
                .editStatus(now -> {
                    now.setAdditionalProperty("status", Map.of("phase", phase, "readyInstances", ready));
                    return now;
                });
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(naming.namespace())
                .withLabel("cnpg.io/cluster")
                .list()
                .getItems();
    }

    /** Pods that do not carry the labels of the scratch. */
    List<String> unlabelled() {
        return client.pods().inNamespace(naming.namespace()).list().getItems().stream()
                .filter(pod -> !pod.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(naming.labels().entrySet()))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    @Override
    public void close() {
        watch.close();
        work.shutdownNow();
        forgetKinds();
    }
}
