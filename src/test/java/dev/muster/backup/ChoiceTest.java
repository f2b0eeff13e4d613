package dev.muster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.backup.bucket.Workers;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Candidate;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Selection;
import dev.muster.drill.VaultState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final String DISASTER = "2026-11-21T00:00:00Z";
    private static final BackupSource DATABASE = Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/");
    private static final BackupSource FILESTORE = Estate.source(Asset.FILESTORE, BackupFormat.TAR, "files/");
    private static final BackupSource ODOO = Estate.source(Asset.DATABASE, BackupFormat.ODOO_ZIP, "db/");

    private Estate estate;

    @BeforeEach
    void open() {
        estate = new Estate();
    }

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void chooses_the_dump_that_started_last_whatever_was_stored_last() throws Exception {
        dump("db/older.dump", "2026-11-19T02:00:00Z", "2026-11-20T23:00:00Z");
        dump("db/newer.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");

        RecoveryPoint point = choose(DATABASE);

        Backup chosen = database(point);
        assertThat(chosen.object().key()).isEqualTo("db/newer.dump");
        assertThat(chosen.claimed().at()).hasValue(Instant.parse("2026-11-20T02:00:00Z"));
        assertThat(chosen.claimed().formula()).contains("archive's header", "UTC");
        assertThat(reason(point, "db/newer.dump")).startsWith("Chosen: the newest complete backup");
        assertThat(reason(point, "db/older.dump")).isEqualTo("Older than the chosen one.");
    }

    @Test
    void passes_over_with_a_reason_each() throws Exception {
        String stored = "2026-11-20T20:00:00Z";
        dump("db/good.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        estate.put("db/a-empty", "", stored);
        estate.put("db/b-nothing.gz", Dumps.gzip(new byte[0]), stored);
        estate.put(
                "db/c-cut.sql", Dumps.plain("").replaceAll("(?s)-- PostgreSQL database dump complete.*", ""), stored);
        estate.put("db/d.html", "<!DOCTYPE html><html>Sign in</html>", stored);
        estate.put("db/e.xml", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", stored);
        estate.put("db/f.zip", Dumps.odooZip(Dumps.local(stored), Dumps.local(stored)), stored);
        estate.put("db/g.tar", Dumps.filestore(), stored);
        estate.put("db/h.dump.partial", Dumps.custom(Dumps.local(stored)), stored);
        estate.put("db/i.dump.sha256", "0123", stored);
        estate.put("db/j.dump", "\u0001\u0002\u0003\u0004", stored);
        estate.put("db/k.tar", cut(directory()), stored);
        estate.put("db/l.sql", "-- PostgreSQL database cluster dump", stored);

        RecoveryPoint point = choose(DATABASE);

        assertThat(database(point).object().key()).isEqualTo("db/good.dump");
        assertThat(point.candidates()).filteredOn(Candidate::complete).hasSize(1);
        assertThat(point.candidates()).hasSize(13);
        assertThat(reason(point, "db/a-empty")).isEqualTo("It is empty.");
        assertThat(reason(point, "db/b-nothing.gz")).contains("nothing but the frame");
        assertThat(reason(point, "db/c-cut.sql")).contains("cut off", "-- PostgreSQL database dump complete");
        assertThat(reason(point, "db/d.html")).contains("an HTML page", "pg-dump");
        assertThat(reason(point, "db/e.xml")).contains("XML of an S3 error");
        assertThat(reason(point, "db/f.zip")).contains("declare `format: odoo-zip`");
        assertThat(reason(point, "db/g.tar")).contains("declare `format: tar`");
        assertThat(reason(point, "db/h.dump.partial")).contains("not finished", ".partial");
        assertThat(reason(point, "db/i.dump.sha256")).startsWith("Wrong name");
        assertThat(reason(point, "db/j.dump")).contains("01 02 03 04");
        assertThat(reason(point, "db/k.tar")).contains("cut off", "end a tar");
        assertThat(reason(point, "db/l.sql")).contains("pg_dumpall");
    }

    @Test
    void takes_each_form_that_pg_dump_writes() throws Exception {
        LocalDateTime started = LocalDateTime.of(2026, 11, 20, 2, 0);
        List<byte[]> forms = List.of(
                Dumps.custom(started),
                Dumps.gzip(Dumps.custom(started)),
                directory(),
                Dumps.gzip(directory()),
                Dumps.bytes(Dumps.plain("2026-11-20 02:00:00 UTC")),
                Dumps.gzip(Dumps.bytes(Dumps.plain("2026-11-20 02:00:00 UTC"))));
        for (byte[] form : forms) {
            estate.put("db/one", form, "2026-11-20T03:00:00Z");
            assertThat(database(choose(DATABASE)).claimed().at()).hasValue(Instant.parse("2026-11-20T02:00:00Z"));
        }
    }

    @Test
    void goes_by_the_pattern_for_names() throws Exception {
        dump("db/acme-1.dump", "2026-11-19T02:00:00Z", "2026-11-19T03:00:00Z");
        dump("db/other-1.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");

        RecoveryPoint point = choose(Estate.named(DATABASE, "acme-?.*"));

        assertThat(database(point).object().key()).isEqualTo("db/acme-1.dump");
        assertThat(reason(point, "db/other-1.dump")).isEqualTo("Wrong name: `name: acme-?.*` is asked for.");
        assertThat(problemOf(Estate.named(DATABASE, "none-*")).toString())
                .contains("none of the 2 objects has the right name", "db/");
    }

    @Test
    void passes_over_what_is_from_after_the_disaster() throws Exception {
        dump("db/before.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        dump("db/after.dump", "2026-11-21T02:00:00Z", "2026-11-21T03:00:00Z");

        RecoveryPoint point = choose(DATABASE);

        assertThat(database(point).object().key()).isEqualTo("db/before.dump");
        assertThat(reason(point, "db/after.dump")).startsWith("From after the disaster instant 2026-11-21T00:00:00Z");
        assertThatThrownBy(() -> estate.vaults.choose(Estate.request("2026-11-01T00:00:00Z", DATABASE), Estate.SEED))
                .isInstanceOfSatisfying(
                        BadBackup.class,
                        bad -> assertThat(bad.problem().toString())
                                .contains("None of the 2 candidates", "db/after.dump", "From after the disaster"));
    }

    @Test
    void says_of_a_dump_that_was_stored_after_the_disaster_that_it_was() throws Exception {
        dump("db/one.dump", "2026-11-20T23:30:00Z", "2026-11-21T00:30:00Z");
        assertThat(reason(choose(DATABASE), "db/one.dump")).startsWith("Chosen").contains("only after the disaster");
    }

    @Test
    void does_not_believe_a_header_that_is_younger_than_its_object() throws Exception {
        dump("db/tokyo.dump", "2026-11-20T11:00:00Z", "2026-11-20T03:00:00Z");

        RecoveryPoint wrong = choose(DATABASE);
        RecoveryPoint right = choose(Estate.inZone(DATABASE, "Asia/Tokyo"));

        assertThat(database(wrong).claimed().at()).isEmpty();
        assertThat(database(wrong).claimed().formula())
                .contains("impossible", "2026-11-20T11:00:00Z", "2026-11-20T03:00:00Z", "set `zone:`");
        assertThat(reason(wrong, "db/tokyo.dump")).contains("impossible");
        assertThat(database(right).claimed().at()).hasValue(Instant.parse("2026-11-20T02:00:00Z"));
        assertThat(reason(right, "db/tokyo.dump")).doesNotContain("impossible");
    }

    @Test
    void takes_the_filestore_that_was_copied_soonest_after_the_dump() throws Exception {
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        tar("files/2026-11-18T20-30-00Z.tar");
        tar("files/2026-11-20T01-00-00Z.tar");
        tar("files/2026-11-20T02-00-12Z.tar");
        tar("files/2026-11-20T05-00-00Z.tar");

        RecoveryPoint point = choose(DATABASE, FILESTORE);

        assertThat(chosen(point, Asset.FILESTORE)).isEqualTo("files/2026-11-20T02-00-12Z.tar");
        assertThat(reason(point, "files/2026-11-20T02-00-12Z.tar")).contains("12 s after it");
        assertThat(reason(point, "files/2026-11-20T01-00-00Z.tar"))
                .isEqualTo("Not the one that belongs to the database's backup: 1 h before it.");
        assertThat(reason(point, "files/2026-11-18T20-30-00Z.tar")).contains("1 d 5 h before it");
        assertThat(reason(point, "files/2026-11-20T05-00-00Z.tar")).contains("3 h after it");
    }

    @Test
    void takes_an_earlier_filestore_when_none_was_copied_on_the_day_after_the_dump() throws Exception {
        dump("db/one.dump", "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z");
        tar("files/2026-11-18T01-00-00Z.tar");
        tar("files/2026-11-20T05-00-00Z.tar");

        RecoveryPoint point = choose(DATABASE, FILESTORE);

        assertThat(chosen(point, Asset.FILESTORE)).isEqualTo("files/2026-11-18T01-00-00Z.tar");
        assertThat(reason(point, "files/2026-11-18T01-00-00Z.tar")).contains("1 h before it");
    }

    @Test
    void says_beside_which_backups_a_digest_lies_and_takes_no_digest_for_a_backup() throws Exception {
        dump("db/one.dump", "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z");
        dump("db/two.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        dump("db/sub/three.dump", "2026-11-17T02:00:00Z", "2026-11-17T03:00:00Z");
        for (String name : List.of("two.dump.sha256", "two.dump.md5", "two.dump.sha512sum", "sub/SHA256SUMS")) {
            estate.put("db/" + name, "0123", "2026-11-20T04:00:00Z");
        }

        RecoveryPoint point = choose(DATABASE);

        assertThat(point.candidates()).filteredOn(Candidate::complete).hasSize(3);
        assertThat(reason(point, "db/two.dump"))
                .endsWith(" Its digest lies beside it: two.dump.md5, two.dump.sha256, two.dump.sha512sum.");
        assertThat(reason(point, "db/sub/three.dump")).endsWith(" Its digest may stand in SHA256SUMS.");
        assertThat(reason(point, "db/one.dump")).isEqualTo("Older than the chosen one.");
        assertThat(reason(point, "db/sub/SHA256SUMS")).startsWith("Wrong name: it accompanies a backup");
        assertThat(reason(point, "db/two.dump.sha512sum")).startsWith("Wrong name: it accompanies a backup");
    }

    @Test
    void chooses_the_oldest_however_late_it_was_stored() throws Exception {
        dump("db/broken.dump", "2026-10-01T02:00:00Z", "2026-10-01T03:00:00Z");
        estate.put("db/broken.dump", "", "2026-10-01T03:00:00Z");
        dump("db/copied.dump", "2026-11-01T02:00:00Z", "2026-11-20T23:00:00Z");
        for (int day = 10; day < 10 + Workers.COUNT; day++) {
            dump("db/" + day, "2026-11-02T02:00:" + day + "Z", "2026-11-02T03:00:00Z");
        }

        RecoveryPoint point = choose(Estate.selecting(Selection.OLDEST, DATABASE));

        assertThat(chosen(point, Asset.DATABASE)).isEqualTo("db/copied.dump");
        assertThat(reason(point, "db/copied.dump")).startsWith("Chosen: the oldest complete backup");
        assertThat(reason(point, "db/10")).isEqualTo("Newer than the chosen one.");
        assertThat(reason(point, "db/broken.dump")).isEqualTo("It is empty.");
    }

    @Test
    void draws_the_same_backup_with_the_same_seed_and_each_one_with_some_seed() throws Exception {
        BackupSource source = Estate.selecting(Selection.RANDOM, DATABASE);
        for (int day = 10; day < 16; day++) {
            dump("db/" + day, "2026-11-" + day + "T02:00:00Z", "2026-11-" + day + "T03:00:00Z");
        }
        dump("db/after", "2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z");
        estate.put("db/broken", "", "2026-11-15T03:00:00Z");
        Set<String> drawn = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            String seed = "odoo-monthly-" + i;
            String key = chosen(estate.vaults.choose(Estate.request(DISASTER, source), seed), Asset.DATABASE);
            assertThat(chosen(estate.vaults.choose(Estate.request(DISASTER, source), seed), Asset.DATABASE))
                    .isEqualTo(key);
            drawn.add(key);
        }
        assertThat(drawn).containsExactly("db/10", "db/11", "db/12", "db/13", "db/14", "db/15");
    }

    @Test
    void says_by_which_seed_a_backup_was_drawn_so_that_others_can_draw_it_again() throws Exception {
        for (String key : List.of("db/one", "db/two", "db/three")) {
            dump(key, "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        }

        RecoveryPoint point = choose(Estate.selecting(Selection.RANDOM, DATABASE));

        // printf '%s %s' a-drill db/two | sha256sum
        assertThat(chosen(point, Asset.DATABASE)).isEqualTo("db/two");
        assertThat(reason(point, "db/two")).startsWith("Chosen: drawn by seed a-drill;");
        assertThat(reason(point, "db/one")).isEqualTo("Not the one that seed a-drill draws.");
    }

    @Test
    void matches_the_filestore_to_the_database_that_was_chosen_by_another_rule() throws Exception {
        dump("db/one", "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z");
        dump("db/two", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        tar("files/2026-11-18T02-00-12Z.tar");
        tar("files/2026-11-20T02-00-12Z.tar");

        RecoveryPoint point = choose(Estate.selecting(Selection.OLDEST, DATABASE), FILESTORE);

        assertThat(chosen(point, Asset.FILESTORE)).isEqualTo("files/2026-11-18T02-00-12Z.tar");
    }

    @Test
    void passes_over_the_matching_filestore_that_is_cut_off() throws Exception {
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        estate.put("files/2026-11-20T02-00-12Z.tar", cut(Dumps.filestore()), "2026-11-20T03:00:00Z");
        tar("files/2026-11-20T05-00-00Z.tar");

        RecoveryPoint point = choose(DATABASE, FILESTORE);

        assertThat(chosen(point, Asset.FILESTORE)).isEqualTo("files/2026-11-20T05-00-00Z.tar");
        assertThat(reason(point, "files/2026-11-20T02-00-12Z.tar")).contains("cut off");
    }

    @Test
    void lets_the_time_of_storing_count_for_a_tar_that_names_no_time() throws Exception {
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        estate.put("files/files.tar", Dumps.filestore(), "2026-11-20T04:00:00Z");

        RecoveryPoint point = choose(DATABASE, FILESTORE);

        Backup filestore = Objects.requireNonNull(point.backups().get(Asset.FILESTORE));
        assertThat(filestore.claimed().at()).isEmpty();
        assertThat(filestore.claimed().formula()).contains("it was there at 2026-11-20T04:00:00Z");
        assertThat(reason(point, "files/files.tar")).contains("2 h after it", "at which it was stored counts");
    }

    @Test
    void takes_one_that_claims_no_instant_and_was_stored_late_only_when_it_is_asked_for() throws Exception {
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        estate.put("files/files.tar", Dumps.filestore(), "2026-11-22T04:00:00Z");

        assertThatThrownBy(() -> choose(DATABASE, FILESTORE))
                .isInstanceOfSatisfying(
                        BadBackup.class,
                        bad -> assertThat(bad.problem().remedy())
                                .contains("--backup filestore=files/files.tar")
                                .doesNotContain("Run the backup job again"));
        RecoveryPoint point = estate.vaults.choose(
                Estate.request(DISASTER, Map.of(Asset.FILESTORE, "files/files.tar"), DATABASE, FILESTORE), Estate.SEED);
        assertThat(chosen(point, Asset.FILESTORE)).isEqualTo("files/files.tar");
        assertThat(reason(point, "files/files.tar"))
                .contains("asked for by name", "claims no instant", "only after the disaster instant");
    }

    @Test
    void reads_an_odoo_zip_for_database_and_filestore() throws Exception {
        LocalDateTime manifest = LocalDateTime.of(2026, 11, 20, 2, 0, 2);
        estate.put("db/acme.zip", Dumps.odooZip(manifest.plusSeconds(40), manifest), "2026-11-20T03:00:00Z");
        estate.put("db/cut.zip", cut(Dumps.odooZip(manifest, manifest)), "2026-11-20T04:00:00Z");
        estate.put("db/photos.zip", Dumps.zip(Map.of("one.png", manifest)), "2026-11-20T04:00:00Z");
        estate.put("db/a.dump", Dumps.custom(manifest), "2026-11-20T04:00:00Z");

        RecoveryPoint point =
                choose(Estate.inZone(ODOO, "Europe/Berlin"), Estate.within(Asset.FILESTORE, Asset.DATABASE));

        assertThat(database(point).claimed().at()).hasValue(Instant.parse("2026-11-20T01:00:02Z"));
        assertThat(database(point).claimed().formula()).contains("manifest.json", "Europe/Berlin");
        assertThat(point.backups().get(Asset.FILESTORE)).isNotNull().satisfies(within -> {
            assertThat(within.object()).isEqualTo(database(point).object());
            assertThat(within.source().asset()).isEqualTo(Asset.FILESTORE);
        });
        assertThat(reason(point, "db/cut.zip")).contains("central directory");
        assertThat(reason(point, "db/photos.zip")).contains("without dump.sql");
        assertThat(reason(point, "db/a.dump")).contains("declare `format: pg-dump`");
    }

    @Test
    void takes_the_backup_that_is_asked_for_by_name_or_key() throws Exception {
        dump("db/one.dump", "2026-11-19T02:00:00Z", "2026-11-19T03:00:00Z");
        dump("db/two.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        dump("db/old/two.dump", "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z");
        dump("db/late.dump", "2026-11-21T02:00:00Z", "2026-11-21T03:00:00Z");

        RecoveryPoint point = named("one.dump");
        assertThat(chosen(point, Asset.DATABASE)).isEqualTo("db/one.dump");
        assertThat(reason(point, "db/one.dump")).isEqualTo("Chosen: it was asked for by name.");
        assertThat(reason(point, "db/two.dump")).isEqualTo("Not the one that was asked for by name.");
        assertThat(chosen(named("db/old/two.dump"), Asset.DATABASE)).isEqualTo("db/old/two.dump");

        assertThat(couldNotRun(() -> named("two.dump")).toString())
                .contains("belongs to 2 objects", "--backup database=db/");
        assertThat(couldNotRun(() -> named("nine.dump")).toString())
                .contains("No object named nine.dump", "muster backups runbooks/odoo-monthly.yaml");
        assertThat(couldNotRun(() -> named("late.dump")).toString()).contains("after the disaster", "--at");
    }

    @Test
    void calls_it_a_bad_backup_when_none_of_the_candidates_can_be_restored() throws Exception {
        estate.put("db/one.dump", "", "2026-11-20T03:00:00Z");
        assertThatThrownBy(() -> choose(DATABASE))
                .isInstanceOfSatisfying(
                        BadBackup.class,
                        bad -> assertThat(bad.problem().toString())
                                .contains(
                                        "The only candidate for the database cannot be restored",
                                        "db/one.dump: It is empty."));
    }

    @Test
    void could_not_run_when_nothing_lies_under_the_prefix() {
        Problem problem = problemOf(DATABASE);
        assertThat(problem.what()).contains("nothing lies under the prefix");
        assertThat(problem.where()).isEqualTo("s3://acme/db/ of vault primary");
        assertThat(problem.remedy()).contains("runbooks/odoo-monthly.yaml");
    }

    @Test
    void finds_the_newest_of_more_objects_than_a_page_of_the_listing_holds() throws Exception {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 1200; i++) {
            Instant started = first.plusSeconds(3600L * i);
            dump(
                    "db/%04d.dump".formatted(1200 - i),
                    started.toString(),
                    started.plusSeconds(60).toString());
        }

        RecoveryPoint point = choose(DATABASE);

        assertThat(chosen(point, Asset.DATABASE)).isEqualTo("db/0001.dump");
        assertThat(point.candidates()).hasSize(1200);
        assertThat(reason(point, "db/1200.dump"))
                .startsWith("Older than the chosen one.")
                .contains("not looked into");
    }

    @Test
    void knows_the_version_of_what_it_chose() throws Exception {
        estate.server.keepVersions(Estate.BUCKET);
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        assertThat(database(choose(DATABASE)).object().version()).isPresent();
    }

    @Test
    void judges_for_a_mere_look_without_failing() throws Exception {
        dump("db/one.dump", "2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z");
        estate.put("db/two.dump", "", "2026-11-20T04:00:00Z");
        assertThat(estate.vaults.states(Estate.request(DISASTER, DATABASE, FILESTORE), Estate.SEED))
                .flatExtracting(VaultState::candidates)
                .extracting(one -> one.object().key(), Candidate::chosen)
                .containsExactly(tuple("db/two.dump", false), tuple("db/one.dump", true));
    }

    private static byte[] directory() {
        return Dumps.tar(
                Map.of("toc.dat", Dumps.archive(14, 3, LocalDateTime.of(2026, 11, 20, 2, 0), false, "15.18", "15.18")));
    }

    private static byte[] cut(byte[] whole) {
        // A tar made by Java ends with more than the two blocks that must be there.
        int end = whole.length;
        while (whole[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(whole, end);
    }

    private void dump(String key, String started, String stored) throws Exception {
        estate.put(key, Dumps.custom(Dumps.local(started)), stored);
    }

    private void tar(String key) throws Exception {
        estate.put(key, Dumps.filestore(), "2026-11-20T20:00:00Z");
    }

    private RecoveryPoint choose(BackupSource... sources) throws Exception {
        return estate.vaults.choose(Estate.request(DISASTER, sources), Estate.SEED);
    }

    private RecoveryPoint named(String name) throws Exception {
        return estate.vaults.choose(Estate.request(DISASTER, Map.of(Asset.DATABASE, name), DATABASE), Estate.SEED);
    }

    private Problem problemOf(BackupSource source) {
        return couldNotRun(() -> choose(source));
    }

    private static Problem couldNotRun(ThrowingCallable work) {
        return catchThrowableOfType(CouldNotRun.class, work).problem();
    }

    private static Backup database(RecoveryPoint point) {
        return Objects.requireNonNull(point.backups().get(Asset.DATABASE));
    }

    private static String chosen(RecoveryPoint point, Asset asset) {
        return Objects.requireNonNull(point.backups().get(asset)).object().key();
    }

    private static String reason(RecoveryPoint point, String key) {
        return point.candidates().stream()
                .filter(one -> one.object().key().equals(key))
                .findFirst()
                .orElseThrow()
                .reason();
    }
}
