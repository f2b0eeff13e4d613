package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a pod beside a scratch, whose containers may end and be started anew. */
final class CompanionTrouble {
    private static final int RESTARTS = 3;

    private CompanionTrouble() {}

    /** Empty as long as there is nothing to be said against it. */
    static Optional<Problem> of(Pod pod) {
        if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        String where = "pod " + pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getName();
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(statuses -> statuses == null ? Stream.empty() : statuses.stream())
                .flatMap(status -> container(status, where + ", container " + status.getName()).stream())
                .findFirst()
                .or(() -> whole(pod));
    }

    private static Optional<Problem> container(ContainerStatus status, String where) {
        ContainerStateTerminated ended = status.getState() != null
                        && status.getState().getTerminated() != null
                ? status.getState().getTerminated()
                : status.getLastState() == null ? null : status.getLastState().getTerminated();
        if (ended != null && "OOMKilled".equals(ended.getReason())) {
            return Optional.of(new Problem(
                    "The container needed more memory than it may have and was killed (OOMKilled)",
                    where,
                    "Raise `resources.limits.memory` in the application's manifests."));
        }
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        boolean crashes = Optional.ofNullable(status.getRestartCount()).orElse(0) >= RESTARTS
                || (waiting != null && "CrashLoopBackOff".equals(waiting.getReason()));
        if (crashes && ended != null) {
            return Optional.of(new Problem(
                    "The container ends again and again, last with exit code " + ended.getExitCode(),
                    where,
                    "Read its last lines; if it stumbles over the data, choose an older backup with --backup"
                            + " database=KEY."));
        }
        return waiting == null ? Optional.empty() : waits(waiting, status.getImage(), where);
    }

    private static Optional<Problem> waits(ContainerStateWaiting waiting, String image, String where) {
        String message = text(waiting.getMessage());
        return switch (waiting.getReason() == null ? "" : waiting.getReason()) {
            case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError" ->
                Optional.of(new Problem(
                        "The image " + image + " cannot be had (" + waiting.getReason() + message + ")",
                        where,
                        "Correct it in the application's manifests, see that the node reaches its registry, and name"
                                + " the secret that opens it with scratch.kubernetes.pullSecrets."));
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                Optional.of(new Problem(
                        "The container cannot be started (" + waiting.getReason() + message + ")",
                        where,
                        "Correct in the application's manifests what it names; an image whose user is root needs"
                                + " `securityContext.runAsUser` with a number."));
            default -> Optional.empty();
        };
    }

    /** Whatever else there is about a pod: it finds no node, was evicted, or its volumes are not to be had. */
    private static Optional<Problem> whole(Pod pod) {
        Pod withoutContainers = new PodBuilder(pod)
                .editStatus()
                .withInitContainerStatuses(List.of())
                .withContainerStatuses(List.of())
                .endStatus()
                .build();
        return Trouble.of(Sight.NOTHING.with(withoutContainers, Sight.Presence.THERE))
                .filter(trouble -> !trouble.passing())
                .map(Trouble::problem);
    }

    private static String text(@Nullable String message) {
        return message == null || message.isBlank() ? "" : ": " + message.strip();
    }
}
