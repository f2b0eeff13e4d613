package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local scratch, with the server that this machine has. */
class LocalScratchTest extends ScratchContract {
    @TempDir
    private Path temporary;

    @Override
    Scratch open(ScratchPlan plan) throws IOException {
        return new Scratches(OpenHome.in(temporary), Optional.empty(), Optional.empty(), Clock.systemUTC())
                .open("drill-1", plan);
    }

    @Test
    void is_reached_over_loopback_alone() throws Exception {
        Database database = open().startDatabase(MAJOR, "erp");
        int port = Integer.parseInt(database.environment().get("PGPORT"));
        List<InetAddress> others = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();

        new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port).close();
        // The second address of the loopback network is there on every machine, whatever its network cards.
        assertThatThrownBy(() -> new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port).close())
                .isInstanceOf(IOException.class);
        assertThat(others)
                .allSatisfy(address -> assertThatThrownBy(() -> new Socket(address, port).close())
                        .isInstanceOf(IOException.class));
        assertThat(question(database, "show listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void refuses_whoever_has_not_got_the_password() throws Exception {
        Scratch scratch = open();
        LocalDatabase database = (LocalDatabase) scratch.startDatabase(MAJOR, "erp");

        assertThatThrownBy(() -> LocalDatabase.connect(database.port(), "erp", new Secret("guessed"))
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
        Scratch scratch = open();
        LocalDatabase database = (LocalDatabase) scratch.startDatabase(MAJOR, "erp");
        String password = database.password().reveal();

        assertThat(database.toString() + scratch.reach() + database.environment())
                .doesNotContain(password);
        assertThat(Files.getPosixFilePermissions(database.passwords()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(scratch.run(program("cut -d: -f5 \"$HOME/passwords\"")).lastLines())
                .containsExactly(password);
        assertThat(scratch.run(program("grep -rl '" + password + "' . | sort")).lastLines())
                .containsExactly("./passwords");
    }

    @Test
    void is_a_folder_that_only_its_user_can_enter() throws Exception {
        Path place = open().folder("files").resolve("../..").normalize();

        assertThat(Files.getPosixFilePermissions(place)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @Needs("psql")
    void client_programs_reach_the_database_with_the_environment_it_names() throws Exception {
        Scratch scratch = open();
        Database database = scratch.startDatabase(MAJOR, "erp");
        Path psql = scratch.client("psql", MAJOR).orElseThrow();

        Finished finished = scratch.run(new Program(
                List.of(psql.toString(), "-XAtc", "select current_user || ' in ' || current_database()"),
                database.environment(),
                line -> {}));

        assertThat(finished.lastLines()).containsExactly("muster in erp");
    }

    @Test
    void knows_no_client_that_is_too_old_or_not_there() throws Exception {
        Scratch scratch = open();

        assertThat(scratch.client("psql", 99)).isEmpty();
        assertThat(scratch.client("no-such-client", 9)).isEmpty();
    }

    @Test
    void says_how_to_reach_it_in_commands_to_copy() throws Exception {
        Scratch scratch = open();
        assertThat(scratch.reach()).startsWith("ls -la ");

        Database database = scratch.startDatabase(MAJOR, "acme erp");

        assertThat(scratch.reach())
                .contains("psql -h 127.0.0.1 -p " + database.environment().get("PGPORT"), "-d 'acme erp'", "ls -la ");
    }

    @Test
    void does_without_a_socket_whose_path_would_be_too_long() throws Exception {
        Path deep = Files.createDirectories(OpenHome.in(temporary).resolve("long".repeat(20)));
        Scratch scratch =
                new Scratches(deep, Optional.empty(), Optional.empty(), Clock.systemUTC()).open("drill-1", plan());
        try {
            Database database = scratch.startDatabase(MAJOR, "erp");
            assertThat(question(database, "show unix_socket_directories")).isEmpty();
        } finally {
            assertThat(scratch.remove().removed()).isTrue();
        }
        assertThat(question(open().startDatabase(MAJOR, "erp"), "show unix_socket_directories"))
                .endsWith("/s");
    }

    @Test
    void hands_over_links_without_following_them() throws Exception {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path file = Files.writeString(outside.resolve("file"), "of the machine");
        Scratch scratch = open();
        Path folder = Files.createDirectories(scratch.folder("files").resolve("handed"));
        Files.createSymbolicLink(folder.resolve("file"), file);
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.writeString(folder.resolve("own"), "");

        scratch.handOver(folder);

        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(temporary));
        assertThat(Files.getOwner(outside)).isEqualTo(Files.getOwner(temporary));
        assertThat(Files.getOwner(folder.resolve("own"))).isEqualTo(Files.getOwner(scratch.folder("files")));
    }
}
