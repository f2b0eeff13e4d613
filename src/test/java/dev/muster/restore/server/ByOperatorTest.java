package dev.muster.restore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Endpoint;
import dev.muster.drill.LogSource;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.drill.Step;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import dev.muster.restore.RestoreOutcome;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what an operator calls restored is believed, with a real server behind the door. */
class ByOperatorTest {
    private static final Secret SUPERUSERS = new Secret("only-for-a-test");
    private static final Instant DISASTER = Instant.parse("2026-11-21T20:16:00Z");
    private static final List<String> LOG = List.of(
            "LOG:  redo done at 0/3000110",
            "LOG:  last completed transaction was at log time 2026-11-21 20:15:03.123+00");

    @TempDir
    static Path home;

    private static LocalSite site;
    private static ServerDoor door;

    private final Deque<Served> answers = new ArrayDeque<>();
    private final List<String> targets = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "by-operator",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty())
                                .in(ScratchPlan.Network.OPEN));
        Database database = site.scratch().startDatabase(15, "shop");
        execute(database, "create role postgres superuser login password '" + SUPERUSERS.reveal() + "'");
        execute(database, "create table orders (id int)");
        execute(database, "create database empty");
        door = ServerDoor.to(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(database.environment().get("PGPORT"))));
    }

    @AfterAll
    static void end() throws Exception {
        door.close();
        site.remove();
    }

    @Test
    void a_database_that_came_back_is_good_up_to_the_last_transaction_that_the_server_replayed() throws Exception {
        answers.add(served());
        RestoreOutcome outcome = restore("shop");
        assertThat(verdict(outcome)).isEqualTo(Verdict.PASSED);
        assertThat(outcome.readings().proven().at()).contains(Instant.parse("2026-11-21T20:15:03.123Z"));
        assertThat(outcome.database().orElseThrow().major()).isEqualTo(15);
        try (Connection connection = outcome.database().orElseThrow().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select from orders");
        }
    }

    @Test
    void an_empty_database_that_the_operator_has_made_does_not_pass() throws Exception {
        answers.add(served());
        RestoreOutcome outcome = restore("empty");
        assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
        assertThat(problem(outcome).what()).contains("The database empty holds no table");
        assertThat(outcome.readings().proven().at()).isEmpty();
    }

    @Test
    void a_database_that_is_not_there_does_not_pass() throws Exception {
        answers.add(served());
        RestoreOutcome outcome = restore("missing");
        assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
        assertThat(problem(outcome).what()).contains("does not open the database missing");
    }

    @Test
    void a_log_that_ends_before_the_disaster_is_replayed_to_its_end() throws Exception {
        answers.add(Served.not(
                new Problem("it could not recover", "pod", "See why."),
                List.of("FATAL:  recovery ended before configured recovery target was reached")));
        answers.add(served());
        assertThat(verdict(restore("shop"))).isEqualTo(Verdict.PASSED);
        assertThat(targets).containsExactly("time 2026-11-21T20:16:00Z", "latest");
    }

    @Test
    void an_operator_that_fails_is_told_with_the_words_of_the_server() throws Exception {
        answers.add(Served.not(
                new Problem("it could not recover", "pod", "See why."), List.of("FATAL:  requested timeline 9")));
        RestoreOutcome outcome = restore("shop");
        assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
        assertThat(outcome.checks().get(0).observations()).containsValue("FATAL:  requested timeline 9");
        assertThat(outcome.database()).isEmpty();
    }

    @Test
    void without_the_servers_log_nothing_is_proven() throws Exception {
        answers.add(Served.at(new Endpoint("127.0.0.1", door.port()), List.of(), Map.of()));
        assertThat(restore("shop").readings().proven().at()).isEmpty();
    }

    private static Served served() {
        return Served.at(new Endpoint("127.0.0.1", door.port()), LOG, Map.of("operator", "a test"));
    }

    private static Verdict verdict(RestoreOutcome outcome) {
        return outcome.checks().get(0).verdict();
    }

    private static Problem problem(RestoreOutcome outcome) {
        return outcome.checks().stream()
                .map(CheckResult::problem)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private RestoreOutcome restore(String database) throws InterruptedException {
        Step.Restore step = new Step.Restore(
                Asset.DATABASE,
                Optional.of(new OperatorPlan(
                        OperatorPlan.CLOUD_NATIVE_PG,
                        database,
                        "seller",
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty())));
        return new ByOperator(step, backup(), site.scratch(), new Asked(), DISASTER, Clock.systemUTC()).restore();
    }

    private static Backup backup() {
        return new Backup(
                Asset.DATABASE,
                new BackupSource(
                        Asset.DATABASE,
                        "primary",
                        BackupFormat.BARMAN,
                        "shop/production/",
                        Optional.empty(),
                        Selection.NEWEST,
                        ZoneOffset.UTC,
                        Optional.empty(),
                        Optional.of(new LogSource("shop/production/wals/", RecoveryTarget.UP_TO_THE_DISASTER)),
                        Optional.empty(),
                        Optional.empty()),
                new StoredObject(
                        "primary",
                        "backups",
                        "shop/production/base/20261121T200000/backup.info",
                        100,
                        "etag",
                        Optional.empty(),
                        DISASTER.minusSeconds(900)),
                Reading.of(DISASTER.minusSeconds(900), "end of the backup"));
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** An operator that has its answers ready. */
    private final class Asked implements Beside {
        @Override
        public Secret password() {
            return SUPERUSERS;
        }

        @Override
        public Served start(String application, Map<String, String> blanks, OptionalInt port) {
            throw new IllegalStateException("no application here");
        }

        @Override
        public Served recover(RecoveryTarget target) {
            targets.add(target.toString());
            return answers.remove();
        }
    }
}
