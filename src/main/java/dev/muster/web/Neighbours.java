package dev.muster.web;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The programs of this machine. What a proxy on this machine passes on is not theirs, nor what a page of somebody else
 * makes a browser here ask for under a name of its own.
 */
final class Neighbours {
    private static final List<String> PASSED_ON = List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via");

    private final boolean behindProxy;

    Neighbours(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    boolean made(Context request) {
        return !behindProxy
                && loopback(request.ip())
                && PASSED_ON.stream().noneMatch(name -> request.header(name) != null)
                && named(request.req().getServerName());
    }

    private static boolean named(String host) {
        return host.equals("localhost") || (host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]") && loopback(host));
    }

    /** @param address in digits, so that nobody is asked whose it is */
    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
