package dev.muster.scratch.kubernetes;

import static dev.muster.scratch.kubernetes.SampleOpening.DRILL;
import static dev.muster.scratch.kubernetes.SampleOpening.SETTINGS;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.kubernetes.ClusterSettings.Reach;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The manifests of a few wishes, and what tests look for in them. */
final class Made {
    static final Manifests MANIFESTS = new Manifests(SETTINGS, SampleOpening.addresses());
    static final ClusterPlan USUAL = ClusterPlan.USUAL;
    static final ClusterPlan CLAIMING = SampleOpening.plan(ClusterPlan.Volume.Kind.CLAIM, Optional.empty());
    static final ClusterPlan FIXED = SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, Optional.of("drills"));

    private Made() {}

    static List<HasMetadata> objects(ClusterPlan plan) {
        return MANIFESTS.of(SampleOpening.of(plan), SampleOpening.stamp(DRILL));
    }

    static <T> T one(ClusterPlan plan, Class<T> kind) {
        return objects(plan).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    static NetworkPolicy policy(ClusterPlan plan, String name) {
        return objects(plan).stream()
                .filter(NetworkPolicy.class::isInstance)
                .filter(named(name).or(object -> object.getMetadata().getName().startsWith(name + "-")))
                .map(NetworkPolicy.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static Predicate<HasMetadata> named(String name) {
        return object -> object.getMetadata().getName().equals(name);
    }

    static Container container(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Volume volume(Pod pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static VolumeMount mount(Pod pod, String container, String volume) {
        return container(pod, container).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .findFirst()
                .orElseThrow();
    }

    static ClusterPlan withApplication() {
        return usual(Optional.of("registry.example.com/odoo@sha256:" + "2".repeat(64)), USUAL.placing());
    }

    static ClusterPlan placed(ClusterPlan.Placing placing) {
        return usual(USUAL.application(), placing);
    }

    private static ClusterPlan usual(Optional<String> application, ClusterPlan.Placing placing) {
        return new ClusterPlan(
                USUAL.namespace(),
                USUAL.image(),
                USUAL.volume(),
                USUAL.cpu(),
                USUAL.memory(),
                USUAL.sharedMemory(),
                USUAL.user(),
                application,
                false,
                placing);
    }

    static ClusterPlan.Placing pulling() {
        return new ClusterPlan.Placing(List.of("registry"), Map.of(), List.of(), Optional.empty(), Map.of());
    }

    static ClusterSettings reaching(Reach... reaches) {
        return changed(List.of(reaches), Map.of());
    }

    static ClusterSettings pullingFrom(Map<String, Secret> secrets) {
        return changed(List.of(), secrets);
    }

    static ClusterSettings changed(List<Reach> reaches, Map<String, Secret> secrets) {
        TreeMap<String, Supplier<Secret>> suppliers = new TreeMap<>();
        secrets.forEach((name, secret) -> suppliers.put(name, () -> secret));
        return new ClusterSettings(
                Optional.empty(),
                Optional.empty(),
                ClusterSettings.INSTALLATION,
                SETTINGS.images(),
                ClusterSettings.USER,
                ClusterSettings.WORKER,
                ClusterSettings.DATABASE,
                ClusterSettings.APPLICATION,
                ClusterSettings.SHARED_MEMORY,
                reaches,
                Map.of(),
                suppliers,
                ClusterSettings.Guarded.ALWAYS);
    }
}
