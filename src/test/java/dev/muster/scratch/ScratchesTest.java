package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.TeardownReceipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    @TempDir
    private Path temporary;

    private final List<LocalSite> opened = new ArrayList<>();
    private Path home = Path.of("");
    private Scratches scratches = at(NOW);

    @BeforeEach
    void open_home() throws IOException {
        home = OpenHome.in(temporary);
        scratches = at(NOW);
    }

    @AfterEach
    void remove_all() {
        assertThat(opened)
                .allSatisfy(site -> assertThat(site.remove().removed()).isTrue());
    }

    private Scratches at(Instant now) {
        return new Scratches(home, Optional.empty(), Optional.empty(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private LocalSite open(String drill) {
        LocalSite site = scratches.openHere(drill, ScratchContract.plan());
        opened.add(site);
        return site;
    }

    @Test
    void lists_what_is_open_with_all_that_a_person_wants_to_know() throws Exception {
        assertThat(scratches.list()).isEmpty();

        LocalSite scratch = open("drill-1");
        scratch.scratch().startDatabase(ScratchContract.MAJOR, "erp");
        OpenScratch open = at(NOW.plusSeconds(60)).list().get(0);

        assertThat(open.id()).isEqualTo(scratch.id());
        assertThat(open.drill()).isEqualTo("drill-1");
        assertThat(Path.of(open.place())).isDirectory();
        assertThat(open.opened()).isEqualTo(NOW);
        assertThat(open.expires()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(open.owned()).isTrue();
        assertThat(open.kept()).isFalse();
        assertThat(open.bytes()).isGreaterThan(10_000_000);
        assertThat(open.processes()).hasSizeGreaterThan(2);
        assertThat(open.reach()).isEqualTo(scratch.reach()).contains("psql");

        scratch.remove();
        assertThat(scratches.list()).isEmpty();
    }

    @Test
    void has_written_down_a_scratch_before_it_makes_its_folder() throws Exception {
        Path folder = Files.createDirectories(home.resolve("scratches"));
        Path blocked = Files.createDirectories(temporary.resolve("blocked"));
        Scratches elsewhere =
                new Scratches(home, Optional.of(blocked), Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
        // With the list closed to writing nothing may come into being.
        Files.delete(folder);
        Files.writeString(folder, "not a folder");

        assertThatThrownBy(() -> elsewhere.openHere("drill-1", ScratchContract.plan()))
                .isInstanceOf(CouldNotRun.class);
        assertThat(blocked).isEmptyDirectory();
        Files.delete(folder);
    }

    @Test
    void two_scratches_live_side_by_side_and_only_the_one_named_goes() throws Exception {
        LocalSite first = open("drill-1");
        LocalSite second = open("drill-2");
        Database stays = first.scratch().startDatabase(ScratchContract.MAJOR, "erp");
        second.scratch().startDatabase(ScratchContract.MAJOR, "erp");

        assertThat(scratches.list()).extracting(OpenScratch::id).containsExactlyInAnyOrder(first.id(), second.id());
        second.remove();

        assertThat(scratches.list()).extracting(OpenScratch::id).containsExactly(first.id());
        assertThat(ScratchContract.question(stays, "select 1")).isEqualTo("1");
    }

    @Test
    void names_the_open_ones_when_the_id_is_unknown() {
        assertThatThrownBy(() -> scratches.remove("nonsense"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("There is no scratch nonsense")
                .hasMessageContaining("No scratch is open");

        LocalSite scratch = open("drill-1");

        assertThatThrownBy(() -> scratches.extend("../" + scratch.id(), Duration.ofHours(1)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("Open are: " + scratch.id());
    }

    @Test
    void refuses_to_remove_what_a_running_drill_uses_but_not_what_is_kept() {
        LocalSite scratch = open("drill-1");

        assertThatThrownBy(() -> scratches.remove(scratch.id()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("in use by the drill drill-1")
                .hasMessageContaining("kill " + ProcessHandle.current().pid());
        scratch.keepUntil(NOW.plusSeconds(7200));

        assertThat(scratches.list().get(0).kept()).isTrue();
        assertThat(scratches.remove(scratch.id()).removed()).isTrue();
    }

    @Test
    void lets_a_scratch_live_longer_but_not_shorter() {
        LocalSite scratch = open("drill-1");

        assertThat(scratches.extend(scratch.id(), Duration.ofHours(2)).expires())
                .isEqualTo(NOW.plus(Duration.ofHours(3)));
        assertThatThrownBy(() -> scratches.extend(scratch.id(), Duration.ZERO)).isInstanceOf(CouldNotRun.class);
    }

    @Test
    void removes_what_a_killed_process_has_left_behind_with_all_its_processes() throws Exception {
        Process holder = Fork.of(HoldsAScratch.class, List.of(), Fork.classPath(), home.toString());
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("answers");
            OpenScratch held = scratches.list().get(0);
            assertThat(held.owned()).isTrue();

            holder.destroyForcibly().waitFor();

            OpenScratch left = scratches.list().get(0);
            assertThat(left.owned()).isFalse();
            // The server with its workers, one program in the scratch and one that has gone elsewhere.
            assertThat(left.processes()).containsAll(held.processes()).hasSizeGreaterThan(4);

            TeardownReceipt receipt = scratches.remove(left.id());

            assertThat(receipt.removed()).isTrue();
            // The last of a killed process is for the machine's first process to clear away.
            await().untilAsserted(() -> assertThat(left.processes())
                    .allSatisfy(process -> assertThat(SiteContract.aliveHere(process.toString()))
                            .isFalse()));
            assertThat(Path.of(left.place())).doesNotExist();
            assertThat(scratches.list()).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void lies_where_the_settings_say() throws Exception {
        Path folder = temporary.resolve("elsewhere");
        Scratches elsewhere = new Scratches(home, Optional.of(folder), Optional.empty(), Clock.systemUTC());
        LocalSite scratch = elsewhere.openHere("drill-1", ScratchContract.plan());

        assertThat(elsewhere.folder()).isEqualTo(folder.toRealPath());
        assertThat(folder.resolve(scratch.id())).isDirectory();
        assertThat(scratch.remove().place())
                .isEqualTo(folder.toRealPath().resolve(scratch.id()).toString());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refuses_a_user_that_is_not_there() {
        Scratches strange = new Scratches(home, Optional.empty(), Optional.of("no-such-user"), Clock.systemUTC());

        assertThatThrownBy(() -> strange.openHere("drill-1", ScratchContract.plan()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("no-such-user")
                .hasMessageContaining("scratch.user");
        assertThat(strange.list()).isEmpty();
    }

    @Test
    void says_which_marker_it_cannot_read() throws Exception {
        Path marker = Files.createDirectories(home.resolve("scratches")).resolve("broken.json");
        Files.writeString(marker, "{\"id\":\"broken\"");

        assertThatThrownBy(scratches::list).isInstanceOf(CouldNotRun.class).hasMessageContaining(marker.toString());
        Files.delete(marker);
    }

    @Test
    void never_takes_a_folder_for_a_scratch_that_is_none() throws Exception {
        Path precious = Files.createDirectories(temporary.resolve("precious"));
        String id = open("drill-1").id();
        Path marker = home.resolve("scratches").resolve(id + ".json");
        String written = Files.readString(marker);
        Files.writeString(marker, written.replace(scratches.list().get(0).place(), precious.toString()));

        assertThatThrownBy(() -> at(NOW.plus(Duration.ofDays(1))).remove(id)).isInstanceOf(CouldNotRun.class);

        assertThat(precious).isDirectory();
        Files.writeString(marker, written);
    }

    @Test
    void a_home_that_only_its_owner_can_enter_is_no_obstacle() throws Exception {
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));

        LocalSite scratch = open("drill-1");
        Database database = scratch.scratch().startDatabase(ScratchContract.MAJOR, "erp");

        assertThat(ScratchContract.question(database, "select 1")).isEqualTo("1");
        assertThat(scratch.remove().removed()).isTrue();
    }
}
