package dev.muster.check.application;

import dev.muster.check.ServerError;
import dev.muster.check.Subject;
import dev.muster.drill.Application;
import dev.muster.drill.Blanks;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Program;
import dev.muster.scratch.Running;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts applications on what was restored. */
public final class Applications {
    /** The check that an application came up. */
    public static final String CHECK = "application-healthy";

    private static final String FOLDER = "application";
    private static final Pattern MAJOR = Pattern.compile("^\\D*(\\d{1,6})");

    private final Map<String, Path> programs;
    private final Clock clock;

    /** @param programs where programs lie on this machine, by the name that runbooks have for them */
    public Applications(Map<String, Path> programs, Clock clock) {
        this.programs = Map.copyOf(programs);
        this.clock = clock;
    }

    /** Starts an application and waits until it is up; the result says so, or why it is not. */
    public Startup start(Application application, Subject subject, Scratch scratch, Beside beside, Progress progress)
            throws InterruptedException {
        Instant began = clock.instant();
        Map<String, String> observations = new LinkedHashMap<>();
        try {
            return start(application, subject, scratch, beside, progress, began, observations);
        } catch (CouldNotRun unable) {
            return unable(application, began, observations, unable.problem());
        } catch (SQLException error) {
            return unable(
                    application,
                    began,
                    observations,
                    new Problem(
                            "The database could not be made ready for " + application.name() + ": "
                                    + ServerError.of(error),
                            place(application, subject),
                            "Make room on the scratch's disk for a second copy of the database, or see with --keep 4h"
                                    + " what the server's log says."));
        } catch (IOException failed) {
            return unable(
                    application,
                    began,
                    observations,
                    new Problem(
                            "The files could not be made ready for " + application.name() + ": " + failed,
                            place(application, subject),
                            "See with `muster doctor` whether the disk and its rights are in order."));
        }
    }

    private static Problem notCutOff(Application application, Problem exposed) {
        return new Problem(
                application.name() + " was not started, since it could reach what is outside of the scratch: "
                        + exposed.what(),
                exposed.where(),
                exposed.remedy());
    }

    private Startup start(
            Application application,
            Subject subject,
            Scratch scratch,
            Beside beside,
            Progress progress,
            Instant began,
            Map<String, String> observations)
            throws SQLException, IOException, InterruptedException {
        Optional<Problem> exposed = scratch.exposed();
        if (exposed.isPresent()) {
            return unable(application, began, observations, notCutOff(application, exposed.get()));
        }
        if (application.ensemble().isPresent()) {
            return new StartBeside(application, application.ensemble().get(), subject, scratch, beside, clock)
                    .start(progress, began, observations);
        }
        List<String> command = new ArrayList<>(application.command());
        Optional.ofNullable(programs.get(command.get(0)))
                .ifPresent(program ->
                        command.set(0, ProgramFile.within(scratch, program).toString()));
        progress.says("copies the database for " + application.name());
        DatabaseCopy copy = DatabaseCopy.of(subject.restoredDatabase());
        Instant copied = clock.instant();
        observations.put("copy of the database", seconds(Duration.between(began, copied)));
        int port = scratch.freePort();
        Path data = scratch.folder(FOLDER);
        UnaryOperator<String> blanks = blanks(subject, copy, data, port);
        if (application.filestore().isPresent()) {
            StoreLink.make(
                    subject.restoredFilestore(),
                    data.resolve(Blanks.fill(application.filestore().get(), blanks)));
        }
        Map<String, String> environment = environment(copy, data, application, blanks);
        scratch.handOver(data);
        progress.says("starts " + application.name());
        Running running = scratch.start(new Program(
                command.stream().map(word -> Blanks.fill(word, blanks)).toList(),
                environment,
                line -> {},
                Program.Where.APPLICATION));
        Secret password = DatabaseCopy.random();
        Started started = new Started(
                application.name(),
                address(scratch, port),
                scratch,
                running,
                copy,
                version(application, copy),
                password);
        started.version().ifPresent(version -> observations.put("version", Integer.toString(version)));
        Optional<String> down =
                new Health(started, application, clock).await(Duration.between(copied, clock.instant()));
        if (down.isEmpty()) {
            observations.put("up after", seconds(Duration.between(copied, clock.instant())));
            return new Startup(
                    result(application, Verdict.PASSED, began, observations, Optional.empty()), Optional.of(started));
        }
        List<String> lines = running.lastLines();
        running.stop();
        observations.putAll(started.lastWords().observations(lines));
        Problem problem = new Problem(
                "The application " + application.name() + " does not come up on the restored data: " + down.get() + "; "
                        + started.lastWords().lastLine(lines),
                place(application, subject),
                "Read the log lines of this check. If the application is another version than the backup's, or a module"
                        + " is missing on this machine, put that right; if it stumbles over the data, choose an older"
                        + " backup with --backup database=KEY.");
        return new Startup(
                result(application, Verdict.FAILED, began, observations, Optional.of(problem)), Optional.empty());
    }

    private static UnaryOperator<String> blanks(Subject subject, DatabaseCopy copy, Path data, int port) {
        Map<String, String> server = copy.database().environment();
        return name -> switch (name) {
            case "database" -> copy.database().name();
            case "port" -> Integer.toString(port);
            case "dbhost" -> server.getOrDefault("PGHOST", "");
            case "dbport" -> server.getOrDefault("PGPORT", "");
            case "dbuser" -> copy.role();
            case "data" -> data.toString();
            case "filestore" -> subject.restoredFilestore().toString();
            case "configuration" -> subject.restoredConfiguration().toString();
            default -> throw new IllegalStateException("the reader of runbooks lets {" + name + "} pass");
        };
    }

    private static Map<String, String> environment(
            DatabaseCopy copy, Path data, Application application, UnaryOperator<String> blanks) throws IOException {
        Path passwords = data.resolve("passwords");
        Files.createFile(passwords, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                passwords, "*:*:*:" + copy.role() + ":" + copy.password().reveal() + "\n", StandardOpenOption.WRITE);
        Map<String, String> environment = new HashMap<>(copy.database().environment());
        environment.put("PGUSER", copy.role());
        environment.put("PGDATABASE", copy.database().name());
        environment.put("PGPASSFILE", passwords.toString());
        environment.put("HOME", data.toString());
        application.environment().forEach((name, value) -> environment.put(name, Blanks.fill(value, blanks)));
        return environment;
    }

    private static URI address(Scratch scratch, int port) {
        InetSocketAddress reached = scratch.reach(port);
        return URI.create("http://" + reached.getAddress().getHostAddress() + ":" + reached.getPort());
    }

    static OptionalInt version(Application application, DatabaseCopy copy) throws SQLException {
        if (application.version().isEmpty()) {
            return OptionalInt.empty();
        }
        try (Connection connection = copy.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '30s'");
            try (ResultSet rows = statement.executeQuery(application.version().get())) {
                Matcher major = MAJOR.matcher(rows.next() ? String.valueOf(rows.getString(1)) : "");
                return major.find() ? OptionalInt.of(Integer.parseInt(major.group(1))) : OptionalInt.empty();
            }
        }
    }

    private Startup unable(Application application, Instant began, Map<String, String> observations, Problem problem) {
        return new Startup(
                result(application, Verdict.COULD_NOT_RUN, began, observations, Optional.of(problem)),
                Optional.empty());
    }

    private CheckResult result(
            Application application,
            Verdict verdict,
            Instant began,
            Map<String, String> observations,
            Optional<Problem> problem) {
        return result(clock, application, verdict, began, observations, problem);
    }

    static CheckResult result(
            Clock clock,
            Application application,
            Verdict verdict,
            Instant began,
            Map<String, String> observations,
            Optional<Problem> problem) {
        return new CheckResult(
                CHECK,
                "start: " + application.name(),
                verdict,
                began,
                clock.instant(),
                observations,
                problem,
                List.of());
    }

    static String place(Application application, Subject subject) {
        return subject.runbook().file() + ", applications." + application.name();
    }

    static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
