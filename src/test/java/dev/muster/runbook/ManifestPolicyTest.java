package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Ensemble;
import dev.muster.drill.Manifest;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which objects of Kubernetes an application may be made up of. */
class ManifestPolicyTest {
    private static final String SOUND = """
            apiVersion: v1
            kind: Service
            metadata: { name: shop }
            spec:
              selector: { app: shop }
              ports: [{ port: 8080 }]
            ---
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: shop, creationTimestamp: null }
            spec:
              selector: { matchLabels: { app: shop } }
              template:
                metadata: { labels: { app: shop } }
                spec:
                  initContainers:
                    - { name: first, image: "registry.example.com/shop:4.2" }
                  containers:
                    - name: shop
                      image: registry.example.com/shop:4.2
                      args: [--database, "{database}"]
                      env:
                        - name: PASSWORD
                          valueFrom: { secretKeyRef: { name: muster-database, key: password } }
                      ports: [{ containerPort: 8080 }]
            """;

    private RunbookFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void set() throws IOException {
        fixture = new RunbookFixture(folder);
        Files.createDirectory(folder.resolve("shop"));
    }

    @Test
    void an_application_of_a_service_and_a_deployment_is_let_through() throws IOException {
        assertThat(faults(SOUND)).isEmpty();

        Ensemble ensemble = fixture.read(runbook()).runbook().orElseThrow().steps().stream()
                .filter(Step.Start.class::isInstance)
                .map(step -> ((Step.Start) step).application().ensemble().orElseThrow())
                .findFirst()
                .orElseThrow();
        assertThat(ensemble.manifests()).extracting(Manifest::label).containsExactly("Service/shop", "Deployment/shop");
        assertThat(ensemble.manifests().get(1).file()).endsWith("shop/all.yaml:9");
        assertThat(ensemble.address().toString()).isEqualTo("shop:8080");
        JsonNode deployment =
                JsonMapper.shared().readTree(ensemble.manifests().get(1).content());
        assertThat(deployment
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .intValue())
                .isEqualTo(8080);
    }

    @Test
    void the_digest_of_the_files_changes_with_any_of_them() throws IOException {
        faults(SOUND);
        String before = digest();
        faults(SOUND.replace("4.2", "4.3"));
        assertThat(digest()).isNotEqualTo(before).hasSize(64);
    }

    @TestFactory
    List<DynamicTest> what_could_get_out_of_a_scratch_is_refused() {
        Map<String, String[]> changes = new TreeMap<>();
        pod(changes, "hostNetwork: true", "spec.template.spec.hostNetwork");
        pod(changes, "hostPID: true", "spec.template.spec.hostPID");
        pod(changes, "hostIPC: true", "spec.template.spec.hostIPC");
        pod(changes, "hostUsers: true", "spec.template.spec.hostUsers");
        pod(changes, "nodeName: one", "spec.template.spec.nodeName");
        pod(changes, "automountServiceAccountToken: true", "automountServiceAccountToken");
        pod(changes, "serviceAccountName: muster", "uses the ServiceAccount muster");
        pod(changes, "securityContext: { runAsNonRoot: false }", "runs as root");
        pod(changes, "securityContext: { runAsUser: 0 }", "runs as root");
        pod(changes, "securityContext: { sysctls: [{ name: a, value: b }] }", "securityContext.sysctls");
        pod(changes, "securityContext: { seccompProfile: { type: Unconfined } }", "the seccomp profile Unconfined");
        pod(changes, "volumes: [{ name: v, hostPath: { path: / } }]", "volumes.0.hostPath");
        pod(changes, "volumes: [{ name: v, csi: { driver: d } }]", "volumes.0.csi");
        pod(changes, "volumes: [{ name: v, nfs: { server: s, path: / } }]", "volumes.0.nfs");
        pod(changes, "volumes: [{ name: v, secret: { secretName: drill } }]", "uses the Secret drill");
        pod(
                changes,
                "volumes: [{ name: v, persistentVolumeClaim: { claimName: data } }]",
                "uses the PersistentVolumeClaim data");
        pod(
                changes,
                "volumes: [{ name: v, projected: { sources: [{ serviceAccountToken: { path: t } }] } }]",
                "sources.0.serviceAccountToken");
        container(changes, "ports: [{ containerPort: 1, hostPort: 1 }]", "ports.0.hostPort");
        container(changes, "securityContext: { privileged: true }", "securityContext.privileged");
        container(changes, "securityContext: { allowPrivilegeEscalation: true }", "allowPrivilegeEscalation");
        container(changes, "securityContext: { capabilities: { add: [NET_ADMIN] } }", "further capabilities");
        container(changes, "securityContext: { procMount: Unmasked }", "securityContext.procMount");
        container(changes, "envFrom: [{ secretRef: { name: drill } }]", "uses the Secret drill");
        container(changes, "envFrom: [{ configMapRef: { name: other } }]", "uses the ConfigMap other");
        container(changes, "volumeDevices: [{ name: d, devicePath: /dev/x }]", "volumeDevices");
        container(
                changes,
                "volumeMounts: [{ name: v, mountPath: /v, mountPropagation: Bidirectional }]",
                "mountPropagation");
        container(changes, "livenessProbe: { httpGet: { host: erp.example.com, port: 80 } }", "a host of its choice");
        container(changes, "lifecycle: { preStop: { tcpSocket: { host: erp, port: 80 } } }", "a host of its choice");
        changes.put("image without a registry", image("shop:4.2", "names no registry"));
        changes.put("image without a tag", image("registry.example.com/shop", "does not say which"));
        changes.put("image by its latest tag", image("registry.example.com/shop:latest", "does not say which"));
        changes.put("image with a port of the registry only", image("localhost:5000/shop", "does not say which"));
        changes.put("NodePort", service("type: NodePort", "of the type NodePort"));
        changes.put("LoadBalancer", service("type: LoadBalancer", "of the type LoadBalancer"));
        changes.put(
                "ExternalName", service("type: ExternalName\n  externalName: erp.example.com", "spec.externalName"));
        changes.put("external addresses", service("externalIPs: [192.0.2.1]", "spec.externalIPs"));
        changes.put("an address of choice", service("clusterIP: 10.96.0.9", "production may have"));
        changes.put("no selector", new String[] {SOUND.replace("  selector: { app: shop }\n", ""), "selects no pods"});
        for (String key : List.of("namespace: production", "finalizers: [a/b]", "ownerReferences: []", "uid: 4711")) {
            changes.put("metadata." + key, new String[] {
                SOUND.replace("metadata: { name: shop }", "metadata: { name: shop, " + key + " }"),
                "Service/shop " + (key.startsWith("namespace") ? "names a namespace" : "has ")
            });
        }
        changes.put("labels of others", new String[] {
            SOUND.replace("labels: { app: shop }", "labels: { muster.dev/drill: other }"), "labels.muster.dev/drill"
        });
        changes.put("a name of the scratch", new String[] {
            SOUND.replace("metadata: { name: shop }", "metadata: { name: database }"), "the scratch itself uses"
        });
        changes.put("a secret that becomes a token", new String[] {
            SOUND
                    + "---\n{ apiVersion: v1, kind: Secret, metadata: { name: s }, type: kubernetes.io/service-account-token }\n",
            "a token would be made"
        });
        changes.put("a claim on an old volume", new String[] {
            SOUND
                    + "---\n{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: s }, spec: { volumeName: pv } }\n",
            "a volume that is there already"
        });
        changes.put("the same twice", new String[] {SOUND + "---\n" + SOUND, "Deployment/shop is described twice"});
        for (String kind : List.of(
                "v1 Namespace",
                "v1 Node",
                "v1 PersistentVolume",
                "v1 List",
                "v1 Endpoints",
                "rbac.authorization.k8s.io/v1 Role",
                "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
                "apiextensions.k8s.io/v1 CustomResourceDefinition",
                "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
                "networking.k8s.io/v1 NetworkPolicy",
                "networking.k8s.io/v1 Ingress",
                "apps/v1 DaemonSet",
                "batch/v1 CronJob",
                "shop.example.com/v1 Deployment")) {
            List<String> words = List.of(kind.split(" ", -1));
            changes.put(kind, new String[] {
                SOUND + "---\n{ apiVersion: " + words.get(0) + ", kind: " + words.get(1)
                        + ", metadata: { name: x } }\n",
                words.get(1) + "/x (" + words.get(0) + ") is none of the kinds"
            });
        }
        List<DynamicTest> tests = new ArrayList<>();
        changes.forEach((name, change) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            assertThat(change[0]).isNotEqualTo(SOUND);
            assertThat(faults(change[0]))
                    .anySatisfy(fault -> assertThat(fault)
                            .contains(change[1])
                            .startsWith("shop/all.yaml:")
                            .matches("(?s).*\\. [A-Z].*\\."));
        })));
        return tests;
    }

    @Test
    void all_violations_are_told_at_once_each_with_its_line() throws IOException {
        assertThat(faults(SOUND.replace("  selector: { app: shop }\n", "  selector: { app: shop }\n  type: NodePort\n")
                        .replace("        spec:\n", "        spec:\n          hostNetwork: true\n")
                        .replace("      initContainers:", "      hostPID: true\n      initContainers:")))
                .containsExactly(
                        "shop/all.yaml:6:9: Service/shop is of the type NodePort, which reaches out of the cluster."
                                + " Let it be ClusterIP.",
                        "shop/all.yaml:18:16: Deployment/shop has `spec.template.spec.hostPID`, which is not let through"
                                + " to a scratch. Remove it; a drill's application gets nothing of the node, of other"
                                + " namespaces or of the outside.");
    }

    @Test
    void a_folder_that_is_not_there_or_empty_is_told() throws IOException {
        assertThat(fixture.faults(runbook())).anyMatch(fault -> fault.contains("There is no YAML file in"));
        Files.delete(folder.resolve("shop"));
        assertThat(fixture.faults(runbook())).anyMatch(fault -> fault.contains("cannot be read"));
    }

    @Test
    void the_service_at_which_it_answers_has_to_be_there() throws IOException {
        assertThat(faults(SOUND.replace("name: shop }\nspec:\n  selector", "name: sho }\nspec:\n  selector")))
                .anyMatch(fault -> fault.contains("no Service `shop`") && fault.contains("Did you mean `sho`?"));
        assertThat(faults(SOUND.replace("port: 8080 }", "port: 8081 }")))
                .anyMatch(fault -> fault.contains("has no port 8080"));
        assertThat(faults(SOUND.replace("  selector: { app: shop }", "  clusterIP: None\n  selector: { app: shop }")))
                .anyMatch(fault -> fault.contains("has no address of its own"));
    }

    @Test
    void an_application_is_either_a_program_or_made_of_manifests() throws IOException {
        faults(SOUND);
        assertThat(fixture.faults(runbook().replace("health:", "command: [shop], health:")))
                .anyMatch(fault -> fault.contains("has both `command` and `manifests`"));
        assertThat(fixture.faults(runbook().replace("manifests: shop, address: \"shop:8080\", ", "")))
                .anyMatch(fault -> fault.contains("has neither `command` nor `manifests`"));
        assertThat(fixture.faults(runbook().replace(", address: \"shop:8080\"", "")))
                .anyMatch(fault -> fault.contains("lacks the key `address`"));
        assertThat(fixture.faults(runbook().replace("on: kubernetes, ", "")))
                .anyMatch(fault -> fault.contains("only where the scratch is in Kubernetes"));
    }

    private static void pod(Map<String, String[]> changes, String line, String told) {
        changes.put("pod with " + line, new String[] {
            SOUND.replace("      initContainers:", "      " + line + "\n      initContainers:"), told
        });
    }

    private static void container(Map<String, String[]> changes, String line, String told) {
        changes.put("container with " + line, new String[] {
            SOUND.replace("          ports: [{ containerPort: 8080 }]\n", "          " + line + "\n"), told
        });
        changes.put(
                "first container with " + line,
                new String[] {SOUND.replace("shop:4.2\" }", "shop:4.2\", " + line + " }"), told});
    }

    private static String[] image(String image, String told) {
        return new String[] {SOUND.replace("image: registry.example.com/shop:4.2\n", "image: " + image + "\n"), told};
    }

    private static String[] service(String lines, String told) {
        return new String[] {
            SOUND.replace("  ports: [{ port: 8080 }]\n", "  ports: [{ port: 8080 }]\n  " + lines + "\n"), told
        };
    }

    private List<String> faults(String manifests) throws IOException {
        Files.writeString(folder.resolve("shop/all.yaml"), manifests);
        return fixture.faults(runbook());
    }

    private String digest() throws IOException {
        return fixture.read(runbook()).runbook().orElseThrow().steps().stream()
                .filter(Step.Start.class::isInstance)
                .map(step -> ((Step.Start) step)
                        .application()
                        .ensemble()
                        .orElseThrow()
                        .sha256())
                .findFirst()
                .orElseThrow();
    }

    private static String runbook() {
        return RunbookFixture.SOUND.replace("scratch: { postgres: 15 }", """
                scratch: { on: kubernetes, postgres: 15 }
                applications:
                  shop: { manifests: shop, address: "shop:8080", health: /health }""") + "  - start: shop\n";
    }
}
