package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is wrong with a scratch, as its pod and the cluster's events tell it.
 *
 * @param passing whether it ends by itself when others make room
 */
record Trouble(Problem problem, boolean passing) {
    /** What fails more often than this is not about to come right by itself. */
    private static final int TRIES = 3;

    private static final Pattern NO_ROOM =
            Pattern.compile("Insufficient |Too many pods|unbound immediate PersistentVolumeClaims|waiting for .*volume"
                    + "|untolerated taint\\(?s?\\)? ?\\{?node\\.kubernetes\\.io/"
                    + "|didn't find available persistent volumes|node\\(s\\) were unschedulable");

    /** Empty as long as there is nothing to be said against it. */
    static Optional<Trouble> of(Sight sight) {
        return Stream.<Optional<Trouble>>of(
                        sight.blind().map(Trouble::lasting),
                        namespace(sight),
                        sight.pod().flatMap(pod -> pod(pod, sight.podPresence())),
                        sight.events().stream()
                                .flatMap(event -> event(event).stream())
                                .findFirst(),
                        sight.pod().flatMap(Trouble::unscheduled),
                        sight.pod().flatMap(Trouble::unheard))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Trouble lasting(Problem problem) {
        return new Trouble(problem, false);
    }

    private static Optional<Trouble> namespace(Sight sight) {
        boolean going = sight.namespacePresence() == Sight.Presence.GONE
                || sight.namespace()
                        .filter(seen -> seen.getMetadata().getDeletionTimestamp() != null)
                        .isPresent();
        return sight.namespace()
                .filter(seen -> going)
                .map(seen -> lasting(new Problem(
                        "The namespace of the drill was deleted while the drill ran",
                        "namespace " + seen.getMetadata().getName(),
                        "Find out who deletes namespaces labelled app.kubernetes.io/managed-by=muster (the API server's"
                                + " audit log says it), and run the drill again.")));
    }

    private static Optional<Trouble> pod(Pod pod, Sight.Presence presence) {
        String where = where(pod.getMetadata());
        String reason = pod.getStatus() == null ? "" : text(pod.getStatus().getReason());
        String message = pod.getStatus() == null ? "" : text(pod.getStatus().getMessage());
        if (!reason.isEmpty() && "Failed".equals(pod.getStatus().getPhase())) {
            return Optional.of(lasting(ended(where, reason, message)));
        }
        Optional<Trouble> container = Stream.of(
                        pod.getStatus() == null ? null : pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses())
                .flatMap(statuses -> statuses == null ? Stream.empty() : statuses.stream())
                .flatMap(status -> ContainerTrouble.of(status, where).stream())
                .map(Trouble::lasting)
                .findFirst();
        boolean leaving = presence == Sight.Presence.GONE || pod.getMetadata().getDeletionTimestamp() != null;
        // Containers of a pod that is deleted end as well: why it is deleted says more.
        return leaving ? Optional.of(lasting(removed(pod, where))) : container;
    }

    private static Problem ended(String where, String reason, String message) {
        return switch (reason) {
            case "Evicted" ->
                new Problem(
                        "The node has evicted the pod: " + message,
                        where,
                        message.contains("EmptyDir") || message.contains("ephemeral")
                                ? "Give the scratch more room with scratch.disk in the runbook, or a volume of its own"
                                        + " with scratch.kubernetes.volume.kind: claim."
                                : "The node was short of what it names: let the pod ask for what it needs under"
                                        + " scratch.kubernetes, or send it to other nodes with nodeSelector.");
            case "DeadlineExceeded" ->
                new Problem(
                        "The pod has come to its deadline" + colon(message),
                        where,
                        "Raise scratch.timeToLive in the runbook, or find out what made the drill slow.");
            case "NodeLost", "Terminated", "NodeShutdown", "Shutdown" ->
                new Problem(
                        "The node that the pod ran on is gone" + colon(message),
                        where,
                        "Run the drill again; `kubectl get nodes` says what became of the node.");
            default ->
                new Problem(
                        "The pod has failed: " + reason + colon(message),
                        where,
                        "`kubectl get events -A` says more of what the node refused; correct it there, or send the pod"
                                + " to other nodes with scratch.kubernetes.nodeSelector.");
        };
    }

    private static Problem removed(Pod pod, String where) {
        Optional<PodCondition> why = condition(pod, "DisruptionTarget").filter(it -> "True".equals(it.getStatus()));
        String reason = why.map(PodCondition::getReason).orElse("");
        String message = why.map(it -> colon(text(it.getMessage()))).orElse("");
        return switch (reason) {
            case "DeletionByTaintManager", "DeletionByPodGC" ->
                new Problem(
                        "The node " + pod.getSpec().getNodeName() + " was lost, and the pod with it" + message,
                        where,
                        "Run the drill again; `kubectl describe node "
                                + pod.getSpec().getNodeName() + "` says what became of the node.");
            case "PreemptionByScheduler" ->
                new Problem(
                        "The pod had to make room for a more important one" + message,
                        where,
                        "Run the drill when the cluster is calmer, or name a class with"
                                + " scratch.kubernetes.priorityClass.");
            case "EvictionByEvictionAPI", "TerminationByKubelet" ->
                new Problem(
                        "The pod was evicted from the node " + pod.getSpec().getNodeName() + message,
                        where,
                        "Somebody empties that node, or it shuts down or is short of something: run the drill again when"
                                + " it has calmed down.");
            default ->
                new Problem(
                        "Somebody has deleted the pod while the drill ran" + message,
                        where,
                        "Find out who deletes pods labelled app.kubernetes.io/managed-by=muster (the API server's audit"
                                + " log says it), and run the drill again.");
        };
    }

    private static Optional<Trouble> unscheduled(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> {
                    String message = text(condition.getMessage());
                    return NO_ROOM.matcher(message).find()
                            ? new Trouble(
                                    new Problem(
                                            "The cluster has no room for the pod: " + message,
                                            where(pod.getMetadata()),
                                            "Let fewer drills run at once, ask for less under scratch.kubernetes in the"
                                                    + " runbook, or add nodes."),
                                    true)
                            : lasting(new Problem(
                                    "No node will have the pod: " + text(condition.getReason()) + colon(message),
                                    where(pod.getMetadata()),
                                    "Name nodes that are there with scratch.kubernetes.nodeSelector, and put up with"
                                            + " their taints with tolerations; `kubectl get nodes --show-labels` lists"
                                            + " both."));
                });
    }

    /** Kubernetes takes a pod whose node is silent for not ready, and leaves its containers as they were last. */
    private static Optional<Trouble> unheard(Pod pod) {
        boolean containers = condition(pod, "ContainersReady")
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
        return condition(pod, "Ready")
                .filter(condition -> containers && !"True".equals(condition.getStatus()))
                .map(condition -> new Trouble(
                        new Problem(
                                "Nothing is heard of the node " + pod.getSpec().getNodeName() + " since "
                                        + text(condition.getLastTransitionTime()),
                                where(pod.getMetadata()),
                                "`kubectl describe node " + pod.getSpec().getNodeName()
                                        + "` says what became of it. Run the drill again; what it left on that node goes"
                                        + " when the node is back or deleted."),
                        true));
    }

    private static Optional<Trouble> event(Event event) {
        String object = event.getInvolvedObject().getKind() + " "
                + event.getInvolvedObject().getNamespace() + "/"
                + event.getInvolvedObject().getName();
        String message = text(event.getMessage());
        boolean again = times(event) >= TRIES;
        return switch (text(event.getReason())) {
            case "FailedMount", "FailedAttachVolume", "FailedMapVolume" ->
                when(
                        again,
                        new Problem(
                                "A volume cannot be mounted into the pod: " + message,
                                object,
                                "See what it names: whether the storage is there and the node reaches it, and"
                                        + " scratch.kubernetes.volume in the runbook."));
            case "FailedCreatePodSandBox" ->
                when(
                        again,
                        new Problem(
                                "The node cannot make a place for the pod: " + message,
                                object,
                                "That is the node's network or container runtime: look into its log, or send the pod to"
                                        + " other nodes with scratch.kubernetes.nodeSelector."));
            case "ProvisioningFailed" ->
                when(
                        again || message.contains("not found"),
                        new Problem(
                                "The volume of the scratch cannot be made: " + message,
                                object,
                                "Name a class that `kubectl get storageclass` lists with"
                                        + " scratch.kubernetes.volume.storageClass, or leave the volume to the node"
                                        + " with kind: empty."));
            case "FailedBinding" ->
                when(
                        true,
                        new Problem(
                                "The volume of the scratch cannot be had: " + message,
                                object,
                                "The cluster has no usual storage class: name one with"
                                        + " scratch.kubernetes.volume.storageClass, or leave the volume to the node"
                                        + " with kind: empty."));
            default -> Optional.empty();
        };
    }

    private static Optional<Trouble> when(boolean so, Problem problem) {
        return so ? Optional.of(lasting(problem)) : Optional.empty();
    }

    private static int times(Event event) {
        int series = event.getSeries() == null || event.getSeries().getCount() == null
                ? 1
                : event.getSeries().getCount();
        return Math.max(series, event.getCount() == null ? 1 : event.getCount());
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    private static String where(ObjectMeta pod) {
        return "pod " + pod.getNamespace() + "/" + pod.getName();
    }

    private static String colon(String message) {
        return message.isEmpty() ? "" : ": " + message;
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\.+$", "");
    }
}
