package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far the workloads of an application have come, by what is seen of them. */
final class Rollout {
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "Job", "Pod");

    private final List<HasMetadata> wanted;

    /** @param objects all that was applied; what runs nothing counts as up */
    Rollout(Collection<? extends HasMetadata> objects) {
        this.wanted = objects.stream()
                .filter(object -> KINDS.contains(object.getKind()))
                .map(HasMetadata.class::cast)
                .toList();
    }

    /** How it went, once that is certain; the pod is one whose words tell more. */
    record End(Optional<Problem> trouble, Optional<String> pod) {}

    Optional<End> end(Collection<HasMetadata> seen) {
        if (wanted.stream().allMatch(object -> state(object, seen).isEmpty())) {
            return Optional.of(new End(Optional.empty(), Optional.empty()));
        }
        return Stream.concat(
                        seen.stream()
                                .filter(Pod.class::isInstance)
                                .map(Pod.class::cast)
                                .flatMap(pod -> CompanionTrouble.of(pod).stream()
                                        .map(problem -> new End(
                                                Optional.of(problem),
                                                Optional.of(pod.getMetadata().getName())))),
                        seen.stream()
                                .flatMap(object -> refused(object).stream())
                                .map(problem -> new End(Optional.of(problem), Optional.empty())))
                .findFirst();
    }

    /** What is not up yet, for people. */
    String waitsFor(Collection<HasMetadata> seen) {
        return wanted.stream()
                .flatMap(object -> state(object, seen).map(state -> name(object) + " (" + state + ")").stream())
                .collect(Collectors.joining(", "));
    }

    /** What a workload lacks; empty when it is up, or done. */
    private static Optional<String> state(HasMetadata wanted, Collection<HasMetadata> seen) {
        Optional<HasMetadata> now = seen.stream()
                .filter(object -> name(object).equals(name(wanted)))
                .findFirst();
        if (now.isEmpty()) {
            return Optional.of("not there yet");
        }
        if (now.get() instanceof Deployment deployment) {
            DeploymentStatus status = deployment.getStatus();
            int replicas =
                    Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
            int up = status == null ? 0 : number(status.getAvailableReplicas());
            return current(deployment, status == null ? null : status.getObservedGeneration()) && up >= replicas
                    ? Optional.empty()
                    : Optional.of(up + " of " + replicas + " up");
        }
        if (now.get() instanceof StatefulSet set) {
            StatefulSetStatus status = set.getStatus();
            int replicas = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
            int up = status == null ? 0 : number(status.getReadyReplicas());
            return current(set, status == null ? null : status.getObservedGeneration()) && up >= replicas
                    ? Optional.empty()
                    : Optional.of(up + " of " + replicas + " up");
        }
        if (now.get() instanceof Job job) {
            boolean done = job.getStatus() != null
                    && job.getStatus().getConditions() != null
                    && job.getStatus().getConditions().stream()
                            .anyMatch(condition ->
                                    "Complete".equals(condition.getType()) && "True".equals(condition.getStatus()));
            return done ? Optional.empty() : Optional.of("not done");
        }
        Pod pod = (Pod) now.get();
        boolean done =
                pod.getStatus() != null && "Succeeded".equals(pod.getStatus().getPhase());
        boolean ready = pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return done || ready ? Optional.empty() : Optional.of("not ready");
    }

    private static boolean current(HasMetadata object, @org.jspecify.annotations.Nullable Long observed) {
        return observed != null
                && observed >= Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
    }

    private static int number(@org.jspecify.annotations.Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /** A controller that may not make its pods, or has given up. */
    private static Optional<Problem> refused(HasMetadata object) {
        if (object instanceof Event event && "FailedCreate".equals(event.getReason())) {
            return Optional.of(new Problem(
                    "Kubernetes makes no pods for it: " + text(event.getMessage()),
                    event.getInvolvedObject().getKind() + "/"
                            + event.getInvolvedObject().getName(),
                    "Correct in the application's manifests what it names."));
        }
        if (object instanceof Job job
                && job.getStatus() != null
                && job.getStatus().getConditions() != null) {
            return job.getStatus().getConditions().stream()
                    .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus()))
                    .map(condition -> new Problem(
                            "The job has failed: " + text(condition.getMessage()),
                            name(job),
                            "See what its pods said; if it stumbles over the data, choose an older backup with --backup"
                                    + " database=KEY."))
                    .findFirst();
        }
        return Optional.empty();
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\.+$", "");
    }
}
