package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local scratch, with the server that this machine has. */
class LocalScratchTest extends SiteContract<LocalSite> {
    @TempDir
    private Path temporary;

    @Override
    LocalSite open(ScratchPlan plan) throws IOException {
        return new Scratches(OpenHome.in(temporary), Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere("drill-1", plan);
    }

    @Override
    Scratch within(LocalSite site) {
        return site.scratch();
    }

    @Test
    @Needs(Needs.OWN_NETWORK)
    void its_server_is_reached_over_a_socket_file_and_over_no_address_of_the_machine() throws Exception {
        Database database = open().scratch().startDatabase(MAJOR, "erp");
        int port = Integer.parseInt(database.environment().get("PGPORT"));
        List<InetAddress> addresses = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();

        assertThat(addresses)
                .isNotEmpty()
                .allSatisfy(address -> assertThatThrownBy(() -> new Socket(address, port).close())
                        .isInstanceOf(IOException.class));
        assertThat(question(database, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(question(database, "select inet_server_addr() is null")).isEqualTo("t");
    }

    @Test
    @Needs(Needs.OWN_NETWORK)
    void what_runs_in_it_has_a_network_that_holds_loopback_and_nothing_else() throws Exception {
        LocalSite scratch = open();
        Database database = scratch.scratch().startDatabase(MAJOR, "erp");
        String interfaces = "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '";

        assertThat(scratch.scratch().run(program(interfaces)).lastLines()).containsExactly("lo");
        assertThat(scratch.scratch().run(program("tail -n +2 /proc/net/route")).lastLines())
                .isEmpty();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // A superuser's SQL runs programs, and a restored dump may hold any SQL.
            statement.execute("create table seen (line text)");
            statement.execute("copy seen from program '" + interfaces.replace("'", "''") + "'");
        }
        assertThat(question(database, "select string_agg(line, ',') from seen")).isEqualTo("lo");
        assertThat(scratch.scratch().exposed()).isEmpty();
        assertThat(scratch.network()).startsWith("cut off: ");
    }

    @Test
    @Needs({"bash", Needs.OWN_NETWORK})
    void what_runs_in_it_reaches_nothing_that_listens_on_the_machine_unless_it_was_left_open() throws Exception {
        try (ServerSocket machine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Program call = new Program(
                    List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + machine.getLocalPort()),
                    Map.of(),
                    line -> {});
            LocalSite scratch = open();
            LocalSite left = open(plan().in(ScratchPlan.Network.OPEN));
            try {
                assertThat(scratch.scratch().run(call).succeeded()).isFalse();
                assertThat(left.scratch().run(call).succeeded()).isTrue();
                assertThat(left.scratch().exposed()).isNotEmpty();
                assertThat(left.network()).startsWith("not cut off, because: ");
            } finally {
                left.remove();
            }
        }
    }

    @Test
    @Needs(Needs.OWN_NETWORK)
    void leads_from_the_machine_to_what_listens_in_it() throws Exception {
        LocalSite scratch = open();
        int port = scratch.scratch().freePort();
        CountDownLatch listening = new CountDownLatch(1);
        scratch.scratch()
                .start(new JavaProgram(Echo.class, List.of())
                        .in(scratch.scratch(), List.of(String.valueOf(port)), line -> listening.countDown()));
        listening.await();

        InetSocketAddress way = scratch.scratch().reach(port);

        assertThat(way.getAddress().isLoopbackAddress()).isTrue();
        assertThat(scratch.scratch().reach(port)).isEqualTo(way);
        assertThatThrownBy(() -> new Socket(way.getAddress(), port).close()).isInstanceOf(IOException.class);
        byte[] words = "words ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        for (int guest = 0; guest < 3; guest++) {
            try (Socket socket = new Socket(way.getAddress(), way.getPort())) {
                Thread writer = new Thread(() -> write(socket, words));
                writer.start();
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(words);
                writer.join();
            }
        }
        InetSocketAddress nothing = scratch.scratch().reach(scratch.scratch().freePort());
        try (Socket socket = new Socket(nothing.getAddress(), nothing.getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        scratch.remove();
        assertThatThrownBy(() -> new Socket(way.getAddress(), way.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    private static void write(Socket socket, byte[] words) {
        try {
            socket.getOutputStream().write(words);
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void a_query_is_cancelled_and_ended_from_another_thread() throws Exception {
        Database database = open().scratch().startDatabase(MAJOR, "erp");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(300)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("canceling statement");
            assertThat(connection.isValid(5)).isTrue();
        }
        Connection closed = database.connect();
        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> {
            try (Statement statement = closed.createStatement()) {
                statement.execute("select pg_sleep(300)");
            } catch (SQLException ended) {
                throw new CompletionException(ended);
            }
        });
        await().until(() -> question(database, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                .equals("1"));

        closed.abort(Runnable::run);

        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
    }

    @Test
    @Needs("psql")
    void a_person_opens_it_with_the_command_that_it_names() throws Exception {
        LocalSite scratch = open();
        scratch.scratch().startDatabase(MAJOR, "acme erp");
        String command = scratch.reach().lines().findFirst().orElseThrow();

        Process psql = new ProcessBuilder("sh", "-c", command + " -XAtc 'select current_database()'").start();

        assertThat(new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("acme erp\n");
    }

    @Test
    void refuses_whoever_has_not_got_the_password() throws Exception {
        LocalSite scratch = open();
        LocalDatabase database = (LocalDatabase) scratch.scratch().startDatabase(MAJOR, "erp");

        assertThatThrownBy(() -> LocalDatabase.connect(database.socket(), "erp", new Secret("guessed"))
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(
                        question(
                                database,
                                "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256' or error is not null"))
                .isEqualTo("0");
    }

    @Test
    void shows_its_password_nowhere_but_in_a_file_that_only_its_user_can_read() throws Exception {
        LocalSite scratch = open();
        LocalDatabase database = (LocalDatabase) scratch.scratch().startDatabase(MAJOR, "erp");
        String password = database.password().reveal();

        assertThat(database.toString() + scratch.reach() + database.environment())
                .doesNotContain(password);
        assertThat(Files.getPosixFilePermissions(database.passwords()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(scratch.scratch()
                        .run(program("cut -d: -f5 \"$HOME/passwords\""))
                        .lastLines())
                .containsExactly(password);
        assertThat(scratch.scratch()
                        .run(program("grep -rl '" + password + "' . | sort"))
                        .lastLines())
                .containsExactly("./passwords");
    }

    @Test
    void is_a_folder_that_only_its_user_can_enter() throws Exception {
        Path place = open().scratch().folder("files").resolve("../..").normalize();

        assertThat(Files.getPosixFilePermissions(place)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @Needs("psql")
    void client_programs_reach_the_database_with_the_environment_it_names() throws Exception {
        LocalSite scratch = open();
        Database database = scratch.scratch().startDatabase(MAJOR, "erp");
        Path psql = scratch.scratch().client("psql", MAJOR).orElseThrow();

        Finished finished = scratch.scratch()
                .run(new Program(
                        List.of(psql.toString(), "-XAtc", "select current_user || ' in ' || current_database()"),
                        database.environment(),
                        line -> {}));

        assertThat(finished.lastLines()).containsExactly("muster in erp");
    }

    @Test
    void knows_no_client_that_is_too_old_or_not_there() throws Exception {
        LocalSite scratch = open();

        assertThat(scratch.scratch().client("psql", 99)).isEmpty();
        assertThat(scratch.scratch().client("no-such-client", 9)).isEmpty();
    }

    @Test
    void says_how_to_reach_it_in_commands_to_copy() throws Exception {
        LocalSite scratch = open();
        assertThat(scratch.reach()).startsWith("ls -la ");

        Database database = scratch.scratch().startDatabase(MAJOR, "acme erp");

        assertThat(scratch.reach())
                .contains(
                        "psql -h " + database.environment().get("PGHOST") + " -p "
                                + database.environment().get("PGPORT"),
                        "-d 'acme erp'",
                        "ls -la ");
    }

    @Test
    void its_socket_lies_elsewhere_when_its_path_would_be_too_long_and_goes_all_the_same() throws Exception {
        Path deep = Files.createDirectories(OpenHome.in(temporary).resolve("long".repeat(20)));
        LocalSite scratch =
                new Scratches(deep, Optional.empty(), Optional.empty(), Clock.systemUTC()).openHere("drill-1", plan());
        Path sockets = Path.of("/tmp/muster-" + scratch.id());
        try {
            Database database = scratch.scratch().startDatabase(MAJOR, "erp");
            assertThat(question(database, "show unix_socket_directories")).isEqualTo(sockets.toString());
            assertThat(Files.getPosixFilePermissions(sockets)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        } finally {
            assertThat(scratch.remove().removed()).isTrue();
        }
        assertThat(sockets).doesNotExist();
        assertThat(question(open().scratch().startDatabase(MAJOR, "erp"), "show unix_socket_directories"))
                .endsWith("/s");
    }

    @Test
    void hands_over_links_without_following_them() throws Exception {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path file = Files.writeString(outside.resolve("file"), "of the machine");
        LocalSite scratch = open();
        Path folder = Files.createDirectories(scratch.scratch().folder("files").resolve("handed"));
        Files.createSymbolicLink(folder.resolve("file"), file);
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.writeString(folder.resolve("own"), "");

        scratch.scratch().handOver(folder);

        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(temporary));
        assertThat(Files.getOwner(outside)).isEqualTo(Files.getOwner(temporary));
        assertThat(Files.getOwner(folder.resolve("own")))
                .isEqualTo(Files.getOwner(scratch.scratch().folder("files")));
    }
}
