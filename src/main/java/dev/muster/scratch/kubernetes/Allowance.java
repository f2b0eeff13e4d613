package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a drill's namespace may hold: the drill's pods and volumes as they are, and not one more. */
final class Allowance {
    private static final String NONE = "0";

    private Allowance() {}

    /** The sum of pods, each given by its containers, and claims. */
    static ResourceQuota quota(ObjectMeta named, List<List<Container>> pods, List<PersistentVolumeClaim> claims) {
        Map<String, Quantity> hard = new TreeMap<>();
        hard.put("pods", new Quantity(Integer.toString(pods.size())));
        hard.put("persistentvolumeclaims", new Quantity(Integer.toString(claims.size())));
        hard.put(
                "requests.storage",
                claims.isEmpty()
                        ? new Quantity(NONE)
                        : bytes(claims.stream()
                                .map(claim -> claim.getSpec()
                                        .getResources()
                                        .getRequests()
                                        .get("storage"))
                                .toList()));
        // Both lead into the namespace from outside, or cost somebody money.
        hard.put("services.loadbalancers", new Quantity(NONE));
        hard.put("services.nodeports", new Quantity(NONE));
        List<Container> containers = pods.stream().flatMap(List::stream).toList();
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            hard.put(
                    "requests." + resource,
                    sum(
                            resource,
                            containers.stream()
                                    .map(container -> container
                                            .getResources()
                                            .getRequests()
                                            .get(resource))
                                    .toList()));
            hard.put(
                    "limits." + resource,
                    sum(
                            resource,
                            containers.stream()
                                    .map(container ->
                                            container.getResources().getLimits().get(resource))
                                    .toList()));
        }
        return new ResourceQuotaBuilder()
                .withMetadata(named)
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build();
    }

    /** What a container gets that asks for nothing, since a quota admits no pod whose needs are not known. */
    static LimitRange usual(ObjectMeta named) {
        return new LimitRangeBuilder()
                .withMetadata(named)
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToDefault("cpu", new Quantity("500m"))
                .addToDefault("memory", new Quantity("512Mi"))
                .addToDefault("ephemeral-storage", new Quantity("1Gi"))
                .addToDefaultRequest("cpu", new Quantity("100m"))
                .addToDefaultRequest("memory", new Quantity("512Mi"))
                .addToDefaultRequest("ephemeral-storage", new Quantity("64Mi"))
                .endLimit()
                .endSpec()
                .build();
    }

    private static Quantity sum(String resource, List<Quantity> quantities) {
        return resource.equals("cpu")
                ? Quantities.processors(
                        quantities.stream().map(Quantity::getNumericalAmount).reduce(BigDecimal.ZERO, BigDecimal::add))
                : bytes(quantities);
    }

    private static Quantity bytes(List<Quantity> quantities) {
        return Quantities.bytes(quantities.stream()
                .map(Quantity::getNumericalAmount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .longValueExact());
    }
}
