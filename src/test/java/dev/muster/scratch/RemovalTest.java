package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.TeardownReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal of what a hostile backup could have put into a scratch. */
class RemovalTest {
    @TempDir
    private Path temporary;

    private Optional<Scratches> scratches = Optional.empty();

    @BeforeEach
    void open_home() throws IOException {
        scratches = Optional.of(
                new Scratches(OpenHome.in(temporary), Optional.empty(), Optional.empty(), Clock.systemUTC()));
    }

    private LocalSite open() {
        return scratches.orElseThrow().openHere("drill-1", ScratchContract.plan());
    }

    @AfterEach
    void nothing_is_listed() {
        assertThat(scratches.orElseThrow().list()).isEmpty();
    }

    @Test
    void deletes_folders_that_their_owner_has_closed() throws Exception {
        LocalSite scratch = open();
        Finished finished = scratch.scratch()
                .run(
                        ScratchContract.program(
                                "mkdir -p data/a/b/c && touch data/a/b/c/file && chmod 0 data/a/b/c data/a/b && chmod 500 data/a"));
        assertThat(finished.succeeded()).isTrue();

        assertThat(scratch.remove().removed()).isTrue();
    }

    @Test
    void deletes_links_and_not_what_they_point_to() throws Exception {
        Path precious = Files.createDirectories(temporary.resolve("precious"));
        Files.writeString(precious.resolve("file"), "kept");
        Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("r-xr-xr-x"));
        LocalSite scratch = open();
        Files.createSymbolicLink(scratch.scratch().folder("files").resolve("folder"), precious);
        Files.createSymbolicLink(scratch.scratch().folder("files").resolve("file"), precious.resolve("file"));
        Files.createSymbolicLink(scratch.scratch().folder("files").resolve("nowhere"), Path.of("/no/such/file"));

        assertThat(scratch.remove().removed()).isTrue();

        assertThat(precious.resolve("file")).hasContent("kept");
        assertThat(Files.getPosixFilePermissions(precious)).isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    @Test
    void deletes_files_of_the_scratch_s_user_and_of_muster_alike() throws Exception {
        LocalSite scratch = open();
        Files.writeString(scratch.scratch().folder("files").resolve("of-muster"), "");
        Files.createDirectories(scratch.scratch().folder("files").resolve("folder/of/muster"));
        assertThat(scratch.scratch()
                        .run(ScratchContract.program("mkfifo data/pipe; umask 777; touch data/files/closed"))
                        .succeeded())
                .isTrue();

        assertThat(scratch.remove().removed()).isTrue();
    }

    @Test
    void ends_programs_that_do_not_want_to_end() throws Exception {
        LocalSite scratch = open();
        Finished finished = scratch.scratch()
                .run(new Program(
                        List.of(
                                "sh",
                                "-c",
                                "(trap '' TERM INT QUIT HUP; cd /; while :; do sleep 1; done) > /dev/null 2>&1 &"
                                        + " mkdir database; echo $! > database/postmaster.pid; echo $!"),
                        Map.of(),
                        line -> {}));
        String stubborn = finished.lastLines().get(0);
        assertThat(SiteContract.aliveHere(stubborn)).isTrue();

        assertThat(scratch.remove().removed()).isTrue();

        assertThat(scratches.orElseThrow().list()).isEmpty();
    }

    @Test
    void is_not_held_up_by_what_stands_where_the_server_s_id_should() throws Exception {
        LocalSite scratch = open();
        scratch.scratch().run(ScratchContract.program("mkdir database; ln -s /dev/zero database/postmaster.pid"));

        assertThat(scratch.remove().removed()).isTrue();
    }

    @Test
    void spares_a_server_elsewhere_that_a_scratch_names_as_its_own() throws Exception {
        LocalSite other = open();
        try {
            Database elsewhere = other.scratch().startDatabase(ScratchContract.MAJOR, "erp");
            Path pid = other.scratch().folder("files").resolve("../../database/postmaster.pid");
            LocalSite scratch = open();
            Files.createDirectory(scratch.scratch().folder("files").resolve("../../database"));
            Files.copy(pid, scratch.scratch().folder("files").resolve("../../database/postmaster.pid"));

            assertThat(scratch.remove().removed()).isTrue();

            try (Connection connection = elsewhere.connect()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        } finally {
            assertThat(other.remove().removed()).isTrue();
        }
    }

    @Test
    void deletes_folders_that_are_nested_deeper_than_a_path_can_name() throws Exception {
        LocalSite scratch = open();
        Finished finished = scratch.scratch()
                .run(
                        ScratchContract.program(
                                "p=$(printf 'deeper/%.0s' $(seq 400)); for i in 1 2 3; do mkdir -p $p && cd -P $p || exit 1; done; touch file"));
        assertThat(finished.succeeded()).as("%s", finished.lastLines()).isTrue();

        assertThat(scratch.remove().leftBehind()).isEmpty();
    }

    @Test
    void says_what_it_could_not_remove_and_keeps_it_on_the_list() throws Exception {
        // Nobody, whatever his rights, deletes files of the kernel.
        Path place = Path.of("/proc/self/ns");
        Markers markers = new Markers(OpenHome.in(temporary).resolve("scratches"));
        markers.add(
                new Marker("ns", "drill-1", place.toString(), Holder.self(), Instant.EPOCH, Instant.EPOCH, true, ""));

        TeardownReceipt receipt = scratches.orElseThrow().remove("ns");

        assertThat(receipt.removed()).isFalse();
        assertThat(receipt.leftBehind())
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left).startsWith(place.toString()));
        assertThat(scratches.orElseThrow().list()).hasSize(1);
        markers.remove("ns");
    }
}
