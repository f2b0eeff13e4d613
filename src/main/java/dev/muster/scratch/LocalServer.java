package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes and starts the PostgreSQL server of one local scratch; only loopback and one password reach it. */
final class LocalServer {
    private static final int ATTEMPTS = 5;
    private static final int LONGEST_SOCKET_PATH = 107;
    private static final int PASSWORD_BYTES = 24;
    private static final String ACCESS = """
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final LocalScratch scratch;
    private final Path programs;
    private final int major;
    private final Path place;
    private final Path data;
    private final Path log;
    private final Secret password;

    LocalServer(LocalScratch scratch, Path place, Path programs, int major) {
        this.scratch = scratch;
        this.programs = programs;
        this.major = major;
        this.place = place;
        this.data = place.resolve(LocalDatabase.FOLDER);
        this.log = place.resolve("postgres.log");
        this.password = randomPassword();
    }

    LocalDatabase start(String name) throws InterruptedException {
        try {
            initialise();
            Map<String, String> tuning = Tuning.forThisMachine();
            int port = startOnAFreePort(tuning);
            Path passwords =
                    secretFile("passwords", "*:" + port + ":*:" + LocalDatabase.SUPERUSER + ":" + password.reveal());
            String version = create(name, port);
            return new LocalDatabase(name, major, version, port, password, passwords, tuning);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The files of the PostgreSQL server could not be written: " + failed,
                            place.toString(),
                            "Make room on that disk, or set scratch.folder to a folder on another one."),
                    failed);
        }
    }

    private void initialise() throws IOException, InterruptedException {
        Path secret = secretFile("first-password", password.reveal());
        try {
            Finished finished = initdb("C.UTF-8", secret);
            if (!finished.succeeded() && finished.lastLines().stream().anyMatch(line -> line.contains("locale name"))) {
                finished = initdb("C", secret);
            }
            if (!finished.succeeded()) {
                throw refused("could not make its data folder", programs.resolve("initdb"), finished.lastLines());
            }
        } finally {
            Files.deleteIfExists(secret);
        }
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
    }

    private Finished initdb(String locale, Path secret) throws InterruptedException {
        return run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + LocalDatabase.SUPERUSER,
                "--encoding=UTF8",
                "--locale=" + locale,
                "--auth=scram-sha-256",
                "--pwfile=" + secret,
                "--no-sync");
    }

    private int startOnAFreePort(Map<String, String> tuning) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Files.writeString(data.resolve("postgresql.conf"), settings(port, tuning));
            Files.deleteIfExists(log);
            Finished finished = run("pg_ctl", "start", "--pgdata=" + data, "--log=" + log, "--wait", "--silent");
            if (finished.succeeded()) {
                return port;
            }
            List<String> said = Files.isReadable(log) ? Files.readAllLines(log) : finished.lastLines();
            // Between looking for a free port and taking it, someone else may have been quicker.
            if (attempt == ATTEMPTS || said.stream().noneMatch(line -> line.contains("Address already in use"))) {
                throw refused("did not start", log, said);
            }
        }
    }

    private String settings(int port, Map<String, String> tuning) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", LocalDatabase.HOST);
        settings.put("port", String.valueOf(port));
        settings.put("unix_socket_directories", socketFolder(port));
        settings.put("password_encryption", "scram-sha-256");
        settings.put("max_connections", "100");
        // In files and not in the machine's shared memory, where a killed server would leave it behind.
        settings.put("dynamic_shared_memory_type", "mmap");
        settings.put("lc_messages", "C");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.putAll(tuning);
        StringBuilder lines = new StringBuilder();
        settings.forEach((setting, value) -> lines.append(setting)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return lines.toString();
    }

    /** A folder for the server's socket; none when the socket's path would be longer than a socket's path may be. */
    private String socketFolder(int port) {
        Path socket = place.resolve("s").resolve(".s.PGSQL." + port);
        return socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH
                ? ""
                : scratch.ownFolder("s").toString();
    }

    private String create(String name, int port) {
        try (Connection connection = LocalDatabase.connect(port, "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name.replace("\"", "\"\"") + "\" template template0");
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The server did not make the database " + name + ": " + failed.getMessage(),
                            log.toString(),
                            "Run the drill again; if this happens again, `muster doctor` looks at this machine."),
                    failed);
        }
    }

    private Finished run(String program, String... arguments) throws InterruptedException {
        List<String> command =
                new java.util.ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return scratch.run(new Program(command, Map.of(), line -> {}));
    }

    private Path secretFile(String name, String secret) throws IOException {
        Path file = place.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
        scratch.handOver(file);
        return file;
    }

    private CouldNotRun refused(String what, Path where, List<String> said) {
        return new CouldNotRun(new Problem(
                "The PostgreSQL " + major + " server " + what + ": "
                        + String.join(" / ", said.subList(Math.max(0, said.size() - 3), said.size())),
                where.toString(),
                "If that is about room, memory or rights, put it right and run the drill again;"
                        + " `muster doctor` shows which server this machine has."));
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
