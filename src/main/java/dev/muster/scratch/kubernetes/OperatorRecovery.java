package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Has an operator recover a server, and waits for it by the operator's own words. */
final class OperatorRecovery {
    static final int POSTGRES = 5432;

    /** An operator that runs takes notice of what is asked of it within moments. */
    private static final Duration TO_TAKE_NOTICE = Duration.ofMinutes(2);

    private static final Duration TO_GO = Duration.ofMinutes(5);

    private final Surroundings around;
    private final Operator operator;
    private final ServerWish wish;
    private final Progress progress;
    /** What the operator said last. */
    private String told = "";

    OperatorRecovery(Surroundings around, Operator operator, ServerWish wish, Progress progress) {
        this.around = around;
        this.operator = operator;
        this.wish = wish;
        this.progress = progress;
    }

    Served recover() throws InterruptedException {
        demandInstalled();
        OperatorObjects objects = OperatorObjects.of(around, operator, wish);
        HasMetadata main = objects.main();
        gone(main);
        objects.makeWay(around);
        RecoveryLog log = new RecoveryLog(around, operator);
        try (Gathering gathering = new Gathering();
                log) {
            watch(gathering, main);
            for (HasMetadata object : objects.asking()) {
                progress.says("asks " + operator.name() + " for " + object.getKind() + "/"
                        + object.getMetadata().getName());
                around.cluster().apply(object);
            }
            demandNotice(gathering, log);
            Optional<End> end = gathering.until(
                    seen -> end(seen, log), around.opening().plan().timeToLive());
            if (end.isEmpty()) {
                return Served.not(
                        new Problem(
                                operator.name() + " has not restored the server in time; it says: " + told,
                                Cluster.name(main),
                                "Raise scratch.timeToLive in the runbook, or see with `kubectl describe` what it waits"
                                        + " for."),
                        log.lines());
            }
            Optional<Problem> trouble = end.get().trouble();
            if (trouble.isPresent()) {
                return Served.not(trouble.get(), log.lines());
            }
            return served(gathering.now(), log);
        }
    }

    private Served served(Collection<HasMetadata> seen, RecoveryLog log) throws InterruptedException {
        String service = main(seen).map(operator::service).orElse("");
        String address = around.address(service)
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The service of the restored server has no address",
                        "service " + around.naming().namespace() + "/" + service,
                        "See with --keep 4h what became of it.")));
        return Served.at(
                new Endpoint(address, POSTGRES),
                log.lines(),
                Map.of("operator", operator.name(), "image", operator.image(wish)));
    }

    private void demandInstalled() throws InterruptedException {
        String group = operator.kind().getGroup();
        if (!around.knows(group)) {
            throw new CouldNotRun(new Problem(
                    "This cluster knows no " + operator.kind().getKind() + " of " + group + ": " + operator.name()
                            + " is not installed in it",
                    "steps.restore.with: " + wish.plan().operator() + " in the runbook",
                    "Install the operator in " + around.cluster().name()
                            + ", or write `restore: database` and let Muster restore it."));
        }
    }

    /** What was recovered before has to be gone, since the new one bears its name. */
    private void gone(HasMetadata before) throws InterruptedException {
        Resource<GenericKubernetesResource> resource =
                mains().withName(before.getMetadata().getName());
        GenericKubernetesResource there = around.cluster().ask(Cluster.name(before), resource::get);
        if (there == null) {
            return;
        }
        around.cluster().ask(Cluster.name(before), resource::delete);
        try (Gathering gathering = new Gathering()) {
            watch(gathering, before);
            // Its pods as well: the next one's bear the same names.
            gathering.demand(
                    seen -> main(seen).isEmpty() && pods(seen).findAny().isEmpty()
                            ? Optional.of(true)
                            : Optional.empty(),
                    TO_GO,
                    new Problem(
                            "What " + operator.name() + " has recovered before does not go",
                            Cluster.name(before),
                            "Look for what keeps it with `kubectl get -o yaml`: its finalizers say it."));
        }
    }

    private void watch(Gathering gathering, HasMetadata main) {
        String namespace = around.naming().namespace();
        gathering.watch(mains().withName(main.getMetadata().getName()), Cluster.name(main));
        gathering.watch(
                around.client()
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(around.naming().labels()),
                "pods in " + namespace);
    }

    private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> mains() {
        return around.client()
                .genericKubernetesResources(operator.kind())
                .inNamespace(around.naming().namespace());
    }

    private void demandNotice(Gathering gathering, RecoveryLog log) throws InterruptedException {
        gathering.demand(
                seen -> {
                    log.follow(seen);
                    return main(seen)
                            .map(operator::state)
                            .filter(state -> !state.phase().isEmpty());
                },
                TO_TAKE_NOTICE,
                new Problem(
                        operator.name() + " takes no notice of what it is asked for",
                        operator.kind().getKind() + " in namespace "
                                + around.naming().namespace(),
                        "See whether the operator runs and watches all namespaces: `kubectl get pods -A -l"
                                + " app.kubernetes.io/name=" + wish.plan().operator() + "`."));
    }

    /** How it went. */
    private record End(Optional<Problem> trouble) {}

    /** Empty until it is certain how it went. */
    private Optional<End> end(Collection<HasMetadata> seen, RecoveryLog log) {
        log.follow(seen);
        Optional<Operator.State> state = main(seen).map(operator::state);
        String phase = state.map(Operator.State::phase).orElse("");
        if (!phase.equals(told)) {
            told = phase;
            progress.says(operator.name() + ": " + phase);
        }
        if (state.filter(Operator.State::up).isPresent()) {
            return Optional.of(new End(Optional.empty()));
        }
        if (state.filter(Operator.State::failed).isPresent()) {
            return Optional.of(new End(Optional.of(failed("has given up", "", log))));
        }
        return pods(seen)
                .flatMap(pod -> ended(pod)
                        .map(code -> failed(
                                "could not recover the server (exit code " + code + ")",
                                "pod " + pod.getMetadata().getNamespace() + "/"
                                        + pod.getMetadata().getName(),
                                log))
                        .or(() -> CompanionTrouble.of(pod))
                        .stream())
                .findFirst()
                .map(problem -> new End(Optional.of(problem)));
    }

    private Problem failed(String how, String where, RecoveryLog log) {
        return new Problem(
                operator.name() + " " + how + (told.isEmpty() ? "" : "; it says: " + told)
                        + log.fatal().map(line -> "; the server says: " + line).orElse(""),
                where.isEmpty() ? "namespace " + around.naming().namespace() : where,
                "Read the log lines of this check. If the vault cannot be reached or the image is the wrong one, put that"
                        + " right; otherwise do not rely on this backup, and drill an older one with --backup"
                        + " database=NAME.");
    }

    private Optional<Integer> ended(Pod pod) {
        if (!operator.recovers(pod)
                || pod.getStatus() == null
                || pod.getStatus().getContainerStatuses() == null) {
            return Optional.empty();
        }
        return Stream.concat(
                        pod.getStatus().getContainerStatuses().stream(),
                        pod.getStatus().getInitContainerStatuses() == null
                                ? Stream.empty()
                                : pod.getStatus().getInitContainerStatuses().stream())
                .filter(status -> status.getState() != null)
                .map(status -> Optional.ofNullable(status.getState().getTerminated()))
                .flatMap(Optional::stream)
                .map(ContainerStateTerminated::getExitCode)
                .filter(code -> code != 0)
                .findFirst();
    }

    private Stream<Pod> pods(Collection<HasMetadata> seen) {
        return seen.stream()
                .filter(Pod.class::isInstance)
                .map(Pod.class::cast)
                .filter(pod ->
                        !pod.getMetadata().getName().equals(around.naming().object(Names.POD)));
    }

    private static Optional<GenericKubernetesResource> main(Collection<HasMetadata> seen) {
        return seen.stream()
                .filter(GenericKubernetesResource.class::isInstance)
                .map(GenericKubernetesResource.class::cast)
                .findFirst();
    }
}
