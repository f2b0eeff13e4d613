package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs the pods of a staged server with processes of this machine, and says on each what has become of it. */
final class StagedKubelet implements AutoCloseable {
    private static final String PROGRAMS = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final StagedServer server;
    private final StagedNetwork network;
    private final Path image;
    private final String worker;
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, StagedContainer> running = new ConcurrentHashMap<>();
    private final Set<String> starved = ConcurrentHashMap.newKeySet();
    private final ExecutorService work = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kubelet");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param image what the image holds that is called like the worker's
     * @param folder for what pods store
     */
    StagedKubelet(StagedServer server, StagedNetwork network, Path image, String worker, Path folder) {
        this.server = server;
        this.network = network;
        this.image = image;
        this.worker = worker;
        this.folder = folder;
    }

    /** Starts a pod, and takes its time for it. */
    void run(String path, Pod pod) {
        work.execute(() -> {
            try {
                started(path, pod);
            } catch (IOException | RuntimeException failed) {
                server.change(path, there -> status(there, "Failed", List.of(), failed.toString()));
            }
        });
    }

    private void started(String path, Pod pod) throws IOException {
        Path home = Files.createDirectories(folder.resolve(pod.getMetadata().getUid()));
        String namespace = path.substring(0, path.indexOf("/pods/"));
        StagedVolumes volumes = new StagedVolumes(
                pod, home.resolve("volumes"), name -> (Secret) server.objects().get(namespace + "/secrets/" + name));
        Map<Container, CompletableFuture<StagedContainer>> starts = new LinkedHashMap<>();
        for (Container container : pod.getSpec().getContainers()) {
            starts.put(container, CompletableFuture.supplyAsync(() -> started(pod, container, volumes, home), work));
        }
        starts.forEach((container, start) -> running.put(key(path, container.getName()), start.join()));
        ContainerState runs = new ContainerStateBuilder()
                .withNewRunning(clock.instant().toString())
                .build();
        List<ContainerStatus> states = starts.keySet().stream()
                .map(container -> state(container.getName(), container.getImage(), runs))
                .toList();
        server.change(path, there -> status(there, "Running", states, null));
        starts.forEach((container, start) -> work.execute(() -> {
            int code = start.join().awaitEnd();
            server.change(path, there -> ended(path, there, container.getName(), code));
        }));
    }

    private StagedContainer started(Pod pod, Container container, StagedVolumes volumes, Path home) {
        List<String> mounts = new ArrayList<>();
        if (container.getImage().equals(worker)) {
            mounts.addAll(List.of("bind", image.toString(), WorkerImage.PLACE));
        }
        Path java = Path.of(System.getProperty("java.home"));
        if (!java.startsWith("/usr")) {
            mounts.addAll(List.of("bind", java.toString(), java.toString()));
        }
        mounts.addAll(volumes.mounts(container));
        List<String> program = new ArrayList<>(container.getCommand());
        program.addAll(container.getArgs());
        try {
            return StagedContainer.start(
                    Files.createDirectory(home.resolve(container.getName())),
                    network,
                    pod.getSpec().getSecurityContext().getRunAsUser(),
                    mounts,
                    environment(pod, java),
                    program);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> environment(Pod pod, Path java) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", java.resolve("bin") + ":" + PROGRAMS);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOSTNAME", pod.getMetadata().getName());
        environment.put("KUBERNETES_SERVICE_HOST", server.place().host());
        environment.put("KUBERNETES_SERVICE_PORT", String.valueOf(server.place().port()));
        return environment;
    }

    /** Runs a program in a container; nothing when that does not run. */
    Optional<Process> exec(String path, String container, List<String> program) throws IOException {
        Optional<StagedContainer> there = Optional.ofNullable(running.get(key(path, container)));
        return there.isPresent() ? Optional.of(there.get().exec(program)) : Optional.empty();
    }

    /** Whether a program of this name runs in any container that is called so. */
    boolean runs(String container, String program) {
        return running.entrySet().stream()
                .anyMatch(entry -> entry.getKey().endsWith(" " + container)
                        && entry.getValue().runs(program));
    }

    /** Does to every container that is called so what a kernel does when it takes too much memory. */
    void starve(String container) {
        running.forEach((key, each) -> {
            if (key.endsWith(" " + container)) {
                starved.add(key);
                each.kill();
            }
        });
    }

    /** Ends a pod in its own time, and says when it is gone. */
    void stop(String path, Pod pod, Runnable gone) {
        Duration grace = Duration.ofSeconds(pod.getSpec().getTerminationGracePeriodSeconds());
        work.execute(() -> {
            running.forEach((key, container) -> {
                if (key.startsWith(path + " ")) {
                    container.stop(grace);
                    running.remove(key);
                }
            });
            gone.run();
        });
    }

    private HasMetadata ended(String path, HasMetadata there, String container, int code) {
        boolean memory = starved.contains(key(path, container));
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(memory ? "OOMKilled" : code == 0 ? "Completed" : "Error")
                .withFinishedAt(clock.instant().toString())
                .endTerminated()
                .build();
        List<ContainerStatus> states = ((Pod) there)
                .getStatus().getContainerStatuses().stream()
                        .map(each -> each.getName().equals(container) ? state(container, each.getImage(), state) : each)
                        .toList();
        return status(there, "Running", states, null);
    }

    private static ContainerStatus state(String name, String image, ContainerState state) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage(image)
                .withState(state)
                .withReady(state.getRunning() != null)
                .build();
    }

    private static HasMetadata status(
            HasMetadata there, String phase, List<ContainerStatus> states, @Nullable String message) {
        return new PodBuilder((Pod) there)
                .editSpec()
                .withNodeName("staged")
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .withMessage(message)
                .withContainerStatuses(states)
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private static String key(String path, String container) {
        return path + " " + container;
    }

    @Override
    public void close() {
        running.values().forEach(StagedContainer::kill);
        work.shutdownNow();
    }
}
