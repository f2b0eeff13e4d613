package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes and starts the PostgreSQL server of one local scratch; only loopback and one password reach it. */
final class LocalServer {
    private static final int ATTEMPTS = 5;
    private static final int PASSWORD_BYTES = 24;
    private static final String ACCESS = """
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** What went wrong, in between what was going on and what to do. */
    private static final Pattern COMPLAINT = Pattern.compile("(FATAL|PANIC|ERROR|error): ");

    private static final int SHOWN = 3;

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
            return open(socket -> create(name, socket));
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** Starts the server whose files are there already. */
    LocalDatabase startRecovered() throws InterruptedException {
        try {
            new SingleUser(scratch, programs, data).makeSuperuser(LocalDatabase.SUPERUSER, password);
            writeConfiguration(ACCESS, Map.of());
            return open(this::largest);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private LocalDatabase open(Function<ServerSocketFile, Found> find) throws IOException, InterruptedException {
        Map<String, String> tuning = scratch.hands().tuning();
        ServerSocketFile socket = startOnAFreePort(tuning);
        Path passwords = secretFile(
                "passwords", "*:" + socket.port() + ":*:" + LocalDatabase.SUPERUSER + ":" + password.reveal());
        Found found = find.apply(socket);
        return new LocalDatabase(found.database(), major, found.version(), socket, password, passwords, tuning);
    }

    CouldNotRun unwritable(IOException failed) {
        return new CouldNotRun(
                new Problem(
                        "The files of the PostgreSQL server could not be written: " + failed,
                        place.toString(),
                        "Make room on that disk, or set scratch.folder to a folder on another one."),
                failed);
    }

    Path program(String name) {
        return programs.resolve(name);
    }

    Path data() {
        return data;
    }

    /** Puts these settings in place of all that came with the server's files, the ones set by SQL included. */
    void writeConfiguration(String access, Map<String, String> settings) throws IOException {
        replace("postgresql.auto.conf", "");
        replace("pg_hba.conf", access);
        replace("pg_ident.conf", "");
        replace("postgresql.conf", lines(settings));
    }

    private void replace(String name, String content) throws IOException {
        Path file = data.resolve(name);
        // What lies there came out of a backup and may be a link.
        Files.deleteIfExists(file);
        Files.writeString(file, content);
        scratch.handOver(file);
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

    private ServerSocketFile startOnAFreePort(Map<String, String> tuning) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Files.writeString(data.resolve("postgresql.conf"), settings(port, tuning));
            Files.deleteIfExists(log);
            Finished finished = run("pg_ctl", "start", "--pgdata=" + data, "--log=" + log, "--wait", "--silent");
            if (finished.succeeded()) {
                return new ServerSocketFile(scratch.socketFolder(), port);
            }
            List<String> said = Files.isReadable(log) ? Files.readAllLines(log) : finished.lastLines();
            // Between looking for a free port and taking it, someone else may have been quicker.
            if (attempt == ATTEMPTS || said.stream().noneMatch(line -> line.contains("Address already in use"))) {
                throw refused("did not start", log, said);
            }
        }
    }

    private String settings(int port, Map<String, String> tuning) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", LocalDatabase.HOST);
        settings.put("port", String.valueOf(port));
        settings.put("unix_socket_directories", scratch.socketFolder().toString());
        settings.put("password_encryption", "scram-sha-256");
        settings.put("max_connections", "100");
        settings.put("dynamic_shared_memory_type", scratch.hands().sharedMemory());
        settings.put("lc_messages", "C");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.putAll(tuning);
        return lines(settings);
    }

    private static String lines(Map<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((setting, value) -> lines.append(setting)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return lines.toString();
    }

    private Found create(String name, ServerSocketFile socket) {
        try (Connection connection = LocalDatabase.connect(socket, "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name.replace("\"", "\"\"") + "\" template template0");
            return new Found(name, connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The server did not make the database " + name + ": " + failed.getMessage(),
                            log.toString(),
                            "Run the drill again; if this happens again, `muster doctor` looks at this machine."),
                    failed);
        }
    }

    private Found largest(ServerSocketFile socket) {
        try (Connection connection = LocalDatabase.connect(socket, "template1", password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select datname from pg_database where datallowconn and datname !~ '^template[01]$'
                        order by datname = 'postgres', pg_database_size(oid) desc limit 1
                        """)) {
            String name = row.next() ? row.getString(1) : "template1";
            return new Found(name, connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The recovered server does not answer: " + failed.getMessage(),
                            log.toString(),
                            "Run the drill again with --keep 1h and look into that file."),
                    failed);
        }
    }

    /** A database that a server has. */
    private record Found(String database, String version) {}

    Finished run(String program, String... arguments) throws InterruptedException {
        List<String> command =
                new java.util.ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return scratch.run(new Program(command, Map.of(), line -> {}));
    }

    Path secretFile(String name, String secret) throws IOException {
        Path file = place.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
        scratch.handOver(file);
        return file;
    }

    private CouldNotRun refused(String what, Path where, List<String> said) {
        List<String> complaints =
                said.stream().filter(line -> COMPLAINT.matcher(line).find()).toList();
        List<String> shown = complaints.isEmpty() ? said : complaints;
        return new CouldNotRun(new Problem(
                "The PostgreSQL " + major + " server " + what + ": "
                        + shown.subList(Math.max(0, shown.size() - SHOWN), shown.size()).stream()
                                .map(String::strip)
                                .collect(Collectors.joining(" / ")),
                where.toString(),
                "If that is about room, memory or rights, put it right and run the drill again;"
                        + " `muster doctor` shows which server this machine has."));
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
