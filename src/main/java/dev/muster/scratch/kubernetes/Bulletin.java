package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells those who watch a drill what becomes of its pod; each thing once. */
final class Bulletin {
    private final Progress progress;
    private final Set<String> said = new HashSet<>();

    Bulletin(Progress progress) {
        this.progress = progress;
    }

    void tell(Sight sight) {
        sight.pod().ifPresent(this::tell);
        sight.events().stream()
                .filter(event -> "Pulling".equals(event.getReason()))
                .map(Event::getMessage)
                .forEach(message -> say(lowered(message)));
        Trouble.of(sight).filter(Trouble::passing).map(Trouble::problem).ifPresent(this::waits);
    }

    /** Says what is waited for. */
    void waits(Problem problem) {
        say("waiting: " + lowered(problem.what()));
    }

    private void tell(Pod pod) {
        if (pod.getSpec().getNodeName() != null) {
            say("pod " + pod.getMetadata().getName() + ": scheduled on node "
                    + pod.getSpec().getNodeName());
        }
        List<ContainerStatus> statuses =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        statuses.stream()
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .forEach(status ->
                        say("pod " + pod.getMetadata().getName() + ": container " + status.getName() + " started"));
    }

    private synchronized void say(String line) {
        if (said.add(line)) {
            progress.says(line);
        }
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
