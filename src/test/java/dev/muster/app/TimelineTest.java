package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An archive in which production once went back in time: what was committed after that instant belongs to no way on. */
@Needs({"initdb", "pg_ctl", "pg_basebackup"})
class TimelineTest {
    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    /** Two that both timelines have, two that only the first has, two that only the second has. */
    private static final List<Instant> BEATS = new ArrayList<>();

    private static final List<String> SEGMENTS = new ArrayList<>();

    private static Instant beforeGoingBack = Instant.EPOCH;

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        try (ArchivingServer server = new ArchivingServer(making)) {
            Path copy = server.backup("--format=plain", "--wal-method=stream");
            keep("base/first/", server.backup("--gzip", "--wal-method=none"));
            for (int beat = 0; beat < 4; beat++) {
                BEATS.add(server.beat());
                SEGMENTS.add(server.endSegment());
            }
            beforeGoingBack = Instant.now();
            server.goBack(copy, RecoveryBench.after(BEATS, 1));
            for (int beat = 4; beat < 6; beat++) {
                BEATS.add(server.beat());
                SEGMENTS.add(server.endSegment());
            }
            keep("base/second/", server.backup("--gzip", "--wal-method=none"));
            BEATS.add(server.beat());
            SEGMENTS.add(server.endSegment());
            OBJECTS.keepAll("wal/", server.archived());
        }
    }

    @AfterAll
    static void forget() {
        OBJECTS.forget();
    }

    @BeforeEach
    void open() throws Exception {
        bench = new RecoveryBench(folder, OBJECTS);
        from("first");
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @Test
    void recovery_follows_the_newest_timeline_and_leaves_out_what_production_went_back_behind() {
        JsonNode drill = bench.passed("--set", "objectives.rpo=1h");

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(6));
        JsonNode recovered = bench.observations(drill, "recovered-to-target");
        assertThat(recovered.path("timeline followed").asString()).isEqualTo("2");
        assertThat(bench.check(drill, "watermark-orders").toString())
                .doesNotContain(BEATS.get(3).toString());
    }

    @Test
    void an_instant_before_production_went_back_is_recovered_on_the_timeline_that_was_there_then() throws Exception {
        JsonNode drill = bench.passed("--at", beforeGoingBack.toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(3));
        assertThat(bench.observations(drill, "recovered-to-target")
                        .path("timeline followed")
                        .asString())
                .isEqualTo("1");
    }

    @Test
    void a_backup_that_was_made_on_the_second_timeline_is_recovered_there() throws Exception {
        from("second");

        assertThat(bench.newestBeat(bench.passed())).isEqualTo(BEATS.get(6));
    }

    @Test
    void a_missing_segment_of_the_second_timeline_is_named() {
        bench.remove("wal/" + SEGMENTS.get(4));

        assertThat(bench.ended("FAILED").out()).contains("lacks " + SEGMENTS.get(4));
    }

    @Test
    void a_missing_segment_that_only_the_left_timeline_needs_does_no_harm() {
        bench.remove("wal/" + SEGMENTS.get(3));

        assertThat(bench.newestBeat(bench.passed())).isEqualTo(BEATS.get(6));
    }

    @Test
    void a_missing_history_is_named_since_nothing_else_tells_where_the_timeline_was_left() {
        bench.remove("wal/00000002.history");

        assertThat(bench.ended("FAILED").out()).contains("lacks 00000002.history");
    }

    private void from(String backup) throws Exception {
        bench.runbook(
                15,
                "database: { vault: primary, format: pg-basebackup, prefix: base/" + backup
                        + "/, wal: { prefix: wal/ } }");
    }

    private static void keep(String prefix, Path backup) throws Exception {
        OBJECTS.keepAll(prefix, ArchivingServer.files(backup));
    }
}
