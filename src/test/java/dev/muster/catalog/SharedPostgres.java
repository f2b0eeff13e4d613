package dev.muster.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL for all tests that need no more than an empty database; each test leaves it empty. */
public final class SharedPostgres implements BeforeAllCallback, AfterEachCallback {
    private @Nullable PostgresServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedPostgres.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .server;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        server().empty();
    }

    public PostgresServer server() {
        return Objects.requireNonNull(server);
    }

    /** A catalog in it that opens a connection for each piece of work. */
    public Catalog open() {
        return Catalog.open(server().url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
    }

    /** A catalog in it that holds its connections. */
    public Catalog hold() {
        return Catalog.hold(server().url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
    }

    /** Runs until the last test is over. */
    private static final class Running implements AutoCloseable {
        private final Path folder;
        private final PostgresServer server;

        Running() {
            try {
                folder = Files.createTempDirectory("shared-postgres");
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                server = new PostgresServer(folder.resolve("home"));
            } catch (Exception unable) {
                throw new IllegalStateException(unable);
            }
        }

        @Override
        public void close() {
            server.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
