package dev.muster.check;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL in a real scratch, one for all tests that ask for its version, with an empty schema for each. */
public final class RestoredDatabase implements BeforeAllCallback, BeforeEachCallback {
    public static final Instant DISASTER = Instant.parse("2026-11-21T03:00:00Z");

    private final Server server;
    private Optional<Database> database = Optional.empty();

    public RestoredDatabase() {
        this(15);
    }

    public RestoredDatabase(int major) {
        this(new Server(major, ScratchPlan.Network.CUT_OFF));
    }

    private RestoredDatabase(Server server) {
        this.server = server;
    }

    /** One that programs of this machine reach over its network as well. */
    public static RestoredDatabase inTheOpen() {
        return new RestoredDatabase(new Server(15, ScratchPlan.Network.OPEN));
    }

    private record Server(int major, ScratchPlan.Network network) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RestoredDatabase.class))
                .getOrComputeIfAbsent(server, Running::start, Running.class);
        database = Optional.of(running.database);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        sql("drop schema public cascade", "create schema public");
    }

    public Database database() {
        return database.orElseThrow();
    }

    public void sql(String... statements) throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    public String value(String query) throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    public Subject subject() {
        return subject(Optional.empty(), Map.of());
    }

    public Subject subject(Background background) {
        return subject(background, Map.of());
    }

    public Subject subject(Background background, Map<Asset, Readings> readings) {
        return new Subject(
                runbook(Map.of()),
                Optional.of(database()),
                Optional.empty(),
                Optional.empty(),
                DISASTER,
                readings,
                background);
    }

    public Subject subject(Optional<Path> filestore, Map<Asset, Readings> readings) {
        return new Subject(
                runbook(Map.of()),
                Optional.of(database()),
                filestore,
                Optional.empty(),
                DISASTER,
                readings,
                Background.none());
    }

    /** A database and a filestore whose backups are good for the instants given. */
    public static Map<Asset, Readings> copied(Instant database, Instant filestore) {
        Reading unknown = Reading.none("not measured");
        Reading dump = Reading.of(database, "start of the dump");
        return Map.of(
                Asset.DATABASE,
                new Readings(dump, dump, unknown),
                Asset.FILESTORE,
                new Readings(unknown, Reading.of(filestore, "tar header"), unknown));
    }

    /** A filestore whose backup is good for the instant given. */
    public static Map<Asset, Readings> copied(Instant instant) {
        Reading unknown = Reading.none("not measured");
        return Map.of(Asset.FILESTORE, new Readings(unknown, Reading.of(instant, "tar header"), unknown));
    }

    public static Runbook runbook(Map<Stage, Duration> deadlines) {
        return new Runbook(
                "monthly",
                "Monthly",
                "erp",
                "platform-team",
                Scenario.REGIONAL_LOSS,
                Optional.empty(),
                new Objectives(Duration.ofHours(1), Duration.ofHours(4)),
                Map.of(),
                Map.of(),
                plan(15),
                deadlines,
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                Governance.NOT_DECLARED,
                Optional.empty(),
                "runbooks/monthly.yaml",
                "0".repeat(64),
                Optional.empty());
    }

    private static ScratchPlan plan(int major) {
        return new ScratchPlan(ScratchPlan.Placement.LOCAL, major, Duration.ofMinutes(10), OptionalLong.empty());
    }

    /** Asks one of the shipped checks by its name. */
    public CheckResult ask(String check, Subject subject, Map<String, Long> rows) throws InterruptedException {
        return ask(new Step.Check(check, rows), subject);
    }

    /** Asks one of the shipped checks as a step of a runbook does. */
    public CheckResult ask(Step.Check step, Subject subject) throws InterruptedException {
        return Checks.shipped(Clock.systemUTC())
                .run(step, subject, Progress.SILENT)
                .get(0);
    }

    public CheckResult ask(String check) throws InterruptedException {
        return ask(check, subject(), Map.of());
    }

    /** What an operator would read of the result's problem. */
    public static String said(CheckResult result) {
        return result.problem().map(Object::toString).orElse("");
    }

    /** Lasts until the last test has ended. */
    private record Running(Path home, LocalSite site, Database database) implements AutoCloseable {
        static Running start(Server server) {
            try {
                Path home = Files.createTempDirectory("checks");
                LocalSite site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                        .openHere("check", plan(server.major()).in(server.network()));
                return new Running(home, site, site.scratch().startDatabase(server.major(), "restored"));
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void close() throws IOException {
            site.remove();
            try (Stream<Path> left = Files.walk(home)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
