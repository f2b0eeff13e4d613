package dev.muster.catalog;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Connects to the catalog's database. While another process has the H2 file open, this one goes through that one if it
 * shares the file, and else waits its turn.
 */
final class Connections implements ConnectionFactory {
    private static final String FILE = "jdbc:h2:file:";
    private static final String SHARED = ";AUTO_SERVER=TRUE";
    private static final int FILE_IS_OPEN_ELSEWHERE = 90020;
    /** Ten drills that begin together on a busy machine each hold the file for seconds. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final long FIRST_PAUSE_MILLISECONDS = 20;
    private static final long LONGEST_PAUSE_MILLISECONDS = 500;

    private final String url;
    private final Optional<String> user;
    private final Optional<Secret> password;

    Connections(String url, Optional<String> user, Optional<Secret> password) {
        this.url = url;
        this.user = user;
        this.password = password;
        // Read when H2 is first used: a file is shared with processes of this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    /** The same, shared with other processes for as long as this one has it open. */
    Connections shared() {
        return inFile() && !url.contains(SHARED) ? new Connections(url + SHARED, user, password) : this;
    }

    /** The file in which other processes find the key to a file that one of them shares. */
    Optional<Path> keyFile() {
        return inFile()
                ? Optional.of(Path.of(url.substring(FILE.length()).replaceFirst(";.*$", "") + ".lock.db"))
                : Optional.empty();
    }

    private boolean inFile() {
        return url.startsWith(FILE);
    }

    @Override
    public Connection openConnection() throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        String next = url;
        long pause = FIRST_PAUSE_MILLISECONDS;
        while (true) {
            try {
                return DriverManager.getConnection(next, properties);
            } catch (SQLException failed) {
                if (failed.getErrorCode() != FILE_IS_OPEN_ELSEWHERE || System.nanoTime() > deadline) {
                    throw failed;
                }
                waitForTheOther(pause, failed);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
                next = keyFile().filter(Files::exists).isPresent() ? shared().url() : url;
            }
        }
    }

    /** For about so long: whoever asks all the time keeps the other from its work. */
    private static void waitForTheOther(long pause, SQLException failed) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + pause / 2));
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
