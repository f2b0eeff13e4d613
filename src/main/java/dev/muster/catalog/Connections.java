package dev.muster.catalog;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Connects to the catalog's database, and waits its turn while another process has the H2 file open. */
final class Connections implements ConnectionFactory {
    private static final int FILE_IS_OPEN_ELSEWHERE = 90020;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final String url;
    private final Optional<String> user;
    private final Optional<Secret> password;

    Connections(String url, Optional<String> user, Optional<Secret> password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public Connection openConnection() throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(url, properties);
            } catch (SQLException failed) {
                if (failed.getErrorCode() != FILE_IS_OPEN_ELSEWHERE || System.nanoTime() > deadline) {
                    throw failed;
                }
                waitForTheOther(failed);
            }
        }
    }

    private static void waitForTheOther(SQLException failed) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(10, 40));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }

    String url() {
        return url;
    }

    @Nullable
    String user() {
        return user.orElse(null);
    }

    @Nullable
    String password() {
        return password.map(Secret::reveal).orElse(null);
    }

    /** The database's address as it may be shown: parameters can hold a password. */
    String place() {
        return url.replaceFirst("[?;].*$", "").replaceFirst("//[^/@]*@", "//");
    }

    CouldNotRun trouble(String what, Exception cause) {
        return new CouldNotRun(
                new Problem(
                        what + " (" + reason(cause) + ")",
                        place(),
                        "See that the database is up, that user and password are right, and for a file that the user"
                                + " who runs Muster may write it. The address is `catalog.url` in the settings."),
                cause);
    }

    private String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return password.map(Secret::reveal)
                .filter(secret -> !secret.isEmpty())
                .map(secret -> message.replace(secret, "******"))
                .orElse(message)
                .replace(url, place())
                .replaceAll("[.]$", "");
    }
}
