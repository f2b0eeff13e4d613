package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The containers of a scratch's pod: the worker, and its neighbours, in which it has programs run. */
final class Containers {
    static final String WORKER = "worker";
    static final String DATABASE = "database";
    static final String APPLICATION = "application";

    /** Where the scratch lies, in every container that has it. */
    static final String SCRATCH = "/scratch";

    static final String SECRETS = "/muster/secrets";

    /** What a container writes elsewhere than into the scratch, its output included. */
    static final long ELSEWHERE = 1L << 30;

    private static final String NEIGHBOURS = ".neighbours/";
    private static final String AGENT = "/dev/muster/scratch/neighbour.sh";
    private static final BigDecimal QUARTER = new BigDecimal("0.25");

    private final PodShape shape;
    private final boolean inFolderOfNode;

    /** @param inFolderOfNode whether the scratch's data counts as what the pod stores on its node */
    Containers(PodShape shape, boolean inFolderOfNode) {
        this.shape = shape;
        this.inFolderOfNode = inFolderOfNode;
    }

    List<Container> all() {
        return shape.applicationImage().isPresent()
                ? List.of(
                        worker(),
                        database(),
                        application(shape.applicationImage().get()))
                : List.of(worker(), database());
    }

    private Container worker() {
        long stored = ELSEWHERE + (inFolderOfNode ? shape.volume() : 0);
        return confined(WORKER, shape.workerImage(), shape.worker(), stored)
                .withCommand("java", "-XX:MaxRAMPercentage=60", "-jar", "/opt/muster/muster.jar")
                .withArgs("worker", "--folder", SCRATCH)
                .withVolumeMounts(
                        mount("data", SCRATCH),
                        Users.mount(),
                        new VolumeMountBuilder(mount("secrets", SECRETS))
                                .withReadOnly(true)
                                .build(),
                        mount("worker", "/tmp"))
                .editSecurityContext()
                .withReadOnlyRootFilesystem(true)
                .endSecurityContext()
                .build();
    }

    private Container database() {
        return neighbour(DATABASE, shape.databaseImage(), shape.database())
                .withVolumeMounts(
                        mount("data", SCRATCH),
                        Users.mount(),
                        mount("shared-memory", "/dev/shm"),
                        mount("sockets", "/var/run/postgresql"),
                        mount(DATABASE, "/tmp"))
                .editSecurityContext()
                .withReadOnlyRootFilesystem(true)
                .endSecurityContext()
                .build();
    }

    /** It gets nothing of the scratch but what it works on; what it writes beside that, nobody knows beforehand. */
    private Container application(String image) {
        return neighbour(APPLICATION, image, shape.application())
                .withVolumeMounts(
                        part("data"),
                        part("s"),
                        part(NEIGHBOURS + APPLICATION),
                        Users.mount(),
                        mount(APPLICATION, "/tmp"))
                .build();
    }

    private static ContainerBuilder neighbour(String name, String image, Share share) {
        return confined(name, image, share, ELSEWHERE)
                .withCommand("sh", "-c", agent(), "neighbour", SCRATCH + "/" + NEIGHBOURS + name);
    }

    private static ContainerBuilder confined(String name, String image, Share share, long stored) {
        Map<String, Quantity> most = new TreeMap<>();
        most.put("cpu", Quantities.processors(new Quantity(share.cpu()).getNumericalAmount()));
        most.put("memory", Quantities.bytes(share.memory()));
        most.put("ephemeral-storage", Quantities.bytes(stored));
        Map<String, Quantity> least = new TreeMap<>(most);
        // Programs that get fewer processors are slower, and those that get less memory are ended.
        least.put(
                "cpu",
                Quantities.processors(
                        new Quantity(share.cpu()).getNumericalAmount().multiply(QUARTER)));
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withNewResources()
                .withLimits(most)
                .withRequests(least)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static VolumeMount part(String folder) {
        return new VolumeMountBuilder(mount("data", SCRATCH + "/" + folder))
                .withSubPath(folder)
                .build();
    }

    private static String agent() {
        try (InputStream script = Objects.requireNonNull(Containers.class.getResourceAsStream(AGENT), AGENT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
