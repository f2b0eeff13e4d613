package dev.muster.orchestrator.baseline;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Where a live database is and who reads it.
 *
 * @param place the address without user and parameters, as it may be shown
 */
record LiveAddress(String place, String jdbc, Properties properties, String name) {
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert");

    /** @param password the one that does not stand in the address itself */
    static LiveAddress of(Secret address, Optional<Secret> password) {
        try {
            URI uri = new URI(address.reveal().strip().replaceFirst("^jdbc:", ""));
            String path = Optional.ofNullable(uri.getPath()).orElse("");
            if (!SCHEMES.contains(uri.getScheme()) || uri.getHost() == null || path.length() < 2) {
                throw malformed();
            }
            Properties properties = parameters(uri);
            Optional<String> user = Optional.ofNullable(uri.getUserInfo());
            user.map(info -> info.split(":", 2)).ifPresent(parts -> {
                properties.setProperty("user", parts[0]);
                if (parts.length > 1) {
                    properties.setProperty("password", parts[1]);
                }
            });
            password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
            String place =
                    "postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath();
            return new LiveAddress(place, "jdbc:" + place, properties, path.substring(1));
        } catch (URISyntaxException unreadable) {
            // The reason would repeat the address, and a password with it.
            throw malformed();
        }
    }

    private static Properties parameters(URI uri) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "muster baseline");
        properties.setProperty("connectTimeout", "20");
        properties.setProperty("tcpKeepAlive", "true");
        for (String parameter : Optional.ofNullable(uri.getQuery()).orElse("").split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (parts.length == 2 && PARAMETERS.contains(parts[0])) {
                properties.setProperty(parts[0], parts[1]);
            } else if (!parameter.isEmpty()) {
                throw new CouldNotRun(new Problem(
                        "The address of the live database has a parameter that is not known: " + parts[0],
                        "baseline.database",
                        "Write one of sslmode and sslrootcert, or none."));
            }
        }
        return properties;
    }

    private static CouldNotRun malformed() {
        return new CouldNotRun(new Problem(
                "The address of the live database cannot be understood",
                "baseline.database",
                "Write it like postgresql://muster@db.example.com:5432/odoo?sslmode=verify-full, and the password as"
                        + " \"baseline.password\" in the runbook, a reference such as ${secret:erp-reader}."));
    }
}
