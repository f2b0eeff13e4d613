package dev.muster.restore;

import static dev.muster.restore.RestoreBench.check;
import static dev.muster.restore.RestoreBench.problem;
import static dev.muster.restore.RestoreBench.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Database;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Needs({"pg_dump", "pg_restore"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DumpTest {
    private static final String CONTENT = """
            select (select count(*) from customer) || '|' || (select md5(string_agg(c::text, '' order by id)) from customer c)
              || '|' || (select sum(total) from invoice) || '|' || later(2) || '|' || body()
              || '|' || (select md5(string_agg(encode(lo_get(oid), 'hex'), '')) from pg_largeobject_metadata)
              || '|' || (select count(*) from pg_constraint where conrelid = 'invoice'::regclass)
              || '|' || (select last_value from customer_id_seq) || '|' || obj_description('customer'::regclass)
            """;

    private SourceServer source;
    private Path home;
    private Path folder;
    private String content;
    private Path custom;
    private Path plain;

    @BeforeAll
    void makeBackups(@TempDir Path temporary) throws Exception {
        home = temporary.resolve("home");
        folder = temporary;
        source = SourceServer.start(home);
        content = content(source.database());
        custom = source.dump("erp.dump", "--format=custom");
        plain = source.dump("erp.sql", "--verbose");
    }

    @AfterAll
    void stopSource() {
        source.close();
    }

    @Test
    void restores_a_custom_archive_and_names_the_roles_that_are_missing() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, custom);

            assertRestored(outcome);
            assertThat(outcome.database().orElseThrow().name()).isEqualTo("erp");
            assertThat(check(outcome).observations())
                    .containsEntry("missing roles", "accountant, erp_owner")
                    .containsEntry("statements refused", "0")
                    .containsEntry("decoded to its end", "yes")
                    .containsEntry("tables", "2");
            assertThat(outcome.readings().proven().at().orElseThrow())
                    .isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
            assertThat(outcome.readings().proven().formula()).contains("snapshot is taken when the dump starts");
        }
    }

    @Test
    void restores_a_directory_within_a_tar() throws Exception {
        Path directory = source.dump("erp.dir", "--format=directory");
        Path tar = directory.resolveSibling("erp.dir.tar");
        source.execute(List.of(
                "tar",
                "-C",
                String.valueOf(directory.getParent()),
                "-cf",
                tar.toString(),
                String.valueOf(directory.getFileName())));
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, gzip(tar));

            assertRestored(outcome);
            assertThat(check(outcome).observations()).containsEntry("kind of dump", "directory");
        }
    }

    @Test
    void restores_the_tar_that_pg_dump_itself_makes() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            assertRestored(bench.database(BackupFormat.PG_DUMP, source.dump("erp.tar", "--format=tar")));
        }
    }

    @Test
    void restores_plain_sql_and_names_the_roles_that_are_missing() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, gzip(plain));

            assertRestored(outcome);
            assertThat(check(outcome).observations())
                    .containsEntry("rows copied", "5001")
                    .containsEntry("missing roles", "accountant, erp_owner");
            assertThat(check(outcome).findings())
                    .extracting(Finding::severity)
                    .containsExactly(Finding.Severity.NOTE, Finding.Severity.NOTE);
            assertThat(outcome.readings().proven().at()).isPresent();
        }
    }

    @Test
    void restores_plain_sql_of_row_by_row_inserts_that_makes_its_own_database() throws Exception {
        Path inserts = source.dump("inserts.sql", "--inserts", "--create", "--clean", "--if-exists");
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, inserts);

            assertRestored(outcome);
            assertThat(outcome.readings().proven().at()).isEmpty();
            assertThat(outcome.readings().proven().formula()).contains("-v");
        }
    }

    @Test
    void restores_the_plain_sql_into_a_newer_server_without_any_installed_program() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home, 17, OptionalLong.empty())) {
            assertRestored(bench.database(BackupFormat.PG_DUMP, plain));
        }
    }

    @Test
    void restores_plain_sql_in_another_encoding() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            assertRestored(bench.database(BackupFormat.PG_DUMP, source.dump("latin.sql", "--encoding=LATIN1")));
        }
    }

    @Test
    void notices_an_archive_cut_anywhere_before_a_server_is_started() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            for (int percent : List.of(10, 50, 90, 99)) {
                RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, cut(custom, percent));

                assertThat(verdict(outcome)).as(percent + " %").isEqualTo(Verdict.FAILED);
                assertThat(problem(outcome).what()).contains("cut short or damaged");
                assertThat(problem(outcome).remedy()).contains("--backup database=");
                assertThat(outcome.database()).isEmpty();
            }
        }
    }

    @Test
    void notices_a_flipped_byte_in_an_archives_data() throws Exception {
        byte[] bytes = Files.readAllBytes(custom);
        bytes[bytes.length - 5000] ^= 0x40;
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome =
                    bench.database(BackupFormat.PG_DUMP, Files.write(folder.resolve("flipped.dump"), bytes));

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
        }
    }

    /** pg_restore takes such a dump and ends with 0. */
    @Test
    void notices_a_flipped_bit_in_the_list_of_contents_that_pg_restore_does_not_heed() throws Exception {
        byte[] bytes = Files.readAllBytes(custom);
        // Every item ends with where its data lie; of one that has none that is a 3 and zeros.
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\0\0false\1\1\0\0\0\3") + 15;
        assertThat(bytes[place]).isZero();
        bytes[place] ^= 0x10;
        Path flipped = Files.write(folder.resolve("contents.dump"), bytes);
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, flipped);

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(problem(outcome).what())
                    .contains("list of contents is damaged: item ", "its data lie where none are");
        }
    }

    @Test
    void a_dump_that_crashes_pg_restore_is_damaged() throws Exception {
        Path crashing = folder.resolve("crashing.dump");
        int exit = 0;
        for (int position = 100; exit < 128 && position < 1000; position++) {
            byte[] bytes = Files.readAllBytes(custom);
            bytes[position] ^= (byte) 0x80;
            Files.write(crashing, bytes);
            exit = new ProcessBuilder("/usr/lib/postgresql/15/bin/pg_restore", "--list", crashing.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        assertThat(exit).isGreaterThan(128);

        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, crashing);

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(problem(outcome).what()).contains("damaged");
        }
    }

    @Test
    void notices_plain_sql_cut_anywhere_and_says_at_which_byte() throws Exception {
        for (int percent : List.of(50, 99)) {
            Path cut = cut(plain, percent);
            try (RestoreBench bench = RestoreBench.open(home)) {
                RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, cut);

                assertThat(verdict(outcome)).as(percent + " %").isEqualTo(Verdict.FAILED);
                assertThat(problem(outcome).what()).contains("cut short at byte " + Files.size(cut));
            }
        }
    }

    @Test
    void notices_compressed_sql_that_is_cut_or_damaged() throws Exception {
        Path gzip = gzip(plain);
        byte[] flipped = Files.readAllBytes(gzip);
        flipped[flipped.length / 2] ^= 1;
        for (Path bad : List.of(cut(gzip, 50), Files.write(folder.resolve("flipped.sql.gz"), flipped))) {
            try (RestoreBench bench = RestoreBench.open(home)) {
                RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, bad);

                assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
                assertThat(problem(outcome).what()).containsPattern("cut short|damaged before byte");
            }
        }
    }

    @Test
    void does_not_let_a_missing_role_hide_a_real_error() throws Exception {
        String sql = Files.readString(plain)
                .replace("CREATE VIEW public.big AS", "CREATE VIEW public.big AS SELECT broken;\n\nSELECT 1 AS");
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, write("broken.sql", sql));

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(problem(outcome).what()).contains("column \"broken\" does not exist");
            assertThat(problem(outcome).where()).containsPattern("line \\d+").contains("CREATE VIEW public.big");
            assertThat(check(outcome).observations()).containsEntry("missing roles", "accountant, erp_owner");
        }
    }

    @Test
    void does_not_let_a_missing_role_hide_a_real_error_of_an_archive() throws Exception {
        source.run("create table doomed (a int check (a < 10)); insert into doomed values (1);"
                + "create function below(int) returns boolean language plpgsql as"
                + " $$ begin return $1 < coalesce((select 5 from customer limit 1), 0); end $$;"
                + "create table judged (a int check (below(a))); insert into judged values (1)");
        try (RestoreBench bench = RestoreBench.open(home)) {
            Path file = source.dump("judged.dump", "--format=custom");

            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, file);

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(problem(outcome).what()).contains("One statement of the dump failed");
            assertThat(problem(outcome).where()).contains("judged");
        } finally {
            source.run("drop table doomed, judged; drop function below");
        }
    }

    @Test
    void names_the_row_that_the_server_refuses_and_goes_on_behind_it() throws Exception {
        String sql = Files.readString(plain).replaceFirst("(?m)^1999\t1999\t", "nonsense\t1999\t");
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(BackupFormat.PG_DUMP, write("row.sql", sql));

            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(problem(outcome).what()).contains("nonsense").contains("COPY invoice, line 1999");
        }
    }

    @Test
    void refuses_orders_to_psql_by_name_and_line_and_obeys_none() throws Exception {
        Path mark = folder.resolve("mark");
        for (String order : List.of("\\! touch " + mark, "\\copy t from '/etc/passwd'")) {
            try (RestoreBench bench = RestoreBench.open(home)) {
                RestoreOutcome outcome =
                        bench.database(BackupFormat.PG_DUMP, script(order + "\ncreate table t (a text);\n"));

                assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
                assertThat(problem(outcome).what()).contains(order.substring(0, order.indexOf(' ')));
                assertThat(problem(outcome).where()).endsWith("line 4");
                assertThat(mark).doesNotExist();
            }
        }
    }

    @Test
    void refuses_a_script_that_runs_programs_on_the_server() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome = bench.database(
                    BackupFormat.PG_DUMP, script("create table t (a text);\ncopy t from program 'id';\n"));

            assertThat(problem(outcome).what()).contains("run a program");
        }
    }

    @Test
    void says_what_to_do_about_a_dump_of_a_whole_cluster() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            Path file = script("\\connect template1\nselect 1;\n");

            assertThatThrownBy(() -> bench.database(BackupFormat.PG_DUMP, file))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("pg_dumpall");
        }
    }

    @Test
    void says_which_version_to_ask_for_when_the_dump_is_from_a_newer_server() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home, 14, OptionalLong.empty())) {
            for (Path dump : List.of(custom, plain)) {
                assertThatThrownBy(() -> bench.database(BackupFormat.PG_DUMP, dump))
                        .isInstanceOf(CouldNotRun.class)
                        .hasMessageContaining("--set scratch.postgres=15");
            }
        }
    }

    @Test
    void says_what_to_install_for_an_archive_that_no_program_here_reads() throws Exception {
        byte[] bytes = Files.readAllBytes(custom);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // The header names the server first and pg_dump second, each as 15.something.
        int dumper = text.indexOf("15.", text.indexOf(')'));
        bytes[dumper] = '9';
        bytes[dumper + 1] = '9';
        try (RestoreBench bench = RestoreBench.open(home)) {
            Path future = Files.write(folder.resolve("future.dump"), bytes);

            assertThatThrownBy(() -> bench.database(BackupFormat.PG_DUMP, future))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("apt install postgresql-client-99");
        }
    }

    @Test
    void takes_a_header_that_is_younger_than_the_object_for_no_proof() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome outcome =
                    bench.withClockOf(ZoneId.of("Pacific/Honolulu")).database(BackupFormat.PG_DUMP, custom);

            assertThat(verdict(outcome)).isEqualTo(Verdict.PASSED);
            assertThat(outcome.readings().proven().at()).isEmpty();
            assertThat(outcome.readings().proven().formula())
                    .contains("impossible")
                    .contains("`zone:`");
        }
    }

    @Test
    void restores_both_halves_of_the_zip_of_odoos_database_manager() throws Exception {
        Path zip = odooZip(Files.readAllBytes(plain));
        try (RestoreBench bench = RestoreBench.open(home)) {
            RestoreOutcome database = bench.database(BackupFormat.ODOO_ZIP, zip);
            RestoreOutcome files = bench.restore(Asset.FILESTORE, BackupFormat.ODOO_ZIP, zip);

            assertRestored(database);
            assertThat(database.database().orElseThrow().name()).isEqualTo("shop");
            assertThat(database.facts()).containsEntry("odoo version", "19.0").containsEntry("odoo modules", "2");
            assertThat(files.folder().orElseThrow().resolve("ab/abcd")).hasContent("attachment");
        }
    }

    @Test
    void notices_a_damaged_dump_within_the_zip() throws Exception {
        byte[] zip = Files.readAllBytes(odooZip(Files.readAllBytes(plain)));
        zip[zip.length / 2] ^= 1;
        byte[] whole = Files.readAllBytes(plain);
        Path shortened = odooZip(Arrays.copyOf(whole, whole.length / 2));
        for (Path bad : List.of(shortened, Files.write(folder.resolve("bad.zip"), zip))) {
            try (RestoreBench bench = RestoreBench.open(home)) {
                assertThat(problem(bench.database(BackupFormat.ODOO_ZIP, bad)).what())
                        .containsPattern("cut short|dump.sql of the ZIP is damaged");
            }
        }
    }

    @Test
    void stops_within_seconds_when_interrupted_in_a_long_statement() throws Exception {
        try (RestoreBench bench = RestoreBench.open(home)) {
            Path file = script("select 1;\nselect pg_sleep(600);\n");
            Thread restoring = Thread.currentThread();
            CountDownLatch begun = new CountDownLatch(1);
            Thread canceller = new Thread(() -> {
                try {
                    begun.await();
                    restoring.interrupt();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            canceller.start();
            Progress progress = new Progress() {
                @Override
                public void begins(Stage stage) {}

                @Override
                public void advances(String work, long done, long total, Unit unit) {
                    begun.countDown();
                }

                @Override
                public void says(String line) {}
            };

            Instant before = Instant.now();
            assertThatThrownBy(() -> bench.restore(Asset.DATABASE, BackupFormat.PG_DUMP, file, progress))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Instant.now()).isBefore(before.plusSeconds(60));
            canceller.join();
        }
    }

    private void assertRestored(RestoreOutcome outcome) throws SQLException {
        CheckResult check = check(outcome);
        assertThat(check.verdict()).as(check.toString()).isEqualTo(Verdict.PASSED);
        assertThat(check.name()).isEqualTo("restored-completely");
        assertThat(content(outcome.database().orElseThrow())).isEqualTo(content);
    }

    private static String content(Database database) throws SQLException {
        return ask(database, CONTENT);
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Path odooZip(byte[] dump) throws IOException {
        Path zip = folder.resolve("odoo.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            ZipEntry stored = new ZipEntry("dump.sql");
            CRC32 checksum = new CRC32();
            checksum.update(dump);
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(dump.length);
            stored.setCrc(checksum.getValue());
            out.putNextEntry(stored);
            out.write(dump);
            out.putNextEntry(new ZipEntry("manifest.json"));
            out.write("{\"db_name\": \"shop\", \"version\": \"19.0\", \"modules\": {\"base\": \"1\", \"sale\": \"1\"}}"
                    .getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("filestore/ab/abcd"));
            out.write("attachment".getBytes(StandardCharsets.UTF_8));
        }
        return zip;
    }

    private Path script(String statements) throws IOException {
        return write(
                "script.sql",
                "--\n-- PostgreSQL database dump\n--\n" + statements
                        + "--\n-- PostgreSQL database dump complete\n--\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path cut(Path file, int percent) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Files.write(
                folder.resolve("cut-" + file.getFileName()), Arrays.copyOf(bytes, bytes.length * percent / 100));
    }

    private Path gzip(Path file) throws IOException {
        Path packed = folder.resolve(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        return packed;
    }
}
