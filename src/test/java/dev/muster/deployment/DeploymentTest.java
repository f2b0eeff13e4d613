package dev.muster.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Both ways to deploy Muster make objects that a strict cluster takes, and the same ones. */
class DeploymentTest {
    private static final String EVERYTHING = """
            image: { digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", pullSecrets: [registry] }
            replicas: 3
            runbooks: { shop.yaml: "name: shop", other.yaml: "name: other\\ntitle: Other\\n" }
            rbac: { namespaces: [drills-a, drills-b] }
            serviceAccount: { name: drills, annotations: { example.com/role: reader } }
            service: { annotations: { example.com/lb: internal } }
            serviceMonitor: { enabled: true, labels: { release: prometheus } }
            home: { storageClass: files, size: 100Gi }
            podAnnotations: { example.com/scan: "yes" }
            podLabels: { team: platform }
            nodeSelector: { disk: fast }
            tolerations: [{ key: drills, operator: Exists, effect: NoSchedule }]
            priorityClassName: low
            settings: { serve: { tls: { certificate: tls.crt, key: tls.key } } }
            """;
    private static final String LITTLE = """
            replicas: 1
            runbooksFrom: own-runbooks
            catalog: { url: "jdbc:h2:file:/var/lib/muster/catalog", user: "", password: { secret: "" } }
            secrets: { environment: "", files: "" }
            home: { accessMode: ReadWriteOnce, claim: own-home }
            serviceAccount: { create: false, name: own }
            rbac: { create: false }
            networkPolicy: { enabled: false }
            podDisruptionBudget: { enabled: false }
            reaper: { enabled: false }
            """;

    private static final Set<String> OF_HELM = Set.of(
            "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart");

    @Test
    @Needs("kubectl")
    void kubernetes_knows_every_field_that_kustomize_makes() throws Exception {
        assertThat(new KubernetesFacts().faults(Rendered.kustomized(Rendered.FOLDER)))
                .isEmpty();
        assertThat(new KubernetesFacts().faults(Rendered.kustomized(Rendered.FOLDER.resolve("service-monitor"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", EVERYTHING, LITTLE})
    void kubernetes_knows_every_field_that_the_chart_makes(String values) throws Exception {
        assertThat(new KubernetesFacts().faults(Rendered.charted(values))).isEmpty();
    }

    @Test
    void a_field_that_kubernetes_does_not_know_is_seen() throws Exception {
        Rendered rendered = Rendered.charted();
        ObjectNode container = (ObjectNode) rendered.one("Deployment").at("/spec/template/spec/containers/0");
        container.put("imagePulPolicy", "Always");
        container.remove("name");
        ((ObjectNode) rendered.one("Service").path("spec")).put("ports", "80");

        assertThat(new KubernetesFacts().faults(rendered))
                .hasSize(3)
                .anyMatch(fault -> fault.contains("imagePulPolicy"))
                .anyMatch(fault -> fault.contains("'name'"))
                .anyMatch(fault -> fault.contains("Service muster /spec/ports"));
    }

    @Test
    @Needs("kubectl")
    void kustomize_and_the_chart_make_the_same_objects() throws Exception {
        Rendered kustomized = Rendered.kustomized(Rendered.FOLDER);
        Rendered monitor = Rendered.kustomized(Rendered.FOLDER.resolve("service-monitor"));
        Rendered charted = Rendered.charted("serviceMonitor: { enabled: true }");

        Map<String, JsonNode> ofKustomize = substance(kustomized);
        ofKustomize.putAll(substance(monitor));
        // Helm makes the namespace only when it is asked to.
        ofKustomize.remove("Namespace muster");

        assertThat(substance(charted).keySet()).isEqualTo(ofKustomize.keySet());
        substance(charted).forEach((name, object) -> assertThat(object).as(name).isEqualTo(ofKustomize.get(name)));
    }

    @Test
    void the_chart_gives_the_rights_of_the_manifests_within_prepared_namespaces_too() throws Exception {
        Rendered manifests = Rendered.of(Files.readString(Rendered.FOLDER.resolve("rbac/namespaced.yaml")));
        assertThat(new KubernetesFacts().faults(manifests)).isEmpty();
        Map<String, JsonNode> written = substance(manifests);
        written.keySet().removeIf(name -> name.startsWith("Namespace ") || name.startsWith("ServiceAccount "));

        Map<String, JsonNode> charted = substance(Rendered.charted("rbac: { namespaces: [drills] }"));

        assertThat(written)
                .hasSize(4)
                .allSatisfy(
                        (name, object) -> assertThat(charted.get(name)).as(name).isEqualTo(object));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", EVERYTHING, LITTLE})
    void every_container_of_the_chart_is_let_in_by_a_quota_and_by_the_restricted_standard(String values)
            throws Exception {
        restricted(Rendered.charted(values));
    }

    @Test
    @Needs("kubectl")
    void every_container_of_kustomize_is_let_in_by_a_quota_and_by_the_restricted_standard() throws Exception {
        Rendered rendered = Rendered.kustomized(Rendered.FOLDER);
        restricted(rendered);
        assertThat(rendered.one("Namespace")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asString())
                .isEqualTo("restricted");
    }

    private static void restricted(Rendered rendered) {
        assertThat(rendered.pods()).isNotEmpty().allSatisfy(pod -> {
            JsonNode security = pod.path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(security.path("runAsUser").asInt()).isPositive();
            assertThat(security.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
            assertThat(pod.propertyNames()).doesNotContain("hostNetwork", "hostPID", "hostIPC");
            assertThat(pod.path("volumes").valueStream())
                    .allMatch(volume -> volume.propertyNames().stream()
                            .allMatch(
                                    Set.of("name", "configMap", "secret", "emptyDir", "persistentVolumeClaim")
                                            ::contains));
        });
        assertThat(rendered.containers()).isNotEmpty().allSatisfy(container -> {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.at("/capabilities/drop")).hasToString("[\"ALL\"]");
            assertThat(security.path("privileged").asBoolean(false)).isFalse();
            for (String kind : List.of("requests", "limits")) {
                assertThat(container.path("resources").path(kind).propertyNames())
                        .contains("cpu", "memory", "ephemeral-storage");
            }
        });
    }

    @Test
    @Needs("kubectl")
    void every_image_is_of_a_version_that_somebody_chose() throws Exception {
        for (Rendered rendered :
                List.of(Rendered.kustomized(Rendered.FOLDER), Rendered.charted(), Rendered.charted(EVERYTHING))) {
            assertThat(rendered.containers())
                    .extracting(container -> container.path("image").asString())
                    .allMatch(
                            image -> image.matches("registry\\.example\\.com/muster(:0\\.1\\.0|@sha256:[0-9a-f]{64})"));
        }
        assertThatThrownBy(() -> Rendered.charted("image: { tag: latest }")).hasMessageContaining("latest");
    }

    @Test
    void refuses_several_replicas_on_a_volume_for_one_node() {
        assertThatThrownBy(() -> Rendered.charted("home: { accessMode: ReadWriteOnce }"))
                .hasMessageContaining("2 replicas share one home: use ReadWriteMany, or replicas: 1");
    }

    @Test
    void refuses_a_value_that_it_does_not_know() {
        assertThatThrownBy(() -> Rendered.charted("replica: 3")).hasMessageContaining("replica");
        assertThatThrownBy(() -> Rendered.charted("home: { class: files }")).hasMessageContaining("class");
        assertThatThrownBy(() -> Rendered.charted("replicas: many")).hasMessageContaining("replicas");
    }

    @Test
    void a_change_of_settings_or_runbooks_starts_the_pods_anew() throws Exception {
        JsonNode usual = Rendered.charted().one("Deployment");
        assertThat(Rendered.charted("settings: { drills: { atOnce: 3 } }").one("Deployment"))
                .isNotEqualTo(usual);
        assertThat(Rendered.charted("runbooks: { shop.yaml: other }").one("Deployment"))
                .isNotEqualTo(usual);
    }

    @Test
    void the_values_on_the_page_are_good_to_begin_with() throws Exception {
        String page = Files.readString(Rendered.FOLDER.resolve("README.md"));
        String values = page.substring(page.indexOf("```yaml\n") + 8);

        assertThat(Rendered.charted(values.substring(0, values.indexOf("```")))
                        .named("ConfigMap", "muster-settings")
                        .path("data")
                        .path("muster.yaml")
                        .asString())
                .contains("bucket: acme-backups", "${env:S3_SECRET_KEY}");
    }

    @Test
    void what_the_service_answers_in_tls_is_asked_in_tls() throws Exception {
        assertThat(Rendered.charted(EVERYTHING)
                        .one("Deployment")
                        .at("/spec/template/spec/containers/0/readinessProbe/httpGet/scheme")
                        .asString())
                .isEqualTo("HTTPS");
    }

    @Test
    void the_image_has_the_user_the_program_and_the_folders_that_the_pods_use() throws Exception {
        String image = Files.readString(Path.of("config/container/Containerfile"));
        for (JsonNode container : Rendered.charted().containers()) {
            List<String> command = new ArrayList<>();
            container.path("command").forEach(word -> command.add(word.asString()));
            assertThat(command).startsWith("java").endsWith("-jar", "/opt/muster/muster.jar");
        }
        assertThat(image)
                .contains("COPY target/muster.jar /opt/muster/muster.jar", "USER 999:999", "--uid 999")
                .doesNotContain("latest");
        assertThat(Rendered.charted().pods())
                .allMatch(pod -> pod.at("/securityContext/runAsUser").asInt() == 999);
    }

    /** What is left of objects when Helm's labels, digests in names and what is the usual anyhow are taken away. */
    private static Map<String, JsonNode> substance(Rendered rendered) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (JsonNode object : rendered.objects()) {
            JsonNode plain = Rendered.of(
                            object.toString().replaceAll("(muster-(?:settings|runbooks))-[a-z0-9]{10}", "$1"))
                    .objects()
                    .get(0);
            // Helm gives every object the same ones.
            ((ObjectNode) plain.path("metadata")).remove("labels");
            bare(plain);
            String kind = plain.path("kind").asString();
            if (kind.equals("ConfigMap")) {
                // What is in them is compared as settings.
                ((ObjectNode) plain).remove("data");
            }
            objects.put(kind + " " + plain.at("/metadata/name").asString(), plain);
        }
        return objects;
    }

    private static void bare(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_HELM);
            object.remove(Set.of("muster.dev/settings", "muster.dev/runbooks", "helm.sh/resource-policy"));
            if (object.path("scheme").asString("").equals("HTTP")) {
                object.remove("scheme");
            }
            for (String name : new TreeSet<>(object.propertyNames())) {
                bare(object.path(name));
                if (name.equals("annotations") && object.path(name).isEmpty()) {
                    object.remove(name);
                }
            }
        } else if (node.isArray()) {
            node.forEach(DeploymentTest::bare);
        }
    }
}
