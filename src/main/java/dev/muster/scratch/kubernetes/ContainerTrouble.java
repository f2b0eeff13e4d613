package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.Optional;

/** Why a container does not start, or has ended: those of a scratch run as long as it is there. */
final class ContainerTrouble {
    private ContainerTrouble() {}

    static Optional<Problem> of(ContainerStatus status, String pod) {
        String where = pod + ", container " + status.getName();
        ContainerState state = status.getState();
        if (state == null) {
            return Optional.empty();
        }
        return state.getTerminated() != null
                ? Optional.of(ended(state.getTerminated(), status.getName(), where))
                : Optional.ofNullable(state.getWaiting()).flatMap(waiting -> waits(waiting, status.getImage(), where));
    }

    private static Optional<Problem> waits(ContainerStateWaiting waiting, String image, String where) {
        String message = waiting.getMessage() == null ? "" : ": " + waiting.getMessage();
        String reason = waiting.getReason() == null ? "" : waiting.getReason();
        return switch (reason) {
            case "ErrImagePull",
                    "ImagePullBackOff",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable",
                    "SignatureValidationFailed" ->
                Optional.of(new Problem(
                        "The image " + image + " cannot be pulled (" + reason + message + ")",
                        where,
                        "Correct its name under scratch.kubernetes.image in the runbook or kubernetes.images in the"
                                + " settings, see that the node reaches its registry, and name the secret that opens"
                                + " it with pullSecrets."));
            case "InvalidImageName" ->
                Optional.of(new Problem(
                        "The image's name " + image + " is none" + message,
                        where,
                        "Correct it under scratch.kubernetes.image in the runbook or kubernetes.images in the settings:"
                                + " REGISTRY/NAME@sha256:DIGEST."));
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError" ->
                Optional.of(new Problem(
                        "The container cannot be started (" + reason + message + ")",
                        where,
                        "What it names is either missing in the namespace or does not suit the image: see"
                                + " scratch.kubernetes.user and image in the runbook."));
            default -> Optional.empty();
        };
    }

    private static Problem ended(ContainerStateTerminated ended, String container, String where) {
        String reason = ended.getReason() == null ? "" : ended.getReason();
        String message = ended.getMessage() == null || ended.getMessage().isBlank()
                ? ""
                : ": " + ended.getMessage().strip();
        return switch (reason) {
            case "OOMKilled" ->
                new Problem(
                        "The container needed more memory than it may have and was killed (OOMKilled)",
                        where,
                        container.equals(Containers.DATABASE)
                                ? "Raise scratch.kubernetes.memory in the runbook, or kubernetes.database.memory in the"
                                        + " settings."
                                : "Raise kubernetes." + container + ".memory in the settings.");
            case "StartError", "ContainerCannotRun" ->
                new Problem(
                        "The container's program could not be started (" + reason + message + ")",
                        where,
                        "The image has to hold it: see scratch.kubernetes.image in the runbook and kubernetes.images"
                                + " in the settings.");
            default ->
                new Problem(
                        "The container has ended with exit code " + ended.getExitCode() + message,
                        where,
                        "Nothing in a scratch ends by itself: see whether the image is the right one, and what ended"
                                + " the program on that node.");
        };
    }
}
