package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How long the replay of a long log takes, beside the program that fetches each segment when the server asks for it. */
@Tag("long")
@Needs({"initdb", "pg_ctl", "pg_basebackup", "barman-cloud-wal-restore"})
class ReplaySpeedTest {
    private static final int SEGMENTS = 195;
    private static final double RATIO = 0.2;

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    @Test
    void takes_at_most_a_fifth_of_what_fetching_segment_by_segment_takes() throws Exception {
        RecoveryBench.Kept objects = new RecoveryBench.Kept();
        try (ArchivingServer server = new ArchivingServer(making)) {
            Path copy = server.backup("--format=plain", "--wal-method=none");
            objects.keepAll("base/first/", ArchivingServer.files(server.backup("--gzip", "--wal-method=none")));
            server.sql("create table wide (t text); alter table wide alter t set storage external");
            while (server.archived().size() < SEGMENTS) {
                server.sql("insert into wide select repeat(md5(random()::text), 48) from generate_series(1, 20000)");
            }
            Instant last = server.beat();
            server.endSegment();
            IntStream.range(0, server.archived().size()).parallel().forEach(i -> keep(objects, server, i));
            try (RecoveryBench bench = new RecoveryBench(folder, objects)) {
                bench.runbook(
                        15,
                        "database: { vault: primary, format: pg-basebackup, prefix: base/, wal: { prefix: shop/wals/ } }");
                JsonNode drill = bench.passed();
                assertThat(bench.newestBeat(drill)).isEqualTo(last);
                JsonNode recovered = bench.check(drill, "recovered-to-target");
                Duration ours = Duration.between(
                        Instant.parse(recovered.path("started").asString()),
                        Instant.parse(recovered.path("finished").asString()));

                Duration theirs = server.recover(copy, oneByOne(bench));

                System.out.printf(
                        "%d segments: %.1f s, one by one %.1f s, ratio %.3f%n",
                        server.archived().size(),
                        ours.toMillis() / 1000.0,
                        theirs.toMillis() / 1000.0,
                        (double) ours.toMillis() / theirs.toMillis());
                assertThat(ours.toMillis()).isLessThan((long) (theirs.toMillis() * RATIO));
            }
        }
    }

    /** What restore_command runs of whoever fetches from the same vault when the server asks. */
    private static String oneByOne(RecoveryBench bench) {
        return """
                export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_DEFAULT_REGION=eu-central-1
                exec barman-cloud-wal-restore --endpoint-url %s s3://%s shop "$1" "$2"
                """.formatted(
                Playground.ACCESS_KEY, Playground.SECRET_KEY, bench.playground.s3.endpoint(), Playground.BUCKET);
    }

    private static void keep(RecoveryBench.Kept objects, ArchivingServer server, int number) {
        try {
            Path file = server.archived().get(number);
            String name = String.valueOf(file.getFileName());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(packed)) {
                Files.copy(file, out);
            }
            synchronized (objects) {
                objects.keep(
                        "shop/wals/" + name.substring(0, 16) + "/" + name + ".gz", packed.toByteArray(), Instant.now());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
