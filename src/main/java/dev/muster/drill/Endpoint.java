package dev.muster.drill;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a network that a program could connect to; written {@code host:port}, or as an address with its scheme. */
public record Endpoint(String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<scheme>[a-z][a-z0-9+]*)://)?(?<host>[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(?::(?<port>\\d{1,5}))?"
                    + "(?:/\\S*)?");
    private static final Map<String, Integer> USUAL_PORTS = Map.of(
            "http",
            80,
            "https",
            443,
            "smtp",
            25,
            "smtps",
            465,
            "imap",
            143,
            "imaps",
            993,
            "ftp",
            21,
            "postgresql",
            5432);
    private static final int HIGHEST = 65535;

    /** Empty when the text names no host, or no port and no scheme that has one. */
    public static Optional<Endpoint> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String host = form.group("host").replaceAll("[\\[\\]]", "");
        return Optional.ofNullable(form.group("port"))
                .map(Integer::valueOf)
                .or(() -> Optional.ofNullable(form.group("scheme")).map(USUAL_PORTS::get))
                .filter(port -> port > 0 && port <= HIGHEST)
                .map(port -> new Endpoint(host.toLowerCase(Locale.ROOT), port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
