package dev.muster.check.isolation;

import dev.muster.drill.Endpoint;
import dev.muster.scratch.NameServers;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Every way out that is tried: what the runbook and the vaults name, and what every machine has. */
final class WaysOut {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int SHELL = 22;
    private static final List<Integer> MAIL = List.of(25, 465, 587);
    /** Name servers that answer to everyone, and so are there when anything is. */
    private static final List<String> INTERNET = List.of("1.1.1.1", "8.8.8.8", "9.9.9.9", "2606:4700:4700::1111");

    private static final String METADATA = "169.254.169.254";
    private static final long RESOLVING_SECONDS = 2;

    private WaysOut() {}

    static List<WayOut> of(List<Endpoint> production, List<Endpoint> vaults) {
        List<WayOut> ways = new ArrayList<>();
        List<CompletableFuture<List<WayOut>>> named = new ArrayList<>();
        production.forEach(endpoint -> named.add(resolved("production", endpoint)));
        vaults.forEach(endpoint -> named.add(resolved("vault", endpoint)));
        named.forEach(one -> ways.addAll(one.join()));
        for (String address : INTERNET) {
            ways.add(WayOut.connection("internet", new Endpoint(address, HTTPS)));
            ways.add(WayOut.connection("internet", new Endpoint(address, 53)));
            ways.add(WayOut.nameServer(address));
        }
        MAIL.forEach(port -> ways.add(WayOut.connection("mail", new Endpoint(INTERNET.get(0), port))));
        ways.add(WayOut.connection("cloud metadata", new Endpoint(METADATA, HTTP)));
        NameServers.configured().forEach(server -> ways.add(WayOut.nameServer(server)));
        ways.add(WayOut.name("example.com"));
        return ways.stream().distinct().toList();
    }

    static List<WayOut> ofThisMachine() {
        return ownAddresses().stream()
                .map(own -> WayOut.connection("this machine", new Endpoint(own, SHELL)))
                .toList();
    }

    /** By name, and by the addresses that this machine knows: a name that is not resolved inside proves little. */
    private static CompletableFuture<List<WayOut>> resolved(String what, Endpoint endpoint) {
        return CompletableFuture.supplyAsync(() -> addresses(endpoint.host()))
                .completeOnTimeout(List.of(), RESOLVING_SECONDS, TimeUnit.SECONDS)
                .thenApply(addresses -> {
                    List<WayOut> ways = new ArrayList<>(List.of(WayOut.connection(what, endpoint)));
                    addresses.forEach(address -> ways.add(
                            WayOut.connection(what + " " + endpoint.host(), new Endpoint(address, endpoint.port()))));
                    return ways;
                });
    }

    private static List<String> addresses(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .filter(address -> !address.equals(host))
                    .toList();
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private static List<String> ownAddresses() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }
}
