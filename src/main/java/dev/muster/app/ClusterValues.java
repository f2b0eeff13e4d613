package dev.muster.app;

import dev.muster.drill.Secret;
import dev.muster.runbook.Amounts;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import dev.muster.scratch.kubernetes.ClusterSettings;
import dev.muster.scratch.kubernetes.ClusterSettings.Guarded;
import dev.muster.scratch.kubernetes.ClusterSettings.Images;
import dev.muster.scratch.kubernetes.ClusterSettings.Reach;
import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The Kubernetes cluster among the settings; what registries want to see stays a reference until a pod needs it. */
final class ClusterValues {
    private final SettingValues values;
    private final References references;

    ClusterValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Optional<ClusterSettings> cluster(Entry cluster, Entry vaults) {
        if (!cluster.present()) {
            return Optional.empty();
        }
        return Optional.of(new ClusterSettings(
                values.path(cluster.at("kubeconfig")),
                values.text(cluster.at("context")),
                values.text(cluster.at("installation")).orElse(ClusterSettings.INSTALLATION),
                images(cluster.at("images")),
                cluster.at("user").number().orElse(ClusterSettings.USER),
                share(cluster.at("worker"), ClusterSettings.WORKER),
                share(cluster.at("database"), ClusterSettings.DATABASE),
                share(cluster.at("application"), ClusterSettings.APPLICATION),
                size(cluster.at("database").at("sharedMemory")).orElse(ClusterSettings.SHARED_MEMORY),
                cluster.at("reaches").items().stream().map(this::reach).toList(),
                endpoints(cluster.at("endpoints"), vaults),
                pullSecrets(cluster.at("pullSecrets")),
                Guarded.and(
                        texts(cluster.at("guard").at("contexts")),
                        texts(cluster.at("guard").at("namespaces")))));
    }

    private Images images(Entry images) {
        Map<Integer, String> postgres = new TreeMap<>();
        images.at("postgres").entries().forEach((major, image) -> {
            if (major.matches("\\d{1,3}")) {
                values.text(image).ifPresent(name -> postgres.put(Integer.valueOf(major), name));
            }
        });
        return new Images(values.text(images.at("worker")).orElse(""), postgres);
    }

    private static Share share(Entry share, Share usual) {
        return new Share(
                share.at("cpu").present() ? share.at("cpu").scalar() : usual.cpu(),
                size(share.at("memory")).orElse(usual.memory()));
    }

    private static OptionalLong size(Entry size) {
        return size.text().map(Amounts::size).orElse(OptionalLong.empty());
    }

    private Reach reach(Entry reach) {
        int port = (int) reach.at("port").number().orElse(0);
        return reach.at("namespace").present()
                ? new Reach.Pods(labels(reach.at("namespace")), labels(reach.at("pods")), port)
                : new Reach.Range(values.text(reach.at("cidr")).orElse(""), port);
    }

    private Map<String, URI> endpoints(Entry endpoints, Entry vaults) {
        Map<String, URI> addresses = new TreeMap<>();
        endpoints.entries().forEach((vault, endpoint) -> {
            if (!vaults.at(vault).present()) {
                values.wrong(
                        endpoint,
                        "There is no vault called `" + vault + "`",
                        "Write the name of one under `vaults`, or remove this address.");
            }
            values.address(endpoint).ifPresent(address -> addresses.put(vault, address));
        });
        return addresses;
    }

    private Map<String, Supplier<Secret>> pullSecrets(Entry secrets) {
        Map<String, Supplier<Secret>> suppliers = new TreeMap<>();
        secrets.entries()
                .forEach((name, secret) ->
                        secret.text().ifPresent(reference -> suppliers.put(name, () -> references.resolve(reference))));
        return suppliers;
    }

    private Map<String, String> labels(Entry mapping) {
        Map<String, String> labels = new TreeMap<>();
        mapping.entries().forEach((name, value) -> values.text(value).ifPresent(text -> labels.put(name, text)));
        return labels;
    }

    private List<String> texts(Entry list) {
        return list.items().stream().flatMap(item -> values.text(item).stream()).toList();
    }
}
