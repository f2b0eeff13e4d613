package dev.muster.scratch.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {
    private static final Servers NONE_INSTALLED = new Servers(List.of());

    @TempDir
    private Path temporary;

    @Test
    void takes_the_server_of_the_machine_when_it_has_the_version() throws Exception {
        Path fifteen = pretended("fifteen", "15.4 (Debian 15.4-1)", "initdb", "pg_ctl", "postgres");
        Path sixteen = pretended("sixteen", "16.1", "initdb", "pg_ctl", "postgres");
        Servers servers = new Servers(List.of(fifteen, sixteen));

        assertThat(servers.choose(16)).isEqualTo(new ServerChoice.Installed(sixteen, 16, "16.1"));
        assertThat(servers.choose(15)).isEqualTo(new ServerChoice.Installed(fifteen, 15, "15.4"));
        assertThat(servers.programs(16, temporary)).isEqualTo(sixteen);
    }

    @Test
    void takes_the_one_that_comes_with_muster_when_the_machine_s_is_another_or_not_whole() throws Exception {
        Path partial = pretended("partial", "15.4", "postgres", "pg_ctl");
        Path other = pretended("other", "16.1", "initdb", "pg_ctl", "postgres");

        assertThat(new Servers(List.of(partial, other)).choose(15)).isEqualTo(new ServerChoice.Included(15));
    }

    @Test
    void says_what_to_install_when_there_is_neither() {
        Problem problem = NONE_INSTALLED.choose(13).problem().orElseThrow();

        assertThat(problem.what()).contains("no PostgreSQL 13 server");
        assertThat(problem.remedy()).contains("`apt install postgresql-13`", "(14, 15, 16, 17, 18)");
        assertThatThrownBy(() -> NONE_INSTALLED.programs(13, temporary)).isInstanceOf(CouldNotRun.class);
        assertThat(NONE_INSTALLED.choose(14).problem()).isEmpty();
    }

    @Test
    void lists_client_programs_newest_first() throws Exception {
        Path nine = pretended("nine", "9.6.24", "pg_restore");
        Path fifteen = pretended("fifteen", "15.18 (Debian 15.18-0+deb12u1)", "pg_restore");
        Path newer = pretended("newer", "15.19", "pg_restore", "psql");
        Path beta = pretended("beta", "19beta2", "pg_restore");
        Servers servers = new Servers(List.of(nine, fifteen, newer, beta));

        assertThat(servers.clients("pg_restore"))
                .containsExactly(
                        new ClientProgram(beta.resolve("pg_restore"), 19, "19beta2"),
                        new ClientProgram(newer.resolve("pg_restore"), 15, "15.19"),
                        new ClientProgram(fifteen.resolve("pg_restore"), 15, "15.18"),
                        new ClientProgram(nine.resolve("pg_restore"), 9, "9.6.24"));
        assertThat(servers.clients("psql")).hasSize(1);
    }

    @Test
    void passes_over_programs_that_do_not_run_here_or_are_something_else() throws Exception {
        Path broken = pretended("broken", "15.4", "psql");
        Files.writeString(broken.resolve("psql"), "\u007fELF of another machine");
        Path other = pretended("other", "", "psql");

        assertThat(new Servers(List.of(broken, other)).clients("psql")).isEmpty();
    }

    @Test
    void unpacks_once_however_many_want_it_at_the_same_time() throws Exception {
        ExecutorService several = Executors.newFixedThreadPool(2);
        Callable<Path> wish = () -> NONE_INSTALLED.programs(16, temporary);
        try {
            List<Future<Path>> wishes = several.invokeAll(List.of(wish, wish));
            Path programs = wishes.get(0).get();

            assertThat(wishes.get(1).get()).isEqualTo(programs);
            assertThat(programs.resolve("initdb")).isExecutable();
            assertThat(temporary.toFile().list())
                    .hasSize(1)
                    .allSatisfy(name -> assertThat(name).startsWith("16-"));
            FileTime unpacked = Files.getLastModifiedTime(programs.resolve("postgres"));
            NONE_INSTALLED.programs(16, temporary);
            assertThat(Files.getLastModifiedTime(programs.resolve("postgres"))).isEqualTo(unpacked);
            assertThat(Files.getPosixFilePermissions(programs)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        } finally {
            several.shutdownNow();
        }
    }

    @Test
    void clears_away_what_a_killed_process_has_half_unpacked() throws Exception {
        Path abandoned = Files.createDirectories(temporary.resolve("part-1/bin"));
        Files.setLastModifiedTime(
                temporary.resolve("part-1"), FileTime.from(Instant.now().minusSeconds(7200)));
        Path busy = Files.createDirectories(temporary.resolve("part-2/bin"));

        NONE_INSTALLED.programs(14, temporary);

        assertThat(abandoned).doesNotExist();
        assertThat(busy).exists();
    }

    @Test
    void says_so_when_the_server_cannot_be_unpacked() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> NONE_INSTALLED.programs(15, file))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("`apt install postgresql-15`");
    }

    @Test
    void finds_programs_where_they_really_lie_and_not_a_wrapper() throws Exception {
        Path real = pretended("real", "15.4", "psql");
        Path wrapper = Files.writeString(temporary.resolve("pg_wrapper"), "");
        Path linked = Files.createDirectories(temporary.resolve("linked"));
        Path wrapped = Files.createDirectories(temporary.resolve("wrapped"));
        Files.createSymbolicLink(linked.resolve("psql"), real.resolve("psql"));
        Files.createSymbolicLink(wrapped.resolve("psql"), wrapper);

        assertThat(Installations.folders(linked + ":" + wrapped + ":/no/such/folder:"))
                .contains(real)
                .doesNotContain(linked, wrapped, temporary);
    }

    /** A folder of programs that know their version and nothing else. */
    private Path pretended(String name, String version, String... programs) throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve(name));
        for (String program : programs) {
            Path file = Files.writeString(
                    folder.resolve(program), "#!/bin/sh\necho '" + program + " (PostgreSQL) " + version + "'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }
}
