package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.mockwebserver.http.MockResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster of one machine, without any of Kubernetes: a staged server, whose pods run as processes in a network of their
 * own that policies lead out of. Needs the rights of root.
 */
public final class StagedCluster extends StagedServer {
    /** What the worker's image is called. */
    public static final String WORKER = "staged/muster:1";

    /** What the image of a database is called. */
    public static final String POSTGRES = "staged/postgres:15";

    private final StagedNetwork network;
    private final StagedKubelet kubelet;
    private final Path kubeconfig;
    private final Set<String> unlabelled = new TreeSet<>();
    private final ByteArrayOutputStream overheard = new ByteArrayOutputStream();

    private StagedCluster(StagedNetwork network, Path folder) throws IOException {
        super(network.server(), Clock.systemUTC());
        Path image = Files.createDirectories(folder.resolve("image"));
        WorkerImage.make(image);
        this.network = network;
        this.kubelet = new StagedKubelet(this, network, image, WORKER, folder.resolve("pods"));
        this.kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: staged
                contexts: [{ name: staged, context: { cluster: staged, user: drills } }]
                clusters: [{ name: staged, cluster: { server: "http://%s" } }]
                users: [{ name: drills, user: {} }]
                """.formatted(place()));
    }

    /** Opens it, with nothing in it; what its pods store lies in the folder. */
    public static StagedCluster open(Path folder) throws IOException {
        return new StagedCluster(StagedNetwork.open(), folder);
    }

    /** How it is reached. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The address of this machine that its pods get at when policies let them. */
    public String machine() {
        return network.vault();
    }

    /** The paths of all objects in it. */
    public List<String> paths() {
        return objects().keySet().stream().sorted().toList();
    }

    /** The namespaces in it. */
    public List<String> namespaces() {
        return objects().values().stream()
                .filter(Namespace.class::isInstance)
                .map(each -> each.getMetadata().getName())
                .toList();
    }

    /** The paths of whatever was ever in it and had not the labels of a drill. */
    public synchronized Set<String> unlabelled() {
        return Set.copyOf(unlabelled);
    }

    /** Everything that was ever said to its server or by way of it, but for what was put into secrets. */
    public synchronized String said() {
        return asked.stream()
                        .filter(one -> !one.path().contains("/secrets/"))
                        .map(one -> one.path() + one.query() + one.body())
                        .collect(Collectors.joining("\n"))
                + overheard.toString(StandardCharsets.ISO_8859_1);
    }

    /** Deletes a namespace with all that is in it, as whoever may do that. */
    public void deleteNamespace(String name) {
        delete("/api/v1/namespaces/" + name);
    }

    /** How many programs run in its pods, known to it or not. */
    public long programs() {
        return network.programs();
    }

    /** Whether a program runs in the containers that are called so. */
    public boolean runs(String container, String program) {
        return kubelet.runs(container, program);
    }

    /** Has the containers that are called so take more memory than there is. */
    public void starve(String container) {
        kubelet.starve(container);
    }

    @Override
    void onPut(String path, HasMetadata object, boolean added) {
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        if (!labels.containsKey(Labels.DRILL) || !Labels.MUSTER.equals(labels.get(Labels.MANAGED_BY))) {
            unlabelled.add(path);
        }
        enforce();
        if (added && object instanceof Pod pod) {
            kubelet.run(path, pod);
        }
    }

    /** Lets pods get at what the policies name that there are now. */
    private void enforce() {
        network.leadTo(objects().values().stream()
                .filter(NetworkPolicy.class::isInstance)
                .flatMap(policy -> ((NetworkPolicy) policy).getSpec().getEgress().stream())
                .flatMap(rule -> rule.getTo().stream())
                .flatMap(peer -> Stream.ofNullable(peer.getIpBlock()))
                .map(range -> range.getCidr().replaceFirst("/32$", ""))
                .collect(Collectors.toSet()));
    }

    @Override
    void onDelete(String path, HasMetadata object) {
        if (object instanceof Pod pod) {
            put(path, pod);
            kubelet.stop(path, pod, () -> vanish(path));
        } else if (object instanceof Namespace namespace) {
            put(
                    path,
                    new NamespaceBuilder(namespace)
                            .withNewStatus()
                            .withPhase("Terminating")
                            .endStatus()
                            .build());
            inside(namespace).toList().forEach(this::delete);
            sweep();
        } else {
            vanish(path);
        }
    }

    @Override
    void onVanish(String path) {
        enforce();
        sweep();
    }

    /** Namespaces that are to go do so when nothing is left in them. */
    private void sweep() {
        objects().forEach((path, object) -> {
            if (object instanceof Namespace namespace
                    && namespace.getMetadata().getDeletionTimestamp() != null
                    && inside(namespace).findAny().isEmpty()) {
                vanish(path);
            }
        });
    }

    private Stream<String> inside(Namespace namespace) {
        String name = "/namespaces/" + namespace.getMetadata().getName() + "/";
        return objects().keySet().stream().filter(path -> path.contains(name));
    }

    @Override
    MockResponse onExec(String pod, Map<String, String> query) {
        try {
            // No word of what is run in a scratch has a space in it.
            List<String> program = List.of(query.getOrDefault("command", "").split(" ", -1));
            return kubelet.exec(pod, query.getOrDefault("container", ""), program)
                    .map(process -> new MockResponse().withWebSocketUpgrade(new ExecStream(process, this::overhear)))
                    .orElseGet(() -> new MockResponse().setResponseCode(500));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized void overhear(byte[] bytes) {
        overheard.writeBytes(bytes);
    }

    @Override
    public void close() {
        super.close();
        kubelet.close();
        network.close();
    }
}
