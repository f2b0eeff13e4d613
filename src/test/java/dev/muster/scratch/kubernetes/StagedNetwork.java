package dev.muster.scratch.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The network that the pods of a staged cluster are in. Nothing leads out of it but routes to single addresses, and it
 * goes, with all that runs in it, when the process is gone that has opened it.
 */
final class StagedNetwork implements AutoCloseable {
    /** Addresses that are set aside for trying out networks. */
    private static final String RANGE = "198.18.";

    private static final int BLOCK = 4;
    private static final int BYTE = 256;

    private final Process holder;
    private final String link;
    private final String block;
    private final Set<String> routes = new HashSet<>();

    private StagedNetwork(Process holder) {
        this.holder = holder;
        long own = ProcessHandle.current().pid();
        this.link = "muster" + own;
        this.block = RANGE + own / (BYTE / BLOCK) % BYTE + ".%d";
    }

    static StagedNetwork open() throws IOException {
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", Script.named("network.sh"))
                .redirectErrorStream(true)
                .start();
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (!"ready".equals(line)) {
            throw new IllegalStateException("no network of its own: " + line);
        }
        StagedNetwork network = new StagedNetwork(holder);
        network.connect();
        return network;
    }

    private void connect() {
        done(List.of("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", "" + holder.pid()));
        done(List.of("ip", "address", "add", vault(), "peer", pod(), "dev", link));
        done(List.of("ip", "address", "add", server() + "/32", "dev", link));
        done(List.of("ip", "link", "set", link, "up"));
        done(enter(List.of("ip", "address", "add", pod() + "/32", "dev", "eth0")));
        done(enter(List.of("ip", "link", "set", "eth0", "up")));
    }

    /** The address of this machine for what pods may get at. */
    String vault() {
        return address(1);
    }

    /** The address of this machine for the API server. */
    String server() {
        return address(2);
    }

    private String pod() {
        return address(3);
    }

    private String address(int number) {
        long own = ProcessHandle.current().pid() % (BYTE / BLOCK) * BLOCK;
        return block.formatted(own + number);
    }

    /** The command that runs this one in the network. */
    List<String> enter(List<String> command) {
        List<String> entered = new ArrayList<>(List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net", "--"));
        entered.addAll(command);
        return entered;
    }

    /** Lets out to these addresses, and to no others any more. */
    synchronized void leadTo(Set<String> addresses) {
        for (String address : addresses) {
            if (routes.add(address)) {
                done(enter(List.of("ip", "route", "add", address, "dev", "eth0")));
            }
        }
        for (String route : List.copyOf(routes)) {
            if (!addresses.contains(route)) {
                done(enter(List.of("ip", "route", "delete", route, "dev", "eth0")));
                routes.remove(route);
            }
        }
    }

    /** How many programs run in it, besides the one that holds it. */
    long programs() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.pid() != holder.pid()
                        && each.parent().filter(holder.toHandle()::equals).isEmpty())
                .filter(each -> network(each.pid()).equals(network(holder.pid())))
                .count();
    }

    private static Optional<Path> network(long process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", String.valueOf(process), "ns", "net")));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static void done(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void close() {
        done(List.of("ip", "link", "delete", link));
        try {
            holder.getOutputStream().close();
        } catch (IOException gone) {
            holder.destroyForcibly();
        }
        holder.onExit().join();
    }
}
