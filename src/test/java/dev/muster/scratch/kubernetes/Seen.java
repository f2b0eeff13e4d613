package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.Sight.Presence;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods, events and namespaces as a cluster shows them when something has happened. */
final class Seen {
    static final String NAMESPACE = "muster-erp";

    private Seen() {}

    /** A pod whose two containers run. */
    static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("drill")
                .withUid("pod-uid")
                .withResourceVersion("7")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node1")
                .addNewContainer()
                .withName("worker")
                .endContainer()
                .addNewContainer()
                .withName("database")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withContainerStatuses(
                        container("worker", running()).build(),
                        container("database", running()).build())
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }

    /** A pod whose database container is in this state. */
    static PodBuilder pod(ContainerState database) {
        return pod().editStatus()
                .withContainerStatuses(
                        container("worker", running()).build(),
                        container("database", database).build())
                .endStatus();
    }

    /** A pod whose node is silent, as the cluster shows it. */
    static PodBuilder unheard() {
        return pod().editStatus()
                .addNewCondition()
                .withType("ContainersReady")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .withLastTransitionTime("2026-11-20T03:07:00Z")
                .endCondition()
                .endStatus();
    }

    static ContainerState running() {
        return new ContainerStateBuilder()
                .withNewRunning("2026-11-20T03:00:00Z")
                .build();
    }

    static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    static ContainerState ended(String reason, int code) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(code)
                .endTerminated()
                .build();
    }

    static PodBuilder unscheduled(String message) {
        return pod().editStatus()
                .withPhase("Pending")
                .withContainerStatuses()
                .withConditions()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus();
    }

    static PodBuilder failed(String reason, String message) {
        return pod().editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus();
    }

    static PodBuilder disrupted(String reason, String message) {
        return pod().editMetadata()
                .withDeletionTimestamp("2026-11-20T03:01:00Z")
                .endMetadata()
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .endCondition()
                .endStatus();
    }

    static Event event(String kind, String name, String reason, String message, int times) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name + "." + reason)
                .endMetadata()
                .withNewInvolvedObject()
                .withKind(kind)
                .withNamespace(NAMESPACE)
                .withName(name)
                .endInvolvedObject()
                .withReason(reason)
                .withMessage(message)
                .withCount(times)
                .withLastTimestamp("2026-11-20T03:00:00Z")
                .build();
    }

    static Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .withUid("namespace-uid")
                .withResourceVersion("1")
                .endMetadata()
                .build();
    }

    static Sight sight(PodBuilder pod) {
        return Sight.NOTHING.with(namespace(), Presence.THERE).with(pod.build(), Presence.THERE);
    }

    static ContainerStatusBuilder container(String name, ContainerState state) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("registry.example.com/" + name + ":1")
                .withState(state);
    }
}
