package dev.muster.orchestrator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The process that conducts a drill, told apart from a later one with the same id by its start. */
public record Owner(String host, long process, Instant started) {

    public static Owner ofThisProcess() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(hostName(), own.pid(), own.info().startInstant().orElse(Instant.EPOCH));
    }

    static Optional<Owner> from(Map<String, String> details) {
        if (!details.containsKey("host")
                || !details.containsKey("process")
                || !details.containsKey("process started")) {
            return Optional.empty();
        }
        return Optional.of(new Owner(
                details.getOrDefault("host", ""),
                Long.parseLong(details.getOrDefault("process", "0")),
                Instant.parse(details.getOrDefault("process started", Instant.EPOCH.toString()))));
    }

    /** The owner that is called so; absent when that is no owner's name. */
    public static Optional<Owner> named(String name) {
        String[] parts = name.split(" ", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), Instant.parse(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeParseException anotherName) {
            return Optional.empty();
        }
    }

    /** A name that no other process has, nor ever had. */
    public String name() {
        return host + " " + process + " " + started;
    }

    Map<String, String> details() {
        return Map.of("host", host, "process", Long.toString(process), "process started", started.toString());
    }

    /** Whether the process is known to have ended; nothing can be said of another machine's. */
    public boolean gone() {
        return host.equals(hostName())
                && ProcessHandle.of(process)
                        .flatMap(handle -> handle.info().startInstant())
                        .filter(started::equals)
                        .isEmpty();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
