package dev.muster.check.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.check.RestoredDatabase;
import dev.muster.check.Subject;
import dev.muster.drill.Application;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.Served;
import dev.muster.testing.Needs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application that is made of manifests is given, and what is made of how it fares; with a real database. */
@Needs(Needs.OWN_NETWORK)
class StartBesideTest {
    private static final Secret SHARED = new Secret("known-to-both");
    private static final Ensemble MANIFESTS = new Ensemble(List.of(), "5".repeat(64), new Endpoint("shop", 8069));

    @TempDir
    static Path home;

    private static LocalSite site;
    private static Database restored;

    private final Neighbours beside = new Neighbours();
    private HttpServer application;
    private volatile int health = 200;

    @BeforeAll
    static void restore() throws Exception {
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "start-beside",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty()));
        restored = site.scratch().startDatabase(15, "shop");
        execute(restored, "create table orders (number int)");
        execute(restored, "create table version as select '17.0'::text as installed");
    }

    @AfterAll
    static void remove() {
        site.remove();
    }

    @BeforeEach
    void serve() throws Exception {
        execute(restored.named("postgres"), "drop database if exists started with (force)");
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(health, -1);
            exchange.close();
        });
        application.start();
    }

    @AfterEach
    void stop() {
        application.stop(0);
    }

    @Test
    void it_is_let_in_to_a_copy_that_it_owns_and_the_restored_database_stays_as_it_is() throws Exception {
        Startup startup = start(restored);

        assertThat(verdict(startup)).isEqualTo(Verdict.PASSED);
        assertThat(beside.blanks).containsEntry("port", "8069").containsOnlyKeys("database", "dbuser", "port");
        String copy = "jdbc:postgresql://127.0.0.1:" + beside.port.orElseThrow() + "/" + beside.blanks.get("database");
        try (Connection connection = DriverManager.getConnection(copy, beside.blanks.get("dbuser"), SHARED.reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("insert into orders values (1)");
            statement.execute("alter table orders add column added int");
        }
        assertThat(count(restored)).isZero();
        assertThat(count(restored.named(startup.started().orElseThrow().database())))
                .isEqualTo(1);
    }

    @Test
    void one_that_is_up_says_where_it_is_what_it_is_made_of_and_which_version_its_data_has() throws Exception {
        Startup startup = start(restored);

        assertThat(startup.result().observations())
                .containsEntry("digest of the manifests", MANIFESTS.sha256())
                .containsEntry("pods", "2")
                .containsEntry("version", "17")
                .containsKeys("copy of the database", "up after");
        assertThat(startup.started().orElseThrow().address())
                .hasPort(application.getAddress().getPort());
        assertThat(startup.started().orElseThrow().running().exit()).isEmpty();
    }

    @Test
    void where_the_database_itself_is_beside_no_door_is_opened() throws Exception {
        start(new ElsewhereDatabase(restored));

        assertThat(beside.port).isEmpty();
        assertThat(beside.blanks).containsEntry("dbhost", "shop-rw").containsEntry("dbport", "5432");
    }

    @Test
    void one_that_does_not_come_up_fails_with_its_last_words_and_without_a_secret() throws Exception {
        beside.answer = Optional.of(Served.not(
                new Problem("the pod shop has ended with exit code 1", "pod shop", "See its log."),
                List.of("starting", "cannot sign in with " + SHARED.reveal())));

        Startup startup = start(restored);

        assertThat(verdict(startup)).isEqualTo(Verdict.FAILED);
        assertThat(problem(startup).what())
                .contains("does not come up on the restored data: the pod shop has ended with exit code 1")
                .contains("its last line was: cannot sign in with ******");
        assertThat(problem(startup).remedy()).isEqualTo("See its log.");
        assertThat(startup.result().observations()).containsEntry("log line 2 of 2", "cannot sign in with ******");
        assertThat(startup.started()).isEmpty();
    }

    @Test
    void one_that_runs_and_is_not_well_fails_with_what_it_answers() throws Exception {
        health = 500;

        Startup startup = start(restored);

        assertThat(verdict(startup)).isEqualTo(Verdict.FAILED);
        assertThat(problem(startup).what()).contains("is not well", "/health answered with status 500");
        assertThat(problem(startup).where())
                .contains(
                        "applications.shop",
                        Integer.toString(application.getAddress().getPort()));
        assertThat(startup.started()).isEmpty();
    }

    @Test
    void where_nothing_can_run_beside_the_scratch_it_could_not_run() throws Exception {
        beside.unable = Optional.of(new Problem("Manifests are applied only in Kubernetes", "scratch.on", "Say so."));

        Startup startup = start(restored);

        assertThat(verdict(startup)).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(startup.result().problem()).isEqualTo(beside.unable);
    }

    private Startup start(Database database) throws InterruptedException {
        Subject subject = new Subject(
                RestoredDatabase.runbook(Map.of()),
                Optional.of(database),
                Optional.empty(),
                Optional.empty(),
                RestoredDatabase.DISASTER,
                Map.of());
        Application shop = new Application(
                "shop",
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of("select installed from version"),
                "/health",
                Duration.ofSeconds(2),
                Optional.of(MANIFESTS));
        return new Applications(Map.of(), Clock.systemUTC())
                .start(shop, subject, site.scratch(), beside, Progress.SILENT);
    }

    private static Verdict verdict(Startup startup) {
        CheckResult result = startup.result();
        assertThat(result.name()).isEqualTo(Applications.CHECK);
        return result.verdict();
    }

    private static Problem problem(Startup startup) {
        return startup.result().problem().orElseThrow();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Those who let an application run beside the scratch, and remember what for. */
    private final class Neighbours implements Beside {
        private Map<String, String> blanks = Map.of();
        private OptionalInt port = OptionalInt.empty();
        private Optional<Served> answer = Optional.empty();
        private Optional<Problem> unable = Optional.empty();

        @Override
        public Secret password() {
            return SHARED;
        }

        @Override
        public Served start(String name, Map<String, String> filled, OptionalInt door) {
            unable.ifPresent(problem -> {
                throw new CouldNotRun(problem);
            });
            blanks = Map.copyOf(filled);
            port = door;
            Endpoint address =
                    new Endpoint("127.0.0.1", application.getAddress().getPort());
            return answer.orElseGet(() -> Served.at(address, List.of(), Map.of("pods", "2")));
        }

        @Override
        public Served recover(RecoveryTarget target) {
            throw new IllegalStateException("no operator here");
        }
    }

    /** The same database, as one that is found beside the scratch. */
    private record ElsewhereDatabase(Database database) implements Database {
        @Override
        public String name() {
            return database.name();
        }

        @Override
        public int major() {
            return database.major();
        }

        @Override
        public String version() {
            return database.version();
        }

        @Override
        public Database named(String other) {
            return new ElsewhereDatabase(database.named(other));
        }

        @Override
        public Connection connect() throws SQLException {
            return database.connect();
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("PGHOST", "shop-rw", "PGPORT", "5432");
        }

        @Override
        public Map<String, String> tuning() {
            return database.tuning();
        }
    }
}
