package dev.muster.drill;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a runbook asks of a scratch in Kubernetes. What it leaves out is as the settings say.
 *
 * @param namespace one that an administrator has prepared; absent means that one is made for the drill
 * @param image the PostgreSQL image, best by digest
 * @param volume what holds the scratch's data
 * @param cpu how many processors the PostgreSQL container may use, as Kubernetes writes it
 * @param memory how many bytes of memory the PostgreSQL container may use
 * @param sharedMemory how many bytes of {@code /dev/shm} it finds there
 * @param user the number of the user, and of the group, that everything in the pod runs as
 * @param application the image of the application that the drill starts; absent means that it runs beside the worker
 * @param dns whether the pod may ask the cluster's name server while it fetches
 */
public record ClusterPlan(
        Optional<String> namespace,
        Optional<String> image,
        Volume volume,
        Optional<String> cpu,
        OptionalLong memory,
        OptionalLong sharedMemory,
        OptionalLong user,
        Optional<String> application,
        boolean dns,
        Placing placing) {

    /** A scratch of which the runbook says nothing but that it is in Kubernetes. */
    public static final ClusterPlan USUAL = new ClusterPlan(
            Optional.empty(),
            Optional.empty(),
            new Volume(Volume.Kind.EMPTY, Optional.empty()),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            false,
            new Placing(List.of(), Map.of(), List.of(), Optional.empty(), Map.of()));

    /**
     * What holds a scratch's data; its size is that of the scratch.
     *
     * @param storageClass absent means the cluster's own default
     */
    public record Volume(Kind kind, Optional<String> storageClass) {
        /** What a volume can be. */
        public enum Kind {
            /** A folder of the node. */
            EMPTY,
            /** A volume of its own, by a claim to it. */
            CLAIM
        }
    }

    /** Where the pod may run, and what it carries on its way there. */
    public record Placing(
            List<String> pullSecrets,
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Optional<String> priorityClass,
            Map<String, String> annotations) {
        public Placing {
            pullSecrets = List.copyOf(pullSecrets);
            nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
            tolerations = List.copyOf(tolerations);
            annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        }
    }

    /** A taint of nodes that the pod puts up with. */
    public record Toleration(
            Optional<String> key, Optional<String> operator, Optional<String> value, Optional<String> effect) {}
}
