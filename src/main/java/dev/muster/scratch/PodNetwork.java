package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.scratch.inside.Attempts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The network of a pod. What it reaches is for policies to say and for the cluster to enforce, which some do not: it
 * counts as cut off only when a program in it has tried to get out and failed.
 */
final class PodNetwork implements Network {
    private static final int PATIENCE_MILLISECONDS = 3000;
    /** A cluster takes a moment until a policy that was taken back is in force no more. */
    private static final int TRIES = 15;

    private static final String REACHED = "reached";
    private static final Endpoint INTERNET = new Endpoint("1.1.1.1", 443);

    private final Optional<Endpoint> cluster;
    /** The ways that stood open for fetching, by how they are tried. */
    private final Map<String, String> lent = new TreeMap<>();

    /** The ways that never stood open, by how they are tried. */
    private final Map<String, String> forbidden = new TreeMap<>();

    private Optional<Scratch> scratch = Optional.empty();

    /**
     * @param cluster where the cluster's own server is
     * @param vaults where the backups are fetched from
     */
    static PodNetwork of(Optional<Endpoint> cluster, List<Endpoint> vaults) {
        return new PodNetwork(cluster, vaults, List.of(INTERNET), NameServers.configured());
    }

    PodNetwork(Optional<Endpoint> cluster, List<Endpoint> vaults, List<Endpoint> internet, List<String> nameServers) {
        this.cluster = cluster;
        cluster.ifPresent(server -> forbidden.put(connection(server), "the cluster's API server at " + server));
        internet.forEach(place -> forbidden.put(connection(place), "the internet at " + place));
        nameServers.forEach(server -> lent.put("dns " + server, "the name server " + server));
        vaults.stream()
                .filter(PodNetwork::reached)
                .forEach(vault -> lent.put(connection(vault), "the vault at " + vault));
    }

    /** Says where programs can be run that try it. */
    void within(Scratch pod) {
        scratch = Optional.of(pod);
    }

    @Override
    public Optional<Endpoint> nextDoor() {
        return cluster;
    }

    @Override
    public List<String> enter(List<String> command) {
        return command;
    }

    @Override
    public String description() {
        return exposed()
                .map(problem -> "not cut off, because: " + problem.what())
                .orElseGet(() -> "cut off: the cluster's NetworkPolicies let nothing out of the pod; tried in vain: "
                        + everything().values().stream().sorted().collect(Collectors.joining(", ")));
    }

    @Override
    public Optional<Problem> exposed() {
        List<String> open = open();
        for (int attempt = 1;
                attempt < TRIES && !open.isEmpty() && lent.keySet().containsAll(open);
                attempt++) {
            open = open();
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(problem(open));
    }

    @Override
    public boolean apart() {
        return false;
    }

    @Override
    public void close() {
        // It goes with the pod.
    }

    /** The ways that lead out at this moment. */
    private List<String> open() {
        List<String> ways = List.copyOf(everything().keySet());
        Map<String, String> said = Collections.synchronizedMap(new TreeMap<>());
        Scratch pod = scratch.orElseThrow();
        Program program = new JavaProgram(Attempts.class, List.of()).in(pod, ways, line -> {
            String[] words = line.split("[ :]", 3);
            said.put(words[0], words.length > 1 ? words[1] : "");
        });
        try {
            Finished finished = pod.run(program);
            if (!finished.succeeded() || !said.containsKey("end") || !REACHED.equals(said.get("control"))) {
                throw new CouldNotRun(new Problem(
                        "Whether the pod is cut off could not be tried: exit code " + finished.exit() + ", "
                                + String.join(" / ", finished.lastLines()),
                        "scratch " + pod.id(),
                        "See whether the container of Muster has memory left, and run the drill again."));
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CouldNotRun(
                    new Problem(
                            "Whether the pod is cut off was not tried to the end, since the drill was stopped",
                            "scratch " + pod.id(),
                            "Run the drill again."),
                    cancelled);
        }
        List<String> open = new ArrayList<>(ways);
        open.removeIf(way -> !REACHED.equals(said.get(String.valueOf(ways.indexOf(way)))));
        return open;
    }

    private Problem problem(List<String> open) {
        String reached = open.stream().map(everything()::get).collect(Collectors.joining(", "));
        if (lent.keySet().containsAll(open)) {
            return new Problem(
                    "What the pod was allowed to reach for fetching it reaches still: " + reached,
                    "the NetworkPolicies of the scratch",
                    "See with `kubectl get networkpolicies` whether those named `vault` and `dns` are gone: if they are, the"
                            + " cluster's network plugin does not enforce them, or takes minutes for it.");
        }
        return new Problem(
                "This cluster does not enforce NetworkPolicies: a program in the pod reached " + reached,
                "the cluster's network plugin",
                "Install a network plugin that enforces NetworkPolicies, such as Calico or Cilium, or run the drill with"
                        + " --set scratch.on=local.");
    }

    private Map<String, String> everything() {
        Map<String, String> all = new TreeMap<>(lent);
        all.putAll(forbidden);
        return all;
    }

    private static String connection(Endpoint to) {
        return "tcp " + to.host() + " " + to.port();
    }

    /** A way that led nowhere even before proves nothing. */
    private static boolean reached(Endpoint vault) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(vault.host(), vault.port()), PATIENCE_MILLISECONDS);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
