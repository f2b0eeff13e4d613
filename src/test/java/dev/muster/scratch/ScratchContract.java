package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ScratchPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every kind of scratch keeps to, seen from within. */
abstract class ScratchContract<S> {
    static final int MAJOR = 15;
    static final Program STAYS = new Program(List.of("sh", "-c", "echo ready; exec sleep 300"), Map.of(), line -> {});

    private final List<S> opened = new ArrayList<>();

    /** Opens a fresh scratch. */
    abstract S open(ScratchPlan plan) throws Exception;

    /** The scratch from within. */
    abstract Scratch within(S site);

    /** Leaves a scratch that is not needed any more. */
    abstract void leave(S site);

    final S open() throws Exception {
        return open(OptionalLong.empty());
    }

    final S open(OptionalLong disk) throws Exception {
        return opened(open(plan(disk)));
    }

    /** Has it left at the end. */
    final S opened(S site) {
        opened.add(site);
        return site;
    }

    @AfterEach
    final void leave_what_was_opened() {
        opened.forEach(this::leave);
    }

    @Test
    void runs_a_database_of_the_version_and_name_asked_for() throws Exception {
        Database database = within(open()).startDatabase(MAJOR, "acme \"erp\"");

        assertThat(database.major()).isEqualTo(MAJOR);
        assertThat(database.version()).startsWith(MAJOR + ".");
        assertThat(question(database, "show server_version")).isEqualTo(database.version());
        assertThat(question(database, "select current_database()")).isEqualTo("acme \"erp\"");
        assertThat(question(
                        database, "select pg_encoding_to_char(encoding) from pg_database where datname = 'template0'"))
                .isEqualTo("UTF8");
        assertThat(question(database, "show timezone")).isEqualTo("UTC");
    }

    @Test
    void names_every_setting_that_differs_from_a_production_server() throws Exception {
        Database database = within(open()).startDatabase(MAJOR, "erp");

        assertThat(database.tuning()).containsEntry("fsync", "off").containsEntry("autovacuum", "off");
        for (Map.Entry<String, String> setting : database.tuning().entrySet()) {
            assertThat(question(database, "show " + setting.getKey()))
                    .as(setting.getKey())
                    .isEqualTo(setting.getValue().replace("1024MB", "1GB"));
        }
    }

    @Test
    void has_one_database_only() throws Exception {
        S site = open();
        within(site).startDatabase(MAJOR, "erp");

        assertThatThrownBy(() -> within(site).startDatabase(MAJOR, "second")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void says_why_the_server_refuses_and_nothing_else_of_what_it_says() throws Exception {
        S site = open();
        Files.writeString(within(site).serverFolder().resolve("in-the-way"), "");

        assertThatThrownBy(() -> within(site).startDatabase(MAJOR, "erp"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("initdb: error: directory")
                .hasMessageContaining("exists but is not empty")
                .hasMessageNotContaining("hint");
    }

    @Test
    void runs_programs_to_their_end_with_exit_code_and_output() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());

        Finished finished = within(open())
                .run(new Program(
                        List.of("sh", "-c", "echo one; echo two >&2; echo $WORD; exit 7"),
                        Map.of("WORD", "three"),
                        heard::add));

        assertThat(finished.exit()).isEqualTo(7);
        assertThat(finished.succeeded()).isFalse();
        assertThat(finished.lastLines()).containsExactly("one", "two", "three");
        assertThat(heard).containsExactly("one", "two", "three");
    }

    @Test
    void leaves_a_started_program_running_until_it_is_stopped() throws Exception {
        S site = open();
        Running stopped = within(site).start(STAYS);
        Running left = within(site).start(STAYS);
        await().until(() ->
                stopped.lastLines().equals(List.of("ready")) && left.lastLines().equals(List.of("ready")));

        stopped.stop();

        assertThat(stopped.exit()).isNotEmpty();
        assertThat(left.exit()).isEmpty();
    }

    @Test
    void keeps_only_the_end_of_a_long_output_and_cuts_absurd_lines() throws Exception {
        Finished finished =
                within(open()).run(program("seq 1 100000; head -c 5000000 /dev/zero | tr '\\0' x; echo; echo end"));

        assertThat(finished.succeeded()).isTrue();
        assertThat(finished.lastLines()).hasSize(100).startsWith("99903").endsWith("end");
        assertThat(finished.lastLines().get(98)).hasSizeLessThan(10_000);
    }

    @Test
    void gives_programs_no_input_and_nothing_of_the_environment_of_muster() throws Exception {
        Finished finished = within(open()).run(program("cat; env | cut -d= -f1 | sort"));

        assertThat(finished.lastLines())
                .containsExactlyInAnyOrder("HOME", "LC_ALL", "MUSTER_SCRATCH", "PATH", "PWD", "TMPDIR", "TZ");
    }

    @Test
    void never_runs_programs_as_root() throws Exception {
        Finished finished =
                within(open()).run(program("id -u; id -G; grep -E '^(CapEff|CapPrm|NoNewPrivs)' /proc/self/status"));

        assertThat(finished.lastLines().get(0)).isNotEqualTo("0");
        assertThat(finished.lastLines().get(1).split(" ", -1)).doesNotContain("0");
        assertThat(finished.lastLines()).contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000");
    }

    @Test
    void says_which_program_is_missing() throws Exception {
        S site = open();

        assertThatThrownBy(() -> within(site).run(new Program(List.of("no-such-program"), Map.of(), line -> {})))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("no-such-program");
        assertThatThrownBy(() -> within(site).run(new Program(List.of("/no/such/program"), Map.of(), line -> {})))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void ends_a_program_whose_listener_fails() throws Exception {
        S site = open();

        assertThatThrownBy(() -> within(site)
                        .run(new Program(List.of("sh", "-c", "echo word; sleep 300"), Map.of(), line -> {
                            throw new IllegalArgumentException("not today");
                        })))
                .hasRootCauseMessage("not today");
    }

    @Test
    void an_interrupt_ends_the_program_and_all_that_it_has_started() throws Exception {
        S site = open();
        CountDownLatch running = new CountDownLatch(2);
        List<String> processes = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                within(site)
                        .run(new Program(
                                List.of("sh", "-c", "sh -c 'echo $$; sleep 300; :' & echo $$; sleep 300; :"),
                                Map.of(),
                                line -> {
                                    processes.add(line);
                                    running.countDown();
                                }));
            } catch (InterruptedException | RuntimeException thrown) {
                end.set(thrown);
            }
        });
        worker.start();
        running.await();
        List<String> started = List.copyOf(processes);
        assertThat(started)
                .allSatisfy(process -> assertThat(alive(site, process)).isTrue());

        worker.interrupt();
        worker.join(5_000);

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(processes)
                .allSatisfy(process -> assertThat(alive(site, process)).isFalse()));
    }

    @Test
    void programs_read_and_write_what_is_handed_over() throws Exception {
        S site = open();
        Path folder = within(site).folder("filestore");
        Path deep = Files.createDirectories(folder.resolve("ab/cd"));
        Files.writeString(deep.resolve("attachment"), "contents");
        Files.setPosixFilePermissions(deep.resolve("attachment"), PosixFilePermissions.fromString("rw-------"));

        within(site).handOver(folder.resolve("ab"));

        assertThat(within(site)
                        .run(program("cd '" + deep + "' && cat attachment && echo more >> attachment && touch new"))
                        .lastLines())
                .containsExactly("contents");
        assertThat(within(site).folder("filestore")).isEqualTo(folder);
    }

    @Test
    void hands_over_nothing_outside_of_the_scratch() throws Exception {
        S site = open();

        assertThatThrownBy(() -> within(site).handOver(Path.of("/etc/hostname")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> within(site).handOver(within(site).folder("a").resolve("../../..")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> within(site).folder("../a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void has_less_room_the_more_lies_in_it() throws Exception {
        S site = open(OptionalLong.of(10_000_000));
        assertThat(within(site).room()).isEqualTo(10_000_000);

        Files.write(within(site).folder("files").resolve("file"), new byte[4_000_000]);
        assertThat(within(site).room()).isEqualTo(6_000_000);

        Files.write(within(site).folder("files").resolve("another"), new byte[7_000_000]);
        assertThat(within(site).room()).isZero();
    }

    @Test
    void has_the_room_of_its_disk_less_a_reserve_without_a_quota() throws Exception {
        S site = open();

        long usable = Files.getFileStore(within(site).folder("files")).getUsableSpace();
        assertThat(within(site).room()).isPositive().isLessThan(usable);
    }

    static ScratchPlan plan() {
        return plan(OptionalLong.empty());
    }

    private static ScratchPlan plan(OptionalLong disk) {
        return new ScratchPlan(ScratchPlan.Placement.LOCAL, MAJOR, Duration.ofHours(1), disk);
    }

    static Program program(String script) {
        return new Program(List.of("sh", "-c", script), Map.of(), line -> {});
    }

    /** Asked where programs run: elsewhere the same number may be another's. */
    final boolean alive(S site, String process) throws InterruptedException {
        return within(site).run(program("kill -0 " + process)).succeeded();
    }

    static String question(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
