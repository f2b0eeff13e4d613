package dev.muster.web;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.web.tls.CertificateFiles;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where the web server listens, and how.
 *
 * @param port zero takes any that is free
 * @param tls absent means in plain text
 * @param behindProxy whether a proxy in front of it does TLS
 * @param proxies addresses and ranges of those proxies; what others say of whom they speak for is not believed
 */
public record Listening(
        String address, int port, Optional<CertificateFiles> tls, boolean behindProxy, List<String> proxies) {
    /** As long as nobody says otherwise: this machine only, where no TLS is needed. */
    public static final Listening USUAL = plain("127.0.0.1", 8080);

    public Listening {
        proxies = List.copyOf(proxies);
    }

    /** In plain text, with no proxy before it. */
    public static Listening plain(String address, int port) {
        return new Listening(address, port, Optional.empty(), false, List.of());
    }

    /** Where its pages are, seen from this machine. */
    public URI address(int actualPort) {
        String host = address.equals("0.0.0.0") || address.equals("::") ? "localhost" : address;
        return URI.create((tls.isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + actualPort);
    }

    public Listening at(int otherPort) {
        return new Listening(address, otherPort, tls, behindProxy, proxies);
    }

    /** Passwords and evidence do not travel in plain text where others can listen. */
    void refuseInTheOpen() {
        if (tls.isEmpty() && !behindProxy && !loopback()) {
            throw new CouldNotRun(new Problem(
                    "The service would speak plain text at " + address + ", which is not this machine alone",
                    "serve.address",
                    "Name a certificate with serve.tls; or, when a proxy before it does TLS, set serve.behindProxy: true"
                            + " and name the proxy in serve.proxies; or leave serve.address out."));
        }
    }

    private boolean loopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new CouldNotRun(
                    new Problem(
                            "There is no address " + address + " to listen at",
                            "serve.address",
                            "Write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them."),
                    unknown);
        }
    }
}
