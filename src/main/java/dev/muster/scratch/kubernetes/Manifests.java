package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Opening;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a scratch consists of in a cluster, as it is written there. The first object carries what has to be
 * known of the scratch: the namespace, or the service account where the namespace is an administrator's.
 */
final class Manifests {
    private static final String SECURITY = "pod-security.kubernetes.io/";

    private final ClusterSettings settings;
    private final Addresses addresses;

    Manifests(ClusterSettings settings, Addresses addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    /** In the order in which they are applied: the pod comes last, when all is there that keeps it in. */
    List<HasMetadata> of(Opening opening, Stamp stamp) {
        ClusterPlan plan = opening.plan().cluster();
        Naming naming = Naming.of(opening.drill(), plan, settings);
        PodShape shape = PodShape.of(opening, settings);
        Reaching reaching = new Reaching(opening.reaches(), settings.reaches(), addresses);
        PullSecrets pullSecrets = new PullSecrets(plan.placing().pullSecrets(), settings.pullSecrets(), naming);
        List<PersistentVolumeClaim> claims = claims(naming, plan, shape);
        Pod pod = new PodManifest(naming, shape, plan)
                .pod(
                        named(naming, "drill"),
                        opening.plan().timeToLive(),
                        plan.dns() ? List.of() : reaching.aliases(),
                        pullSecrets.names());
        List<HasMetadata> objects = new ArrayList<>();
        if (naming.fixed().isEmpty()) {
            objects.add(namespace(naming, stamp));
            objects.add(serviceAccount(naming, Map.of()));
            objects.add(Allowance.quota(
                    named(naming, "drill"), List.of(pod.getSpec().getContainers()), claims));
            objects.add(Allowance.usual(named(naming, "usual")));
        } else {
            objects.add(serviceAccount(naming, stamp.annotations()));
        }
        objects.addAll(policies(naming, reaching, plan));
        pullSecrets
                .made()
                .forEach((name, value) -> objects.add(
                        secret(exactly(naming, name), PullSecrets.TYPE, Map.of(PullSecrets.ENTRY, value.get()))));
        objects.add(secret(named(naming, "drill"), "Opaque", opening.secrets()));
        objects.addAll(claims);
        objects.add(pod);
        return objects;
    }

    private static HasMetadata namespace(Naming naming, Stamp stamp) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(naming.namespace())
                .withLabels(naming.labels())
                .addToLabels(SECURITY + "enforce", "restricted")
                .addToLabels(SECURITY + "audit", "restricted")
                .addToLabels(SECURITY + "warn", "restricted")
                .withAnnotations(stamp.annotations())
                .endMetadata()
                .build();
    }

    private static List<HasMetadata> policies(Naming naming, Reaching reaching, ClusterPlan plan) {
        Policies policies = new Policies(naming);
        List<HasMetadata> objects = new ArrayList<>(List.of(policies.deny(), policies.within()));
        objects.add(policies.out("vault", reaching.vaults()));
        if (plan.dns()) {
            objects.add(policies.out("dns", Reaching.names()));
        }
        return objects;
    }

    private static HasMetadata serviceAccount(Naming naming, Map<String, String> annotations) {
        return new ServiceAccountBuilder()
                .withMetadata(named(naming, "drill"))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }

    private static HasMetadata secret(ObjectMeta named, String type, Map<String, Secret> entries) {
        Map<String, String> data = new TreeMap<>();
        entries.forEach((name, value) ->
                data.put(name, Base64.getEncoder().encodeToString(value.reveal().getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(named)
                .withType(type)
                .withImmutable(true)
                .withData(data)
                .build();
    }

    private static List<PersistentVolumeClaim> claims(Naming naming, ClusterPlan plan, PodShape shape) {
        return plan.volume().kind() == ClusterPlan.Volume.Kind.EMPTY
                ? List.of()
                : List.of(new PersistentVolumeClaimBuilder()
                        .withMetadata(named(naming, "data"))
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(plan.volume().storageClass().orElse(null))
                        .withNewResources()
                        .addToRequests("storage", Quantities.bytes(shape.volume()))
                        .endResources()
                        .endSpec()
                        .build());
    }

    private static ObjectMeta named(Naming naming, String name) {
        return exactly(naming, naming.object(name));
    }

    private static ObjectMeta exactly(Naming naming, String object) {
        return new ObjectMetaBuilder()
                .withName(object)
                .withNamespace(naming.namespace())
                .withLabels(naming.labels())
                .build();
    }
}
