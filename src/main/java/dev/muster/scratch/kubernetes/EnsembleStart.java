package dev.muster.scratch.kubernetes;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.scratch.Served;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applies the objects of an application, and waits until all that runs is up or something is wrong with it. */
final class EnsembleStart {
    private static final Pattern CONTAINER = Pattern.compile(", container (\\S+)$");
    private static final int LINES = 50;

    private final Surroundings around;
    private final Ensemble ensemble;
    private final Duration within;
    private final Progress progress;

    EnsembleStart(Surroundings around, Ensemble ensemble, Duration within, Progress progress) {
        this.around = around;
        this.ensemble = ensemble;
        this.within = within;
        this.progress = progress;
    }

    /** @param port at which the scratch's pod lets them in to the database; absent where the blanks say where that is */
    Served start(Map<String, String> given, OptionalInt port) throws InterruptedException {
        Map<String, String> blanks = new TreeMap<>(given);
        if (port.isPresent()) {
            blanks.put("dbhost", around.address());
            blanks.put("dbport", Integer.toString(port.getAsInt()));
        }
        return awaited(new Rollout(new EnsembleObjects(around, ensemble, blanks, progress).apply()));
    }

    private Served awaited(Rollout rollout) throws InterruptedException {
        try (Gathering gathering = gathering()) {
            Optional<Rollout.End> end = gathering.until(rollout::end, within);
            if (end.isEmpty()) {
                return Served.not(
                        new Problem(
                                "after " + within.toSeconds() + " s it still lacks "
                                        + rollout.waitsFor(gathering.now()),
                                "namespace " + around.naming().namespace(),
                                "Give it longer with `within`, or see with --keep 4h and `kubectl describe` what it waits"
                                        + " for."),
                        List.of());
            }
            if (end.get().trouble().isPresent()) {
                Problem trouble = end.get().trouble().get();
                return Served.not(
                        trouble, end.get().pod().map(pod -> log(pod, trouble)).orElse(List.of()));
            }
        }
        Endpoint wanted = ensemble.address();
        return around.address(wanted.host())
                .map(address -> Served.at(
                        new Endpoint(address, wanted.port()),
                        List.of(),
                        Map.of(
                                "objects applied",
                                Integer.toString(ensemble.manifests().size()))))
                .orElseGet(() -> Served.not(
                        new Problem(
                                "the service " + wanted.host() + " has no address",
                                "namespace " + around.naming().namespace(),
                                "See with --keep 4h what became of it."),
                        List.of()));
    }

    private Gathering gathering() {
        KubernetesClient client = around.client();
        String namespace = around.naming().namespace();
        Gathering gathering = new Gathering();
        gathering.watch(
                client.pods().inNamespace(namespace).withLabel(Dressing.COMPANION, "application"),
                "pods in " + namespace);
        gathering.watch(
                client.apps().deployments().inNamespace(namespace).withLabel(Dressing.COMPANION),
                "deployments in " + namespace);
        gathering.watch(
                client.apps().statefulSets().inNamespace(namespace).withLabel(Dressing.COMPANION),
                "statefulsets in " + namespace);
        gathering.watch(
                client.batch().v1().jobs().inNamespace(namespace).withLabel(Dressing.COMPANION),
                "jobs in " + namespace);
        gathering.watch(client.v1().events().inNamespace(namespace), "events in " + namespace);
        return gathering;
    }

    private List<String> log(String pod, Problem trouble) {
        Matcher container = CONTAINER.matcher(trouble.where());
        if (!container.find()) {
            return List.of();
        }
        try {
            return around.client()
                    .pods()
                    .inNamespace(around.naming().namespace())
                    .withName(pod)
                    .inContainer(container.group(1))
                    .tailingLines(LINES)
                    .getLog()
                    .lines()
                    .toList();
        } catch (KubernetesClientException none) {
            return List.of("its log is not to be had: " + none.getMessage());
        }
    }
}
