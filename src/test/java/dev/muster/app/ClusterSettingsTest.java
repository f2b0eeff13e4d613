package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.scratch.kubernetes.ClusterSettings;
import dev.muster.scratch.kubernetes.ClusterSettings.Images;
import dev.muster.scratch.kubernetes.ClusterSettings.Reach;
import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import dev.muster.signing.KeyRing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kubernetes cluster among the settings. */
class ClusterSettingsTest {
    @TempDir
    Path folder;

    @Test
    void without_it_there_is_no_cluster() throws Exception {
        assertThat(read("home: home\n").kubernetes()).isEmpty();
    }

    @Test
    void an_image_of_the_worker_is_all_that_is_needed() throws Exception {
        assertThat(read("kubernetes: { images: { worker: registry.example.com/muster:1 } }\n")
                        .kubernetes())
                .contains(ClusterSettings.usual(new Images("registry.example.com/muster:1", Map.of())));
    }

    @Test
    void everything_said_is_understood() throws Exception {
        ClusterSettings cluster = read("""
                vaults: { primary: { bucket: b } }
                kubernetes:
                  kubeconfig: cluster.yaml
                  context: drills
                  installation: muster-emea
                  images: { worker: registry.example.com/muster:1, postgres: { "15": registry.example.com/postgres:15 } }
                  pullSecrets: { registry: "${env:REGISTRY}" }
                  user: 70
                  worker: { cpu: 2, memory: 2GiB }
                  database: { cpu: 500m, memory: 4GiB, sharedMemory: 1GiB }
                  application: { memory: 3GiB }
                  endpoints: { primary: "http://minio.storage.svc:9000" }
                  reaches:
                    - { cidr: 10.20.0.0/16, port: 443 }
                    - { namespace: { team: storage }, pods: { app: minio }, port: 9000 }
                  guard: { contexts: [production], namespaces: [erp, kube-*] }
                """).kubernetes().orElseThrow();
        assertThat(cluster.kubeconfig()).contains(folder.resolve("cluster.yaml"));
        assertThat(cluster.context()).contains("drills");
        assertThat(cluster.installation()).isEqualTo("muster-emea");
        assertThat(cluster.images().postgres()).isEqualTo(Map.of(15, "registry.example.com/postgres:15"));
        assertThat(cluster.pullSecrets().get("registry"))
                .satisfies(secret -> assertThat(secret.get().reveal()).isEqualTo("{\"auths\":{}}"));
        assertThat(cluster.user()).isEqualTo(70);
        assertThat(cluster.worker()).isEqualTo(new Share("2", 2L << 30));
        assertThat(cluster.database()).isEqualTo(new Share("500m", 4L << 30));
        assertThat(cluster.application()).isEqualTo(new Share("1", 3L << 30));
        assertThat(cluster.sharedMemory()).isEqualTo(1L << 30);
        assertThat(cluster.endpoints()).isEqualTo(Map.of("primary", URI.create("http://minio.storage.svc:9000")));
        assertThat(cluster.reaches())
                .containsExactly(
                        new Reach.Range("10.20.0.0/16", 443),
                        new Reach.Pods(Map.of("team", "storage"), Map.of("app", "minio"), 9000));
        assertThat(cluster.guard().contexts()).containsExactly("production");
        assertThat(cluster.guard().namespaces()).containsExactly("kube-*", "default", "openshift-*", "erp");
    }

    @Test
    void what_is_always_guarded_cannot_be_taken_out() throws Exception {
        assertThat(read("kubernetes: { images: { worker: m }, guard: { namespaces: [] } }\n")
                        .kubernetes()
                        .orElseThrow()
                        .guard()
                        .namespaces())
                .contains("kube-*", "default", "openshift-*");
    }

    @Test
    void mistakes_are_told_all_at_once_each_with_its_line() {
        assertThat(catchThrowableOfType(Misprints.class, () -> read("""
                        kubernetes:
                          images: { worker: "", postgres: { "9": postgres } }
                          user: 0
                          pullSecrets: { registry: in-the-open }
                          endpoints: { secondary: "http://minio:9000" }
                          reaches:
                            - { cidr: 10.20.0.300/16, port: 443 }
                            - { cidr: 10.20.0.0/16, namespace: { a: b }, port: 443 }
                          guard: { context: [production] }
                        """)).misprints())
                .extracting(Misprint::line)
                .contains(2, 3, 4, 7, 8, 9);
        assertThat(catchThrowableOfType(
                                Misprints.class,
                                () -> read("kubernetes: { images: { worker: m }, endpoints: { x: \"http://s:1\" } }\n"))
                        .misprints())
                .singleElement()
                .asString()
                .contains("There is no vault called `x`");
    }

    @Test
    void it_is_shown_without_what_registries_want_to_see() throws Exception {
        Settings settings =
                read("kubernetes: { images: { worker: registry.example.com/muster:1 }, pullSecrets: { registry:"
                        + " \"${env:REGISTRY}\" } }\n");
        assertThat(new SettingsShown(settings, new KeyRing(folder.resolve("keys"), Map.of(), Clock.systemUTC()))
                        .groups()
                        .toString())
                .contains("kubernetes.images.worker", "registry.example.com/muster:1", "kube-*", "set, and not shown")
                .doesNotContain("auths");
    }

    private Settings read(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("muster.yaml"), content);
        return Settings.read(
                Optional.of(file),
                Optional.empty(),
                Map.of("HOME", "/users/kim", "REGISTRY", "{\"auths\":{}}"),
                folder);
    }
}
