package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole drills of a filestore that the real restic keeps in a repository. */
@Needs({"pg_dump", "pg_restore", "restic", "rclone"})
class ResticTest {
    private static final String STEPS = """
            - restore: database
            - restore: filestore
            - check: database-integrity
            - check: filestore-consistency
            """;
    private static final String DATABASE = "database: { vault: primary, format: pg-dump, prefix: db/ }";
    private static final String FILESTORE =
            "filestore: { vault: primary, format: restic, prefix: restic/, key: \"${secret:restic}\", name: filestore }";

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static String now;
    /** What restic wrote into the bucket of the first playground, for the others. */
    private static final Map<String, byte[]> REPOSITORY = new TreeMap<>();

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        Path files =
                CopyingProgram.write(making.resolve("var/lib/odoo/.local/share/Odoo/filestore/shop"), estate.files);
        Path other = CopyingProgram.write(
                making.resolve("etc/odoo"), Map.of("odoo.conf", "[options]\n".getBytes(StandardCharsets.UTF_8)));
        Path repository = making.resolve("repository");
        try (Playground first = new Playground(Files.createDirectories(making.resolve("first")))) {
            CopyingProgram program = new CopyingProgram(first);
            program.restic("restic", "init");
            program.restic("restic", "backup", "--tag", "filestore", files.toString());
            program.restic("restic", "backup", "--tag", "configuration", other.toString());
            program.fetch("restic/", repository);
        }
        try (Stream<Path> all = Files.walk(repository)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                REPOSITORY.put(repository.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        Files.writeString(folder.resolve("secrets/restic"), CopyingProgram.RESTIC_PASSWORD + "\n");
        playground.runbook(STEPS, DATABASE, FILESTORE);
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".dump", estate.customDump());
        REPOSITORY.forEach((place, content) -> playground.s3.put(Playground.BUCKET, "restic/" + place, content));
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.filter(path -> path.getFileName().toString().startsWith("muster-restic-")))
                    .isEmpty();
        }
        playground.close();
    }

    @Test
    void a_snapshot_comes_back_and_its_password_is_shown_nowhere() {
        Playground.Outcome run = drill();

        assertThat(run.json().path("verdict").asString()).as(run.out()).isEqualTo("PASSED");
        JsonNode observed = check(run.json(), "unpacked-completely").path("observations");
        assertThat(observed.path("files").asString()).isEqualTo("12");
        assertThat(observed.path("files verified").asString()).isEqualTo("12");
        String record = playground
                .muster("report", run.json().path("drill").asString(), "--format", "json")
                .out();
        assertThat(record)
                .contains(
                        "instant at which restic began the snapshot of ",
                        "tagged filestore",
                        "its name in the repository")
                .contains("Wrong name: `name: filestore` is asked for.");
        assertThat(run.out() + run.err() + record).doesNotContain(CopyingProgram.RESTIC_PASSWORD);
    }

    @Test
    void a_flipped_pack_fails_the_drill_and_is_named() {
        String pack = pack();
        byte[] content = content(pack).clone();
        content[content.length / 2] ^= 1;
        playground.s3.put(Playground.BUCKET, "restic/" + pack, content);
        fails("FAILED", 1, pack);
    }

    @Test
    void a_missing_pack_fails_the_drill_and_is_named() {
        String pack = pack();
        playground.s3.remove(Playground.BUCKET, "restic/" + pack);
        fails("FAILED", 1, pack);
    }

    @Test
    void a_damaged_snapshot_or_a_repository_without_its_index_fails_the_drill() {
        String snapshots = first("snapshots/");
        byte[] content = content(snapshots).clone();
        content[9] ^= 1;
        REPOSITORY.keySet().stream()
                .filter(place -> place.startsWith("snapshots/"))
                .forEach(place -> playground.s3.put(Playground.BUCKET, "restic/" + place, content));
        fails("FAILED", 1, "do not have the SHA-256 that is its name");

        REPOSITORY.keySet().stream()
                .filter(place -> place.startsWith("index/"))
                .forEach(place -> playground.s3.remove(Playground.BUCKET, "restic/" + place));
        fails("FAILED", 1, "lacks restic/index/");
    }

    @Test
    void a_wrong_password_says_nothing_about_the_backup() throws Exception {
        Files.writeString(folder.resolve("secrets/restic"), "another one");
        Playground.Outcome run = fails("COULD_NOT_RUN", 3, "does not open the restic repository");
        assertThat(run.out() + run.err()).doesNotContain("another one");
        Files.delete(folder.resolve("secrets/restic"));
        fails("COULD_NOT_RUN", 3, "The secret restic has no file");
    }

    @Test
    void a_runbook_without_the_password_is_refused() throws Exception {
        playground.runbook(STEPS, DATABASE, FILESTORE.replace(", key: \"${secret:restic}\"", ""));
        Playground.Outcome lint = playground.muster("lint", "trial");
        assertThat(lint.exit()).isEqualTo(2);
        assertThat(lint.out() + lint.err()).contains("lacks the password of the repository");
    }

    /** The largest pack holds files' contents. */
    private static String pack() {
        return REPOSITORY.keySet().stream()
                .filter(place -> place.startsWith("data/"))
                .max(Comparator.comparing(place -> content(place).length))
                .orElseThrow();
    }

    private static byte[] content(String place) {
        return Objects.requireNonNull(REPOSITORY.get(place));
    }

    private static String first(String folder) {
        return REPOSITORY.keySet().stream()
                .filter(place -> place.startsWith(folder))
                .findFirst()
                .orElseThrow();
    }

    private Playground.Outcome fails(String verdict, int exit, String culprit) {
        Playground.Outcome run = drill();
        assertThat(run.json().path("verdict").asString()).as(run.out()).isEqualTo(verdict);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).contains(culprit);
        return run;
    }

    private Playground.Outcome drill() {
        return playground.muster("run", "trial", "--json");
    }

    private static JsonNode check(JsonNode drill, String name) {
        for (JsonNode check : drill.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + drill);
    }
}
