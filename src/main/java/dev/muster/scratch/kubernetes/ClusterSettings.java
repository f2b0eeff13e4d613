package dev.muster.scratch.kubernetes;

import dev.muster.drill.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The Kubernetes cluster that this installation opens scratches in.
 *
 * @param kubeconfig absent means {@code KUBECONFIG}, {@code ~/.kube/config}, or the pod that Muster itself runs in
 * @param context of the kubeconfig; absent means its current one
 * @param installation tells the scratches of this Muster from those of others in the same cluster
 * @param user the number of the user, and of the group, that everything in a pod runs as
 * @param worker what the worker's container may use
 * @param database what the database's container may use
 * @param application what the application's container may use, where it has one
 * @param sharedMemory how many bytes of the database's memory are its {@code /dev/shm}
 * @param reaches where vaults are, seen from a pod, besides the addresses of their endpoints
 * @param endpoints by vault, the address that it has from inside the cluster
 * @param pullSecrets by name, what a registry wants to see, as Docker's configuration in JSON
 * @param guard what no runbook can get at
 */
public record ClusterSettings(
        Optional<Path> kubeconfig,
        Optional<String> context,
        String installation,
        Images images,
        long user,
        Share worker,
        Share database,
        Share application,
        long sharedMemory,
        List<Reach> reaches,
        Map<String, URI> endpoints,
        Map<String, Supplier<Secret>> pullSecrets,
        Guarded guard) {
    public static final String INSTALLATION = "muster";
    public static final long USER = 999;

    public static final Share WORKER = new Share("1", 1L << 30);
    public static final Share DATABASE = new Share("2", 2L << 30);
    public static final Share APPLICATION = new Share("1", 1L << 30);
    public static final long SHARED_MEMORY = 256L << 20;

    public ClusterSettings {
        reaches = List.copyOf(reaches);
        endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
        pullSecrets = Collections.unmodifiableMap(new TreeMap<>(pullSecrets));
    }

    /** What holds where nothing is said but which image the worker has. */
    public static ClusterSettings usual(Images images) {
        return new ClusterSettings(
                Optional.empty(),
                Optional.empty(),
                INSTALLATION,
                images,
                USER,
                WORKER,
                DATABASE,
                APPLICATION,
                SHARED_MEMORY,
                List.of(),
                Map.of(),
                Map.of(),
                Guarded.ALWAYS);
    }

    /**
     * The images of a pod's containers.
     *
     * @param worker Muster itself
     * @param postgres by major version; a runbook's own image comes before it
     */
    public record Images(String worker, Map<Integer, String> postgres) {
        public Images {
            postgres = Collections.unmodifiableMap(new TreeMap<>(postgres));
        }
    }

    /**
     * What a container may use.
     *
     * @param cpu processors, as Kubernetes writes them
     * @param memory in bytes
     */
    public record Share(String cpu, long memory) {}

    /** A place that a pod may connect to while it fetches. */
    public sealed interface Reach {
        int port();

        /** A range of addresses. */
        record Range(String cidr, int port) implements Reach {
            @Override
            public String toString() {
                return cidr + ", port " + port;
            }
        }

        /** Pods of the cluster by their labels; without labels of pods, all of those namespaces. */
        record Pods(Map<String, String> namespace, Map<String, String> pods, int port) implements Reach {
            public Pods {
                namespace = Collections.unmodifiableMap(new TreeMap<>(namespace));
                pods = Collections.unmodifiableMap(new TreeMap<>(pods));
            }

            @Override
            public String toString() {
                return "pods " + pods + " in namespaces " + namespace + ", port " + port;
            }
        }
    }

    /** Names of contexts and namespaces that scratches are never opened in, with {@code *} for any letters. */
    public record Guarded(List<String> contexts, List<String> namespaces) {
        /** What holds whatever the settings say. */
        public static final Guarded ALWAYS = new Guarded(List.of(), List.of("kube-*", "default", "openshift-*"));

        public Guarded {
            contexts = List.copyOf(contexts);
            namespaces = List.copyOf(namespaces);
        }

        /** This and more: what holds always cannot be taken out. */
        public static Guarded and(List<String> contexts, List<String> namespaces) {
            Set<String> all = new LinkedHashSet<>(ALWAYS.namespaces());
            all.addAll(namespaces);
            return new Guarded(contexts, List.copyOf(all));
        }
    }
}
