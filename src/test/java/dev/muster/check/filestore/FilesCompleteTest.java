package dev.muster.check.filestore;

import static dev.muster.check.RestoredDatabase.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.RestoredDatabase;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Finding;
import dev.muster.drill.Likeness;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FilesCompleteTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    private static final Duration SLACK = Duration.ofMinutes(5);

    @TempDir
    Path filestore = Path.of("unset");

    @BeforeEach
    void odoos_table() throws Exception {
        RESTORED.sql("""
                create table ir_attachment (id serial primary key, name text, res_model text, type text default 'binary',
                  store_fname text, checksum varchar(40), file_size int, db_datas bytea,
                  create_date timestamp default '2026-11-01', write_date timestamp default '2026-11-01')""");
    }

    @Test
    void every_file_read_and_right_passes_with_its_figures() throws Exception {
        attach("invoice.pdf", "first");
        attach("invoice again.pdf", "first");
        attach("photo.png", "second one");

        CheckResult result = ask();

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.findings()).isEmpty();
        assertThat(result.observations())
                .containsEntry("files named", "2")
                .containsEntry("rows that name them", "3")
                .containsEntry("rows that share a file", "1")
                .containsEntry("bytes read", "15")
                .containsEntry("sound", "2");
    }

    @Test
    void a_missing_file_is_named_with_the_attachment_it_belongs_to() throws Exception {
        attach("photo.png", "kept");
        Path file = attach("invoice.pdf", "lost");
        Files.delete(file);

        CheckResult result = ask();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains(sha1("lost") + " (attachment 2 \"invoice.pdf\" of account.move): missing")
                .contains("--backup filestore=");
        assertThat(result.observations()).containsEntry("missing", "1").containsEntry("sound", "1");
    }

    @Test
    void a_flipped_byte_is_found_by_the_digest_and_a_cut_file_by_its_size() throws Exception {
        Files.writeString(attach("flipped.pdf", "abcd"), "abxd");
        Files.writeString(attach("cut.pdf", "abcdef"), "abc");

        CheckResult result = ask();

        assertThat(said(result))
                .contains("\"flipped.pdf\" of account.move): another digest than recorded")
                .contains("\"cut.pdf\" of account.move): another size than recorded");
    }

    @Test
    void only_the_first_ten_of_many_are_named() throws Exception {
        for (int i = 0; i < 12; i++) {
            Files.delete(attach("invoice.pdf", "content " + i));
        }

        assertThat(said(ask())).contains("12 of 12 attachments", "and 2 more");
    }

    @Test
    void a_missing_file_younger_than_the_filestores_copy_fails_too_and_the_order_of_the_copies_is_blamed()
            throws Exception {
        attach("old.pdf", "old");
        Files.delete(attach("young.pdf", "young"));
        written("young.pdf", "2026-11-20 11:56:00");

        CheckResult result = ask(RestoredDatabase.copied(Instant.parse("2026-11-20T12:00:00Z")));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.observations())
                .containsEntry("missing", "1")
                .containsEntry("missing, and not older than the filestore's copy", "1");
        assertThat(said(result))
                .contains("young.pdf", "missing, and not older than the filestore's copy")
                .contains("Dump the database first");
    }

    @Test
    void the_order_of_the_copies_is_not_blamed_when_one_of_the_rows_is_older_or_nothing_is_known_of_the_copy()
            throws Exception {
        Instant copied = Instant.parse("2026-11-20T12:00:00Z");
        attach("sound.pdf", "sound");
        attach("old.pdf", "shared");
        Files.delete(attach("young.pdf", "shared"));
        written("young.pdf", "2026-11-20 13:00:00");
        assertThat(said(ask(RestoredDatabase.copied(copied)))).doesNotContain("Dump the database first");

        written("old.pdf", "2026-11-20 13:00:00");
        assertThat(said(ask(RestoredDatabase.copied(copied)))).contains("Dump the database first");
        assertThat(said(ask(Map.of()))).doesNotContain("Dump the database first");
    }

    @Test
    void the_order_of_the_copies_is_not_blamed_when_the_filestore_was_copied_after_the_dump() throws Exception {
        attach("old.pdf", "old");
        Files.delete(attach("young.pdf", "young"));
        written("young.pdf", "2026-11-20 11:58:00");

        CheckResult result = ask(
                RestoredDatabase.copied(Instant.parse("2026-11-20T11:59:00Z"), Instant.parse("2026-11-20T12:00:00Z")));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains("young.pdf", "production deleted them after the database's dump")
                .doesNotContain("Dump the database first");
    }

    @Test
    void a_skew_within_what_the_runbook_allows_is_a_finding_and_no_more_is_excused() throws Exception {
        attach("old.pdf", "old");
        Files.delete(attach("young.pdf", "young"));
        written("young.pdf", "2026-11-20 12:05:00");
        Map<Asset, Readings> copies =
                RestoredDatabase.copied(Instant.parse("2026-11-20T12:10:00Z"), Instant.parse("2026-11-20T12:00:00Z"));

        CheckResult within = ask(copies, new SkewLimit(Duration.ofMinutes(10), OptionalLong.of(1), SLACK));
        assertThat(within.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(within.findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.toString()).contains("1 attachments are missing", "young.pdf", "tolerates"));
        assertThat(within.observations())
                .containsEntry(
                        "skew",
                        "600 s: database of 2026-11-20T12:10:00Z, filestore copied earlier, from 2026-11-20T12:00:00Z")
                .containsEntry("missing, and not older than the filestore's copy", "1");

        assertThat(said(ask(copies, new SkewLimit(Duration.ofMinutes(9), OptionalLong.empty(), SLACK))))
                .contains("Dump the database first", "10 min apart, and the runbook allows 9 min");
        assertThat(ask(copies, new SkewLimit(Duration.ofMinutes(10), OptionalLong.of(0), SLACK))
                        .verdict())
                .isEqualTo(Verdict.FAILED);

        Files.delete(attach("lost.pdf", "lost"));
        CheckResult lost = ask(copies, new SkewLimit(Duration.ofHours(1), OptionalLong.empty(), SLACK));
        assertThat(lost.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(lost))
                .contains("\"lost.pdf\" of account.move): missing; ")
                .doesNotContain("Dump the database");
    }

    @Test
    void what_a_transaction_wrote_may_be_as_old_as_the_longest_one() throws Exception {
        attach("old.pdf", "old");
        Files.delete(attach("young.pdf", "young"));
        written("young.pdf", "2026-11-20 11:30:00");
        Map<Asset, Readings> copies =
                RestoredDatabase.copied(Instant.parse("2026-11-20T12:10:00Z"), Instant.parse("2026-11-20T12:00:00Z"));

        assertThat(ask(copies, new SkewLimit(Duration.ofHours(1), OptionalLong.empty(), SLACK))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(ask(copies, new SkewLimit(Duration.ofHours(1), OptionalLong.empty(), Duration.ofMinutes(31)))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void the_later_of_claim_and_newest_file_excuses_less() throws Exception {
        attach("old.pdf", "old");
        Files.delete(attach("young.pdf", "young"));
        written("young.pdf", "2026-11-20 12:05:00");
        Map<Asset, Readings> copies = new EnumMap<>(
                RestoredDatabase.copied(Instant.parse("2026-11-20T13:00:00Z"), Instant.parse("2026-11-20T12:00:00Z")));
        SkewLimit hours = new SkewLimit(Duration.ofHours(2), OptionalLong.empty(), SLACK);
        assertThat(ask(copies, hours).verdict()).isEqualTo(Verdict.PASSED);

        Reading newest = Reading.of(Instant.parse("2026-11-20T12:00:00Z"), "newest file");
        Reading claimed = Reading.of(Instant.parse("2026-11-20T12:30:00Z"), "name of the object");
        copies.put(Asset.FILESTORE, new Readings(claimed, newest, newest));

        assertThat(ask(copies, hours).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_damaged_file_is_never_blamed_on_the_order_of_the_copies() throws Exception {
        Files.writeString(attach("young.pdf", "abcd"), "abxd");
        written("young.pdf", "2026-11-20 13:00:00");

        assertThat(said(ask(RestoredDatabase.copied(Instant.parse("2026-11-20T12:00:00Z")))))
                .contains("another digest than recorded")
                .doesNotContain("Dump the database first");
    }

    @Test
    void no_path_leads_out_of_the_filestore() throws Exception {
        attach("sound.pdf", "sound");
        Path outside = Files.writeString(filestore.resolve("outside"), "outside");
        for (String hostile : new String[] {"../outside", outside.toString(), "aa/../../outside", "", "."}) {
            row("hostile", hostile, "outside");
        }
        Files.createSymbolicLink(filestore.resolve("demo/linked"), outside);
        row("link", "linked", "outside");
        Files.createSymbolicLink(filestore.resolve("demo/folder"), filestore);
        row("link", "folder/outside", "outside");
        row("link to nothing", "folder/nothing", "outside");

        CheckResult result = ask();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.observations())
                .containsEntry("not a plain file within the filestore", "8")
                .containsEntry("bytes read", "5");
    }

    @Test
    void contents_in_the_database_are_proven_too() throws Exception {
        RESTORED.sql("insert into ir_attachment (name, checksum, db_datas) values ('small', '" + sha1("abc")
                + "', convert_to('abc', 'UTF8'))");
        CheckResult sound = ask();
        assertThat(sound.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(sound.observations())
                .containsEntry("contents in the database sound", "1")
                .containsEntry("bytes in the database", "3");

        RESTORED.sql("update ir_attachment set db_datas = convert_to('abx', 'UTF8')");

        assertThat(said(ask())).contains("in the database (attachment 1 \"small\"): another digest than recorded");
    }

    @Test
    void rows_that_contradict_each_other_cannot_both_be_right() throws Exception {
        attach("one.pdf", "abcd");
        attach("two.pdf", "abcd");
        RESTORED.sql("update ir_attachment set checksum = '" + sha1("else") + "' where name = 'two.pdf'");

        assertThat(said(ask())).contains("rows that contradict each other");
    }

    @Test
    void what_lies_elsewhere_or_has_no_digest_is_a_finding() throws Exception {
        attach("sound.pdf", "sound");
        attach("unproven.pdf", "unproven");
        RESTORED.sql(
                "update ir_attachment set checksum = null where name = 'unproven.pdf'",
                "insert into ir_attachment (name, store_fname) values ('far', 's3://bucket/far')");

        CheckResult result = ask();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations()).containsEntry("rows with content elsewhere", "1");
        assertThat(result.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.MAJOR));
    }

    @Test
    void attachments_of_which_none_is_proven_are_no_pass() throws Exception {
        assertThat(ask().verdict()).isEqualTo(Verdict.COULD_NOT_RUN);

        attach("unproven.pdf", "unproven");
        RESTORED.sql("update ir_attachment set checksum = null");

        assertThat(ask().verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }

    @Test
    void a_database_of_another_application_or_no_filestore_could_not_be_looked_at() throws Exception {
        CheckResult alone = RESTORED.ask("attachments-complete");
        assertThat(alone.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(alone)).contains("no restored filestore", "restore: filestore");

        RESTORED.sql("drop table ir_attachment");
        CheckResult other = ask();
        assertThat(other.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(other)).contains("no table ir_attachment", "filestore-consistency");
    }

    @Test
    void names_from_the_backup_cannot_write_to_the_terminal() throws Exception {
        Files.delete(attach("\u001b[2Jinvoice\n.pdf", "lost"));

        assertThat(said(ask())).contains("?[2Jinvoice?.pdf");
    }

    private Path attach(String name, String content) throws Exception {
        String sha1 = sha1(content);
        String path = sha1.substring(0, 2) + "/" + sha1;
        row(name, path, content);
        Path file = filestore.resolve("demo").resolve(path);
        Files.createDirectories(filestore.resolve("demo").resolve(sha1.substring(0, 2)));
        return Files.writeString(file, content);
    }

    private static void row(String name, String path, String content) throws Exception {
        RESTORED.sql("insert into ir_attachment (name, res_model, store_fname, checksum, file_size) values ('" + name
                + "', 'account.move', '" + path + "', '" + sha1(content) + "', " + content.length() + ")");
    }

    private static void written(String name, String instant) throws Exception {
        RESTORED.sql("update ir_attachment set write_date = '" + instant + "' where name = '" + name + "'");
    }

    private CheckResult ask() throws Exception {
        return ask(Map.of());
    }

    private CheckResult ask(Map<Asset, Readings> readings) throws Exception {
        return RESTORED.ask("attachments-complete", RESTORED.subject(Optional.of(filestore), readings), Map.of());
    }

    private CheckResult ask(Map<Asset, Readings> readings, SkewLimit skew) throws Exception {
        return RESTORED.ask(
                new Step.Check(
                        "attachments-complete",
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        new Filekeeping(Optional.of(skew), OptionalLong.empty(), Optional.empty()),
                        Likeness.USUAL),
                RESTORED.subject(Optional.of(filestore), readings));
    }

    private static String sha1(String content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content.getBytes(UTF_8)));
    }
}
