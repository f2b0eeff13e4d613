package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How much more a scratch's namespace has to hold with what runs beside the scratch. */
final class Widening {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

    private final Map<String, BigDecimal> more = new TreeMap<>();
    private final Map<String, Quantity> usualRequests;
    private final Map<String, Quantity> usualLimits;

    /** @param usualRequests what a container gets that asks for nothing, and {@code usualLimits} likewise */
    Widening(Map<String, Quantity> usualRequests, Map<String, Quantity> usualLimits) {
        this.usualRequests = Map.copyOf(usualRequests);
        this.usualLimits = Map.copyOf(usualLimits);
    }

    /** Makes room for an object of an application. */
    void hold(HasMetadata object) {
        if (object instanceof Pod pod) {
            hold(pod.getSpec(), 1);
        } else if (object instanceof Job job) {
            hold(
                    job.getSpec().getTemplate().getSpec(),
                    Optional.ofNullable(job.getSpec().getParallelism()).orElse(1));
        } else if (object instanceof Deployment deployment) {
            hold(
                    deployment.getSpec().getTemplate().getSpec(),
                    Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1));
        } else if (object instanceof StatefulSet set) {
            int replicas = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
            hold(set.getSpec().getTemplate().getSpec(), replicas);
            set.getSpec().getVolumeClaimTemplates().forEach(claim -> hold(claim, replicas));
        } else if (object instanceof PersistentVolumeClaim claim) {
            hold(claim, 1);
        }
    }

    void hold(PodSpec pod, int times) {
        add("pods", BigDecimal.ONE, times);
        Stream.of(pod.getInitContainers(), pod.getContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(container -> RESOURCES.forEach(resource -> {
                    add("requests." + resource, asked(container, resource, true), times);
                    add("limits." + resource, asked(container, resource, false), times);
                }));
    }

    void hold(PersistentVolumeClaim claim, int times) {
        add("persistentvolumeclaims", BigDecimal.ONE, times);
        Quantity storage = claim.getSpec().getResources() == null
                        || claim.getSpec().getResources().getRequests() == null
                ? null
                : claim.getSpec().getResources().getRequests().get("storage");
        if (storage != null) {
            add("requests.storage", storage.getNumericalAmount(), times);
        }
    }

    /** The same quota with that much more in it. */
    ResourceQuota of(ResourceQuota quota) {
        Map<String, Quantity> hard = new TreeMap<>(quota.getSpec().getHard());
        more.forEach((name, amount) -> hard.computeIfPresent(name, (key, before) -> sum(key, before, amount)));
        return new ResourceQuotaBuilder(quota)
                .editSpec()
                .withHard(hard)
                .endSpec()
                .build();
    }

    private static Quantity sum(String name, Quantity before, BigDecimal amount) {
        BigDecimal sum = before.getNumericalAmount().add(amount);
        if (name.endsWith("cpu")) {
            return Quantities.processors(sum);
        }
        return name.contains(".")
                ? Quantities.bytes(sum.longValue())
                : new Quantity(sum.toBigInteger().toString());
    }

    private BigDecimal asked(Container container, String resource, boolean request) {
        Map<String, Quantity> requests =
                container.getResources() == null || container.getResources().getRequests() == null
                        ? Map.of()
                        : container.getResources().getRequests();
        Map<String, Quantity> limits =
                container.getResources() == null || container.getResources().getLimits() == null
                        ? Map.of()
                        : container.getResources().getLimits();
        // Who names a limit alone asks for as much; who names a request alone is limited as usual.
        return Stream.of(request ? requests : limits, request ? limits : Map.<String, Quantity>of())
                .filter(named -> named.containsKey(resource))
                .map(named -> named.get(resource))
                .findFirst()
                .or(() -> Optional.ofNullable((request ? usualRequests : usualLimits).get(resource)))
                .map(Quantity::getNumericalAmount)
                .orElse(BigDecimal.ZERO);
    }

    private void add(String name, BigDecimal amount, int times) {
        more.merge(name, amount.multiply(BigDecimal.valueOf(times)), BigDecimal::add);
    }
}
