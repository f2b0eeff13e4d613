package dev.muster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Finding;
import dev.muster.drill.OnFailure;
import dev.muster.drill.OpensslCipher;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.Secret;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.VaultState;
import dev.muster.drill.Verdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultHealthTest {
    private static final String NOW = "2026-11-21T12:00:00Z";
    private static final Promises NOTHING = Promises.NONE;

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
    void the_newest_complete_backup_is_held_to_how_often_one_was_promised() throws Exception {
        night(20);
        night(21);
        estate.put("db/failed.dump", "", "2026-11-21T11:00:00Z");

        VaultAnswer fresh = answer(VaultQuestion.FRESHNESS, every("24h"));
        assertThat(fresh.verdict()).contains(Verdict.PASSED);
        assertThat(fresh.observations()).containsEntry("its age", "10 h");
        assertThat(fresh.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.MINOR);
            assertThat(finding.problem().toString()).contains("db/failed.dump", "It is empty");
        });

        VaultAnswer stale = answer(VaultQuestion.FRESHNESS, every("9h"));
        assertThat(stale.verdict()).contains(Verdict.FAILED);
        assertThat(problem(stale).toString()).contains("is 10 h old", "every 9 h", "s3://acme/db/night-21.dump");
        assertThat(answer(VaultQuestion.FRESHNESS, NOTHING).verdict()).isEmpty();
    }

    @Test
    void without_any_complete_backup_freshness_and_retention_fail_and_the_rest_is_unknown() throws Exception {
        estate.put("db/failed.dump", "", "2026-11-21T11:00:00Z");

        Promises promises = new Promises(
                Optional.of(Duration.ofHours(24)),
                OptionalInt.of(2),
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                Optional.empty());
        assertThat(answer(VaultQuestion.FRESHNESS, promises).verdict()).contains(Verdict.FAILED);
        assertThat(answer(VaultQuestion.SEQUENCE, promises).verdict()).contains(Verdict.FAILED);
        assertThat(answer(VaultQuestion.RETENTION, promises).verdict()).contains(Verdict.FAILED);
        assertThat(answer(VaultQuestion.ENCRYPTION, promises).verdict()).contains(Verdict.COULD_NOT_RUN);
    }

    @Test
    void a_night_without_a_backup_is_named_and_is_the_worst_loss() throws Exception {
        for (int day : List.of(16, 17, 19, 20, 21)) {
            night(day);
        }

        VaultState state = state(every("24h"));
        VaultAnswer sequence = answer(VaultQuestion.SEQUENCE, state);
        assertThat(sequence.verdict()).contains(Verdict.FAILED);
        assertThat(problem(sequence).what())
                .endsWith("none for 2 d, from 2026-11-17T02:00:00Z to 2026-11-19T02:00:00Z");
        assertThat(state.worstLoss().orElseThrow().length()).isEqualTo(Duration.ofDays(2));
        assertThat(state.gaps()).hasSize(1);

        assertThat(answer(VaultQuestion.SEQUENCE, every("2d")).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void gaps_among_more_backups_than_were_promised_to_be_kept_do_not_count() throws Exception {
        for (int day : List.of(1, 8, 19, 20, 21)) {
            night(day);
        }

        assertThat(answer(VaultQuestion.SEQUENCE, keeping("24h", 3, Optional.empty()))
                        .verdict())
                .contains(Verdict.PASSED);
        assertThat(answer(VaultQuestion.SEQUENCE, keeping("24h", 4, Optional.empty()))
                        .verdict())
                .contains(Verdict.FAILED);
    }

    @Test
    void a_backup_of_half_the_usual_size_speaks() throws Exception {
        for (int day = 14; day <= 20; day++) {
            night(day, 10_000 + day * 10);
        }
        night(21, 10_100);
        assertThat(answer(VaultQuestion.SIZES, every("24h")).verdict()).contains(Verdict.PASSED);

        night(21, 3_000);
        VaultAnswer small = answer(VaultQuestion.SIZES, every("24h"));
        assertThat(small.verdict()).contains(Verdict.FAILED);
        assertThat(problem(small).toString()).contains("are usual", "--backup database=db/night-20.dump");

        night(21, 40_000);
        assertThat(answer(VaultQuestion.SIZES, every("24h")).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().what()).contains("more than twice as large"));
    }

    @Test
    void sizes_that_vary_widely_or_are_few_give_no_alarm() throws Exception {
        night(19, 10_000);
        night(20, 10_000);
        night(21, 1_000);
        assertThat(answer(VaultQuestion.SIZES, every("24h")).verdict()).isEmpty();

        for (int day = 11; day <= 20; day++) {
            night(day, day % 2 == 0 ? 2_000 : 20_000);
        }
        night(21, 3_000);
        assertThat(answer(VaultQuestion.SIZES, every("24h")).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void too_few_and_too_old_break_what_was_promised_to_be_kept() throws Exception {
        for (int day : List.of(1, 19, 20, 21)) {
            night(day);
        }

        assertThat(answer(VaultQuestion.RETENTION, keeping("24h", 4, Optional.of("30d")))
                        .verdict())
                .contains(Verdict.PASSED);
        assertThat(problem(answer(VaultQuestion.RETENTION, keeping("24h", 5, Optional.empty())))
                        .what())
                .contains("there are 4 complete backups, and 5 were promised");
        assertThat(problem(answer(VaultQuestion.RETENTION, keeping("24h", 4, Optional.of("14d"))))
                        .toString())
                .contains("1 object of the database is older than the 14 d", "db/night-1.dump");
    }

    @Test
    void versioning_is_what_the_bucket_says() throws Exception {
        night(21);
        Promises versioned = asking(false, true, Optional.empty());

        VaultAnswer off = answer(VaultQuestion.VERSIONING, versioned);
        assertThat(off.verdict()).contains(Verdict.FAILED);
        assertThat(problem(off).what()).contains("keeps no versions");
        assertThat(answer(VaultQuestion.VERSIONING, NOTHING).verdict()).isEmpty();

        estate.server.keepVersions(Estate.BUCKET);
        assertThat(answer(VaultQuestion.VERSIONING, versioned).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void encryption_is_what_the_vault_says_of_each_object() throws Exception {
        night(20);
        night(21);
        Promises encrypted = asking(true, false, Optional.empty());
        try (FaultyLine line = new FaultyLine(estate.server.endpoint())) {
            assertThat(problem(answer(VaultQuestion.ENCRYPTION, state(line, encrypted)))
                            .what())
                    .contains("does not encrypt 2 of 2 objects");

            line.does((request, answer) -> request.startsWith("HEAD")
                    ? FaultyLine.with(answer, "x-amz-server-side-encryption: AES256")
                    : answer);
            VaultAnswer all = answer(VaultQuestion.ENCRYPTION, state(line, encrypted));
            assertThat(all.verdict()).contains(Verdict.PASSED);
            assertThat(all.observations()).containsEntry("AES256", "2 objects");

            line.does((request, answer) -> request.startsWith("HEAD") && request.contains("night-21")
                    ? FaultyLine.with(answer, "x-amz-server-side-encryption: AES256")
                    : answer);
            assertThat(problem(answer(VaultQuestion.ENCRYPTION, state(line, encrypted)))
                            .toString())
                    .contains("does not encrypt 1 of 2 objects", "night-20");
        }
    }

    @Test
    void locks_last_as_long_as_was_promised_or_the_object_is_named() throws Exception {
        night(20);
        night(21);
        Promises immutable = asking(false, false, Optional.of(Duration.ofDays(30)));
        try (FaultyLine line = new FaultyLine(estate.server.endpoint())) {
            line.does(locking("COMPLIANCE", "2026-12-20T02:30:00Z", "2026-12-21T02:30:00Z"));
            VaultState locked = state(line, immutable);
            assertThat(answer(VaultQuestion.LOCK, locked).verdict()).contains(Verdict.PASSED);
            assertThat(answer(VaultQuestion.LOCK, locked).observations())
                    .containsEntry("object lock of the bucket", "COMPLIANCE for 30 days")
                    .containsEntry("locked, COMPLIANCE", "2 of 2 objects");
            assertThat(locked.lockedUntil()).containsEntry("db/night-21.dump", Instant.parse("2026-12-21T02:30:00Z"));

            line.does(locking("GOVERNANCE", "2026-12-20T02:30:00Z", "2026-11-25T02:30:00Z"));
            VaultAnswer early = answer(VaultQuestion.LOCK, state(line, immutable));
            assertThat(early.verdict()).contains(Verdict.FAILED);
            assertThat(problem(early).toString())
                    .contains("1 of 2 objects", "night-21.dump", "is locked until 2026-11-25T02:30:00Z");
            assertThat(early.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem().what()).contains("governance mode"));

            line.does(locking("COMPLIANCE", "2026-12-20T02:30:00Z", ""));
            assertThat(problem(answer(VaultQuestion.LOCK, state(line, immutable)))
                            .what())
                    .contains("is not locked");

            line.does((request, answer) ->
                    request.contains("?object-lock") ? error(404, "ObjectLockConfigurationNotFoundError") : answer);
            assertThat(problem(answer(VaultQuestion.LOCK, state(line, immutable)))
                            .what())
                    .contains("has no object lock");
            assertThat(answer(VaultQuestion.LOCK, state(line, NOTHING)).verdict())
                    .isEmpty();
        }
    }

    @Test
    void a_question_that_is_forbidden_or_not_understood_is_never_taken_for_a_no() throws Exception {
        night(21);
        Promises all = asking(true, true, Optional.of(Duration.ofDays(30)));
        try (FaultyLine line = new FaultyLine(estate.server.endpoint())) {
            line.does((request, answer) -> request.startsWith("HEAD") || request.contains("?")
                    ? request.contains("list-type") ? answer : error(403, "AccessDenied")
                    : answer);
            VaultState forbidden = state(line, all);
            assertThat(answer(VaultQuestion.LOCK, forbidden).verdict()).contains(Verdict.COULD_NOT_RUN);
            assertThat(problem(answer(VaultQuestion.LOCK, forbidden)).remedy())
                    .contains("s3:GetBucketObjectLockConfiguration");
            assertThat(problem(answer(VaultQuestion.VERSIONING, forbidden)).remedy())
                    .contains("s3:GetBucketVersioning");
            assertThat(answer(VaultQuestion.ENCRYPTION, forbidden).verdict()).contains(Verdict.COULD_NOT_RUN);

            line.does((request, answer) -> request.contains("?object-lock") || request.contains("?versioning")
                    ? error(501, "NotImplemented")
                    : answer);
            VaultState unknown = state(line, all);
            assertThat(problem(answer(VaultQuestion.LOCK, unknown)).what())
                    .contains("does not know the question for its object lock", "501 NotImplemented");
            assertThat(answer(VaultQuestion.VERSIONING, unknown).verdict()).contains(Verdict.COULD_NOT_RUN);
            VaultAnswer notPromised = answer(VaultQuestion.VERSIONING, state(line, NOTHING));
            assertThat(notPromised.verdict()).isEmpty();
            assertThat(notPromised.observations()).containsKey("could not be asked");
        }
    }

    @Test
    void a_replica_has_the_same_objects_with_the_same_bytes() throws Exception {
        night(19);
        night(20);
        try (EmbeddedS3 second = EmbeddedS3.inMemory(Estate.ACCESS_KEY, new Secret(Estate.SECRET_KEY))) {
            second.createBucket(Estate.BUCKET);
            second.put(Estate.BUCKET, "copy/night-19.dump", dump(19, 100));
            second.put(Estate.BUCKET, "copy/night-20.dump", dump(20, 100));
            second.put(Estate.BUCKET, "copy/of-another", new byte[1]);
            assertThat(answer(VaultQuestion.REPLICA, replicated(second)).verdict())
                    .contains(Verdict.PASSED);

            estate.put("db/late.dump", dump(21, 100), "2026-11-21T11:30:00Z");
            VaultAnswer onItsWay = answer(VaultQuestion.REPLICA, replicated(second));
            assertThat(onItsWay.verdict()).contains(Verdict.PASSED);
            assertThat(onItsWay.observations()).containsEntry("stored within the last hour, may be on its way", "1");

            night(18);
            second.put(Estate.BUCKET, "copy/night-20.dump", dump(13, 100));
            second.put(Estate.BUCKET, "copy/night-19.dump", dump(19, 99));
            VaultAnswer differs = answer(VaultQuestion.REPLICA, replicated(second));
            assertThat(differs.verdict()).contains(Verdict.FAILED);
            assertThat(problem(differs).toString())
                    .contains("1 missing there: night-18.dump", "2 different there", "night-19.dump", "night-20.dump");
        }
    }

    @Test
    void what_lies_within_another_asset_is_asked_with_that_one() throws Exception {
        estate.put(
                "db/a.zip",
                Dumps.odooZip(LocalDateTime.of(2026, 11, 21, 2, 0), LocalDateTime.of(2026, 11, 21, 2, 0)),
                "2026-11-21T02:30:00Z");
        List<VaultState> states = estate.vaults.states(
                Estate.request(
                        NOW,
                        Estate.source(Asset.DATABASE, BackupFormat.ODOO_ZIP, "db/"),
                        Estate.within(Asset.FILESTORE, Asset.DATABASE)),
                Estate.SEED);

        assertThat(states).extracting(state -> state.answers().size()).containsExactly(9, 0);
    }

    private static FaultyLine.Fault locking(String mode, String night20, String night21) {
        return (request, answer) -> {
            if (request.contains("?object-lock")) {
                return xml(
                        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
                                + "<Mode>" + mode
                                + "</Mode><Days>30</Days></DefaultRetention></Rule></ObjectLockConfiguration>");
            }
            if (request.contains("?retention")) {
                String until = request.contains("night-20") ? night20 : night21;
                return until.isEmpty()
                        ? error(404, "NoSuchObjectLockConfiguration")
                        : xml("<Retention><Mode>" + mode + "</Mode><RetainUntilDate>" + until
                                + "</RetainUntilDate></Retention>");
            }
            return answer;
        };
    }

    private static byte[] xml(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] error(int status, String code) {
        String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        return ("HTTP/1.1 " + status + " No\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void night(int day) throws Exception {
        night(day, 100);
    }

    private void night(int day, int size) throws Exception {
        estate.put("db/night-" + day + ".dump", dump(day, size), "2026-11-%02dT02:30:00Z".formatted(day));
    }

    private static byte[] dump(int day, int more) throws Exception {
        byte[] header = Dumps.custom(LocalDateTime.of(2026, 11, day, 2, 0));
        byte[] whole = new byte[header.length + more];
        System.arraycopy(header, 0, whole, 0, header.length);
        return whole;
    }

    private static Promises every(String length) {
        return new Promises(
                Optional.of(duration(length)),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private static Promises keeping(String every, int keep, Optional<String> longest) {
        return new Promises(
                Optional.of(duration(every)),
                OptionalInt.of(keep),
                longest.map(VaultHealthTest::duration),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private static Promises asking(boolean encrypted, boolean versioned, Optional<Duration> immutable) {
        return new Promises(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                immutable,
                encrypted,
                versioned,
                Optional.empty());
    }

    private static Duration duration(String text) {
        return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
    }

    private VaultAnswer answer(VaultQuestion question, Promises promises) throws Exception {
        return answer(question, state(promises));
    }

    private static VaultAnswer answer(VaultQuestion question, VaultState state) {
        return state.answers().stream()
                .filter(one -> one.question() == question)
                .findFirst()
                .orElseThrow();
    }

    private static Problem problem(VaultAnswer answer) {
        return answer.problem().orElseThrow(() -> new AssertionError("nothing wrong: " + answer));
    }

    private VaultState state(Promises promises) throws Exception {
        return state(estate.vaults, promises);
    }

    private static VaultState state(FaultyLine line, Promises promises) throws Exception {
        try (Vaults vaults = Estate.at(line.endpoint())) {
            return state(vaults, promises);
        }
    }

    private VaultState replicated(EmbeddedS3 second) throws Exception {
        Promises promises = new Promises(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.of(new Promises.Replica("secondary", "copy/")));
        try (Vaults vaults = new Vaults(
                List.of(Estate.settings(estate.server.endpoint()), secondary(second.endpoint())),
                Secret::new,
                Clock.systemUTC(),
                Estate.SHORT)) {
            return state(vaults, promises);
        }
    }

    private static VaultSettings secondary(URI endpoint) {
        VaultSettings like = Estate.settings(endpoint);
        return new VaultSettings(
                "secondary",
                like.endpoint(),
                like.region(),
                like.bucket(),
                like.pathStyle(),
                like.accessKey(),
                like.secretKey());
    }

    private static VaultState state(Vaults vaults, Promises promises) throws Exception {
        BackupSource plain = Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/");
        BackupSource source = new BackupSource(
                plain.asset(),
                plain.vault(),
                plain.format(),
                plain.prefix(),
                plain.name(),
                plain.select(),
                plain.zone(),
                plain.within(),
                plain.log(),
                plain.stanza(),
                plain.key(),
                OpensslCipher.USUAL,
                promises,
                OnFailure.STOP);
        return vaults.states(Estate.request(NOW, source), Estate.SEED).get(0);
    }
}
