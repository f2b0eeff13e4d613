package dev.muster.scratch.kubernetes;

import dev.muster.drill.Ensemble;
import dev.muster.drill.Manifest;
import dev.muster.drill.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of an application, made part of the scratch and applied in the order in which they need one another. */
final class EnsembleObjects {
    private static final Set<String> RUNNING = Set.of("Pod", "Deployment", "StatefulSet", "Job");

    private final Ground ground;
    private final Ensemble ensemble;
    private final Map<String, String> blanks;
    private final Dressing dressing;
    private final Progress progress;

    /** @param blanks what is filled in, by name */
    EnsembleObjects(Ground ground, Ensemble ensemble, Map<String, String> blanks, Progress progress) {
        this.ground = ground;
        this.ensemble = ensemble;
        this.blanks = Map.copyOf(blanks);
        this.dressing = new Dressing(
                new KubernetesSerialization(), ground.naming(), ground.plan().placing(), ground.pullSecrets(), blanks);
        this.progress = progress;
    }

    /** Applies them all; those that run something are the answer. */
    List<HasMetadata> apply() throws InterruptedException {
        apply(database());
        List<HostAlias> aliases = new ArrayList<>();
        aliases.add(alias(blank("dbhost"), "database"));
        for (Manifest manifest : manifests(false)) {
            apply(dressing.dressed(manifest, List.of()));
            if (manifest.kind().equals("Service")) {
                ground.address(manifest.name()).ifPresent(address -> aliases.add(alias(address, manifest.name())));
            }
        }
        List<HasMetadata> running = new ArrayList<>();
        Widening widening = ground.widening();
        for (Manifest manifest : manifests(true)) {
            running.add(dressing.dressed(manifest, aliases));
        }
        running.forEach(widening::hold);
        manifests(false).forEach(manifest -> widening.hold(dressing.dressed(manifest, List.of())));
        ground.widen(widening);
        for (HasMetadata object : running) {
            apply(object);
        }
        return running;
    }

    private void apply(HasMetadata object) throws InterruptedException {
        progress.says("applies " + object.getKind() + "/" + object.getMetadata().getName());
        ground.apply(object);
    }

    /** What pods refer to comes before them. */
    private List<Manifest> manifests(boolean running) {
        return ensemble.manifests().stream()
                .filter(manifest -> RUNNING.contains(manifest.kind()) == running)
                .toList();
    }

    /** The way to the database, for those who refer to it. */
    private HasMetadata database() {
        String password = ground.password().reveal();
        return new SecretBuilder()
                .withNewMetadata()
                .withName("muster-database")
                .withNamespace(ground.naming().namespace())
                .withLabels(ground.naming().labels())
                .addToLabels(Dressing.COMPANION, "application")
                .endMetadata()
                .withStringData(Map.of(
                        "host", blank("dbhost"),
                        "port", blank("dbport"),
                        "database", blank("database"),
                        "user", blank("dbuser"),
                        "password", password,
                        "uri",
                                "postgresql://" + blank("dbuser") + ":" + password + "@" + blank("dbhost") + ":"
                                        + blank("dbport") + "/" + blank("database")))
                .build();
    }

    private String blank(String name) {
        return blanks.getOrDefault(name, "");
    }

    private static HostAlias alias(String address, String name) {
        return new HostAliasBuilder().withIp(address).withHostnames(name).build();
    }
}
