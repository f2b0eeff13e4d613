package dev.muster.check.filestore;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.RestoredDatabase;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Likeness;
import dev.muster.drill.Readings;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FilesNamedTest {
    private static final Instant DUMPED = Instant.parse("2026-11-20T12:00:00Z");
    private static final Map<Asset, Readings> COPIES =
            RestoredDatabase.copied(DUMPED, Instant.parse("2026-11-20T12:30:00Z"));

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @TempDir
    Path filestore = Path.of("unset");

    @BeforeEach
    void a_filestore_with_three_files_that_rows_name() throws Exception {
        RESTORED.sql("""
                create table ir_attachment (id serial primary key, name text, res_model text, type text default 'binary',
                  store_fname text, checksum varchar(40), file_size int, db_datas bytea,
                  create_date timestamp default '2026-11-01', write_date timestamp default '2026-11-01')""");
        for (String letter : List.of("a", "b", "c")) {
            file(name(letter), "2026-11-01T00:00:00Z");
            RESTORED.sql("insert into ir_attachment (store_fname) values ('" + name(letter) + "')");
        }
    }

    @Test
    void a_filestore_whose_every_file_is_named_passes_without_a_word() throws Exception {
        Files.createDirectories(filestore.resolve("demo/checklist/aa"));
        Files.writeString(filestore.resolve("demo/checklist").resolve(name("a")), "");

        CheckResult result = ask(Filekeeping.USUAL);

        assertThat(said(result)).isEmpty();
        assertThat(result.findings()).isEmpty();
        assertThat(result.observations())
                .containsEntry("files there", "3")
                .containsEntry("files that rows name", "3")
                .containsEntry("files that no row names", "0");
    }

    @Test
    void what_no_row_names_is_told_by_what_it_may_be() throws Exception {
        file(name("d"), "2026-11-19T00:00:00Z");
        Files.createDirectories(filestore.resolve("demo/checklist/dd"));
        Files.writeString(filestore.resolve("demo/checklist").resolve(name("d")), "");
        file("dd/notes\u001b.txt", "2026-11-19T00:00:00Z");
        file(name("e"), "2026-11-20T12:10:00Z");
        file(name("f"), "2026-11-20T11:56:00Z");
        file(name("0"), "2026-11-20T11:00:00Z");
        file(name("1"), "2026-11-21T03:00:01Z");
        Files.createSymbolicLink(filestore.resolve("demo/aa/link"), filestore);

        CheckResult result = ask(new Filekeeping(Optional.empty(), OptionalLong.of(3), Optional.empty()));

        assertThat(said(result)).isEmpty();
        assertThat(result.observations())
                .containsEntry("files that no row names", "6")
                .containsEntry("awaiting collection as garbage", "1 (4 bytes)")
                .containsEntry("not of the store's layout", "1 (4 bytes)")
                .containsEntry("newer than the database", "2 (8 bytes)")
                .containsEntry("older than the database, unexplained", "1 (4 bytes)")
                .containsEntry("of unknown age", "1 (4 bytes)")
                .containsEntry("filestore newer than the database by", "600 s")
                .containsEntry("links and other entries, not followed", "1");
        assertThat(result.findings().toString())
                .contains(
                        "went on for 10 min",
                        name("e") + " of 2026-11-20T12:10:00Z",
                        name("0"),
                        "dd/notes?.txt",
                        "1 entries");
    }

    @Test
    void files_whose_rows_were_lost_fail_beyond_what_the_runbook_allows() throws Exception {
        RESTORED.sql("delete from ir_attachment where store_fname = '" + name("b") + "'");
        assertThat(ask(Filekeeping.USUAL).verdict()).isEqualTo(Verdict.PASSED);

        CheckResult strict = ask(new Filekeeping(Optional.empty(), OptionalLong.of(0), Optional.empty()));
        assertThat(strict.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(strict)).contains("No row names 1 of the 3 files", name("b"), "unnamed:");

        RESTORED.sql("delete from ir_attachment where store_fname = '" + name("c") + "'");
        assertThat(said(ask(Filekeeping.USUAL))).contains("No row names 2 of the 3 files");
    }

    @Test
    void files_that_are_not_of_the_stores_layout_count_as_unexplained() throws Exception {
        file("dd/notes.txt", "2026-11-19T00:00:00Z");
        assertThat(ask(Filekeeping.USUAL).verdict()).isEqualTo(Verdict.PASSED);

        CheckResult strict = ask(new Filekeeping(Optional.empty(), OptionalLong.of(0), Optional.empty()));

        assertThat(strict.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(strict)).contains("No row names 1 of the 4 files", "dd/notes.txt");
    }

    @Test
    void files_that_were_written_after_the_database_was_copied_are_not_counted_as_left_over() throws Exception {
        for (String letter : List.of("1", "2", "3", "4")) {
            file(name(letter), "2026-11-20T12:10:00Z");
        }

        CheckResult result = ask(Filekeeping.USUAL);

        assertThat(said(result)).isEmpty();
        assertThat(result.observations()).containsEntry("newer than the database", "4 (16 bytes)");
    }

    @Test
    void a_filestore_of_another_system_is_seen_by_that_no_row_names_any_file() throws Exception {
        RESTORED.sql("update ir_attachment set store_fname = reverse(store_fname)");

        assertThat(said(ask(Filekeeping.USUAL))).contains("No row names any of the 3 files", "another system");
    }

    @Test
    void a_filestore_that_is_newer_than_the_skew_allows_fails() throws Exception {
        file(name("e"), "2026-11-20T12:10:00Z");
        assertThat(ask(Filekeeping.USUAL).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(ask(skew(Duration.ofMinutes(10))).verdict()).isEqualTo(Verdict.PASSED);

        CheckResult strict = ask(skew(Duration.ofMinutes(9)));

        assertThat(strict.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(strict)).contains("10 min newer than the database, and the runbook allows 9 min", name("e"));
    }

    @Test
    void without_the_databases_instant_no_age_is_told() throws Exception {
        file(name("e"), "2026-11-20T12:10:00Z");

        CheckResult result = RESTORED.ask("files-named", RESTORED.subject(Optional.of(filestore), Map.of()), Map.of());

        assertThat(result.observations()).containsEntry("of unknown age", "1 (4 bytes)");
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);

        CheckResult limited = RESTORED.ask(
                new Step.Check(
                        "files-named",
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        new Filekeeping(Optional.empty(), OptionalLong.of(0), Optional.empty()),
                        Likeness.USUAL),
                RESTORED.subject(Optional.of(filestore), Map.of()));
        assertThat(limited.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(limited)).contains("Whether 1 files", "is not known", name("e"));
    }

    @Test
    void an_empty_filestore_proves_nothing() throws Exception {
        Path empty = Files.createDirectories(filestore.resolve("empty"));

        CheckResult result = RESTORED.ask("files-named", RESTORED.subject(Optional.of(empty), COPIES), Map.of());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("holds no file");
    }

    private CheckResult ask(Filekeeping filekeeping) throws Exception {
        return RESTORED.ask(
                new Step.Check(
                        "files-named", Map.of(), Optional.empty(), Map.of(), List.of(), filekeeping, Likeness.USUAL),
                RESTORED.subject(Optional.of(filestore), COPIES));
    }

    private static Filekeeping skew(Duration atMost) {
        return new Filekeeping(
                Optional.of(new SkewLimit(atMost, OptionalLong.empty(), SkewLimit.USUAL_SLACK)),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static String name(String letter) {
        return letter.repeat(2) + "/" + letter.repeat(40);
    }

    private void file(String path, String written) throws Exception {
        Path file = filestore.resolve("demo").resolve(path);
        Files.createDirectories(filestore.resolve("demo").resolve(path.substring(0, 2)));
        Files.writeString(file, "some");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(written)));
    }
}
