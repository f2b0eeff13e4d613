package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a schema cannot say is looked at as well: each test breaks a sound runbook in one place. */
class RulesTest {
    @TempDir
    Path folder;

    private RunbookFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void a_sound_runbook_has_no_faults() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND)).isEmpty();
    }

    @Test
    void a_vault_that_the_settings_do_not_name_is_refused() throws IOException {
        broken(
                "vault: primary",
                "vault: primry",
                "8:22: `backups.database.vault` is `primry`, which is no vault in the settings."
                        + " Did you mean `primary`? Known here: archive, primary.");
    }

    @Test
    void without_any_vault_the_reader_learns_where_to_describe_one() throws IOException {
        RunbookText text = new RunbookReader(Set.of(), Map.of("database-integrity", Set.of()))
                .read(fixture.file(RunbookFixture.SOUND), Map.of());
        assertThat(text.misprints()).singleElement().asString().endsWith("describe it under `vaults:` in muster.yaml.");
    }

    @Test
    void the_restore_of_an_asset_without_backups_is_refused() throws IOException {
        broken(
                "  - check",
                "  - restore: filestore\n  - check",
                "12:14: The filestore is restored, but has no entry in `backups`."
                        + " Describe `backups.filestore`, or remove this step.");
    }

    @Test
    void a_repository_of_pgbackrest_has_a_stanza_and_nothing_else_has_one() throws IOException {
        broken(
                "format: pg-dump",
                "format: pgbackrest",
                "8:39: `backups.database` lacks the stanza of the repository."
                        + " Add `stanza: NAME`, as pgbackrest.conf on the server names it in brackets.");
        broken(
                "format: pg-dump",
                "format: pg-dump, stanza: odoo",
                "8:56: Only a repository of pgBackRest has stanzas."
                        + " Remove `stanza`, or say `format: pgbackrest` if that is what the backups are.");
    }

    @Test
    void baselines_lie_in_a_vault_of_the_settings_and_never_among_backups() throws IOException {
        String sound =
                "baseline: { vault: primary, prefix: baselines/, tolerances: { \"*\": { lose: 0.5% }, log_line: any } }";
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("scratch:", sound + "\nscratch:")))
                .isEmpty();
        broken(
                "scratch:",
                "baseline: { vault: primry, prefix: baselines/ }\nscratch:",
                "9:20: `baseline.vault` is `primry`, which is no vault in the settings."
                        + " Did you mean `primary`? Known here: archive, primary.");
        for (String among : List.of("db/", "db/baselines/")) {
            broken(
                    "scratch:",
                    "baseline: { vault: primary, prefix: " + among + " }\nscratch:",
                    "9:37: Baselines would lie among the backups of the database, below `db/`. Give them a folder of"
                            + " their own, such as baselines/; nothing is ever written where backups are.");
        }
    }

    @Test
    void the_address_of_a_live_database_holds_no_password() throws IOException {
        String start = "baseline: { vault: primary, prefix: baselines/, database: \"";
        assertThat(fixture.faults(RunbookFixture.SOUND.replace(
                        "scratch:", start + "postgresql://reader:${env:READER}@db.example.com/shop\" }\nscratch:")))
                .isEmpty();
        assertThat(fixture.faults(RunbookFixture.SOUND.replace(
                        "scratch:", start + "postgresql://reader:open@db.example.com/shop\" }\nscratch:")))
                .singleElement()
                .asString()
                .contains("`baseline.database` holds a password", "${secret:NAME}")
                .doesNotContain("open@");
    }

    @Test
    void what_is_asked_of_a_database_stands_beside_its_checks() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND
                        + "    identity: { sql: select 1, is: [one, two] }\n    shrinking: { lose: 20%, slack: 0 }\n"
                        + "    roles: [odoo]\n"))
                .isEmpty();
        broken(
                "  - check: database-integrity",
                "  - check: database-integrity\n    without: { right-system: \"One tenant.\" }\n"
                        + "    identity: { sql: select 1, is: one }",
                "14:15: `identity` is for the check `right-system`, which this step does not ask."
                        + " Put `identity` beside `check: database-integrity`, and leave `right-system` in.");
    }

    @Test
    void a_backup_that_is_never_restored_is_refused() throws IOException {
        broken(
                "scratch:",
                "  filestore: { vault: primary, format: tar, prefix: f/ }\nscratch:",
                "9:14: The backup of the filestore is never restored."
                        + " Add the step `restore: filestore`, or remove `backups.filestore`.");
    }

    @Test
    void an_asset_that_is_restored_twice_is_refused() throws IOException {
        broken(
                "  - check",
                "  - restore: database\n  - check",
                "12:14: The database is restored twice. Remove one of the two steps.");
    }

    @Test
    void within_names_an_asset_that_is_there_and_holds_this_one() throws IOException {
        broken(
                "vault: primary, format: pg-dump, prefix: db/",
                "within: filestore",
                "8:23: `backups.database.within` is `filestore`, which has no entry in `backups`."
                        + " Describe `backups.filestore`, or say where the backups of the database lie.");
        broken(
                "vault: primary, format: pg-dump, prefix: db/",
                "within: database",
                "8:23: `backups.database` lies within itself. Name the asset whose backup holds this one too.");
        assertThat(fixture.faults(RunbookFixture.SOUND
                        .replace("scratch:", "  filestore: { within: database }\nscratch:")
                        .replace("  - check", "  - restore: filestore\n  - check")))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:9:24: The backup of the database does not hold the filestore too.");
        assertThat(fixture.faults(RunbookFixture.SOUND
                        .replace("pg-dump", "odoo-zip")
                        .replace("scratch:", "  configuration: { within: database }\nscratch:")
                        .replace("  - check", "  - restore: configuration\n  - check")))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:9:28: The backup of the database does not hold the configuration too.");
    }

    @Test
    void a_replica_lies_in_another_vault_that_is_there() throws IOException {
        broken(
                "prefix: db/",
                "prefix: db/, promises: { replica: { vault: primary, prefix: db/ } }",
                "8:91: `backups.database.promises.replica.vault` is the vault that the backups themselves lie in."
                        + " A replica is in a vault of its own, best in another region or with another provider.");
        broken(
                "prefix: db/",
                "prefix: db/, promises: { replica: { vault: archiv, prefix: db/ } }",
                "8:91: `backups.database.promises.replica.vault` is `archiv`, which is no vault in the settings."
                        + " Did you mean `archive`? Known here: archive, primary.");
        assertThat(fixture.faults(RunbookFixture.SOUND.replace(
                        "prefix: db/", "prefix: db/, promises: { replica: { vault: archive, prefix: db/ } }")))
                .isEmpty();
    }

    @Test
    void only_from_the_newest_can_a_drill_walk_back() throws IOException {
        broken(
                "prefix: db/",
                "prefix: db/, select: oldest, onFailure: previous",
                "8:88: There is no previous backup of the database to walk back to from the oldest, or from one that is"
                        + " drawn. Write `onFailure: stop`, or select the newest.");
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("prefix: db/", "prefix: db/, onFailure: previous")))
                .isEmpty();
    }

    @Test
    void the_state_of_the_vault_is_asked_whatever_is_restored() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("steps:\n", "steps:\n  - check: vault-health\n")))
                .isEmpty();
    }

    @Test
    void matching_needs_a_database_to_match() throws IOException {
        broken(
                "prefix: db/",
                "prefix: db/, select: matching",
                "8:69: There is no other backup of a database that the database could match."
                        + " Write `select: newest`, or leave `select` out.");
    }

    @Test
    void proof_names_what_a_step_checks() throws IOException {
        String process = "processes: { sales: { proof: [%s] } }\nsteps:";
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("steps:", process.formatted("foreign-keys"))))
                .isEmpty();
        broken(
                "steps:",
                process.formatted("attachments-complete"),
                "10:31: `processes.sales.proof.0` is `attachments-complete`, which no step checks. Known here:"
                        + " as-the-baseline, as-the-last-drill, collations-match, constraints-hold, database-integrity,"
                        + " everything-readable, extensions-there, foreign-keys, heap-and-indexes, indexes-valid,"
                        + " right-system, roles-and-owners, row-counts, sequences-ahead.");
    }

    @Test
    void a_group_of_checks_that_is_not_known_is_refused() throws IOException {
        broken(
                "check: database-integrity",
                "check: database-integrety",
                "12:12: There is no group of checks called `database-integrety`."
                        + " Did you mean `database-integrity`? Known here: configuration-inventory, database-integrity,"
                        + " filestore-consistency, invariants, odoo-invariants, vault-health.");
    }

    @Test
    void a_check_comes_after_the_restore_of_what_it_needs() throws IOException {
        broken(
                "  - check: database-integrity",
                "  - check: filestore-consistency",
                "12:12: `check: filestore-consistency` comes before the filestore it needs. Put it after `restore: filestore`.");
        broken(
                "  - restore: database\n  - check: database-integrity\n",
                "  - together: [ { restore: database }, { check: database-integrity } ]\n",
                "11:49: `check: database-integrity` comes before the database it needs. Put it after `restore: database`.");
    }

    @Test
    void a_place_that_must_not_be_reached_has_a_host_and_a_port() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND
                        + "  - probe: isolation\n    mustNotReach: [erp.example.com:443, erp.example.com]\n"))
                .singleElement()
                .asString()
                .endsWith("`erp.example.com` names no place to connect to. Write host and port, such as"
                        + " erp.example.com:443 or smtp://mail.example.com:25.");
        assertThat(fixture.faults(RunbookFixture.SOUND + "  - probe: isolation\n"))
                .isEmpty();
    }

    @Test
    void nothing_is_neutralised_before_it_is_restored() throws IOException {
        broken(
                "  - restore: database",
                "  - neutralise: odoo\n  - restore: database",
                "11:17: Nothing can be neutralised before the database is restored. Put it after `restore: database`.");
        assertThat(fixture.faults(RunbookFixture.SOUND + "  - neutralise: odoo\n"))
                .isEmpty();
    }

    @Test
    void rows_are_counted_only_by_a_check_that_counts() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND + "    rows: { orders: 1 }\n"))
                .isEmpty();
        assertThat(fixture.faults(RunbookFixture.SOUND
                                .replace(
                                        "scratch:",
                                        "  filestore: { vault: primary, format: tar, prefix: f/ }\nscratch:")
                                .replace("check: database-integrity", "restore: filestore")
                        + "  - check: filestore-consistency\n    rows: { orders: 1 }\n"))
                .containsExactly("runbook.yaml:15:11: `check: filestore-consistency` counts no rows."
                        + " Put `rows` beside `check: database-integrity`.");
    }

    @Test
    void what_is_left_out_belongs_to_the_group_and_has_a_reason() throws IOException {
        String step = RunbookFixture.SOUND + "    without: { %s }\n";
        assertThat(fixture.faults(step.formatted("everything-readable: done each quarter")))
                .isEmpty();
        assertThat(fixture.faults(step.formatted("everything-readible: done each quarter")))
                .singleElement()
                .asString()
                .contains(
                        "`check: database-integrity` has no check called `everything-readible` to leave out",
                        "Did you mean `everything-readable`?");
        assertThat(fixture.faults(step.formatted("everything-readable: \" \"")))
                .singleElement()
                .asString()
                .contains("why the check is left out");
    }

    @Test
    void something_is_always_asked() throws IOException {
        String all = Checks.shipped(Clock.systemUTC()).groups().getOrDefault("database-integrity", Set.of()).stream()
                .map(check -> check + ": too slow")
                .collect(Collectors.joining(", "));
        assertThat(fixture.faults(RunbookFixture.SOUND + "    without: { " + all + " }\n"))
                .singleElement()
                .asString()
                .contains("Every check of `database-integrity` is left out");
        assertThat(fixture.faults(
                        RunbookFixture.SOUND + "  - check: vault-health\n    without: { vault-lock: too slow }\n"))
                .singleElement()
                .asString()
                .contains("`check: vault-health` asks about what was promised only");
    }

    @Test
    void what_is_left_out_proves_no_process_and_goes_by_no_rows() throws IOException {
        String without = RunbookFixture.SOUND + "    without: { row-counts: too slow }\n";
        assertThat(fixture.faults(without.replace("steps:", "processes: { sales: { proof: [row-counts] } }\nsteps:")))
                .singleElement()
                .asString()
                .contains("`row-counts`, which no step checks");
        assertThat(fixture.faults(without + "    rows: { orders: 1 }\n"))
                .singleElement()
                .asString()
                .contains("counts no rows");
    }

    @Test
    void rules_belong_to_the_check_that_goes_by_them() throws IOException {
        String rules = RunbookFixture.SOUND.replace("check: database-integrity", "check: invariants");
        assertThat(fixture.faults(rules + "    rules:\n" + rule("orders-have-lines", "expect: none")))
                .isEmpty();
        assertThat(fixture.faults(rules))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:12:12: `check: invariants` has no rules to go by.");
        assertThat(fixture.faults(RunbookFixture.SOUND + "    rules:\n" + rule("orders-have-lines", "expect: none")))
                .containsExactly("runbook.yaml:14:7: `check: database-integrity` goes by no rules."
                        + " Put `rules` beside `check: invariants`.");
    }

    @Test
    void a_rule_says_what_it_expects_and_has_a_name_that_no_other_check_has() throws IOException {
        String sound = RunbookFixture.SOUND.replace("check: database-integrity", "check: invariants") + "    rules:\n";
        assertThat(fixture.faults(sound + rule("one", "expect: true")))
                .containsExactly("runbook.yaml:14:45: `steps.1.rules.0.expect` is true, not none, some, a whole"
                        + " number or a text. What the query must give: none or some for rows, a whole number or a text"
                        + " for one row with one value.");
        assertThat(fixture.faults(sound + rule("one", "within: 5s")))
                .singleElement()
                .asString()
                .contains("`steps.1.rules.0` lacks the key `expect`");
        assertThat(fixture.faults(sound + rule("foreign-keys", "expect: 0")))
                .singleElement()
                .asString()
                .contains("`foreign-keys` is the name of another check already. Give the rule a name of its own.");
        assertThat(fixture.faults(sound + rule("one", "expect: 0") + rule("one", "expect: 0")))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:15:")
                .contains("`one` is the name of another check already.");
    }

    @Test
    void a_process_may_count_on_a_single_rule() throws IOException {
        String sound = RunbookFixture.SOUND.replace("check: database-integrity", "check: invariants") + "    rules:\n"
                + rule("orders-have-lines", "expect: none");
        assertThat(fixture.faults(sound + "processes: { sales: { proof: [orders-have-lines] } }\n"))
                .isEmpty();
        assertThat(fixture.faults(sound + "processes: { sales: { proof: [orders-have-line] } }\n"))
                .singleElement()
                .asString()
                .contains("Did you mean `orders-have-lines`?");
    }

    @Test
    void files_are_described_beside_the_check_that_looks_at_them() throws IOException {
        String files = RunbookFixture.SOUND
                        .replace("scratch:", "  filestore: { vault: primary, format: tar, prefix: f/ }\nscratch:")
                        .replace("check: database-integrity", "restore: filestore")
                + "  - check: filestore-consistency\n";
        String own = "    files: { sql: select 1, digest: sha-256, path: \"{digest:0:2}/{digest}\" }\n";
        assertThat(fixture.faults(files + "    skew: { atMost: 15m, files: 20, slack: 5m }\n    unnamed: 0\n" + own))
                .isEmpty();
        assertThat(fixture.faults(files + own.replace("{digest}", "{digest")))
                .singleElement()
                .asString()
                .contains("`steps.2.files.path`", "columns of the query in braces");
        assertThat(fixture.faults(files + "    skew: { files: 20 }\n"))
                .singleElement()
                .asString()
                .contains("lacks the key `atMost`");
        assertThat(fixture.faults(RunbookFixture.SOUND + "    skew: { atMost: 15m }\n"))
                .containsExactly("runbook.yaml:13:11: `check: database-integrity` looks at no files of a filestore."
                        + " Put `skew` beside `check: filestore-consistency`.");
    }

    @Test
    void who_was_erased_is_erased_again_once_there_is_something_to_erase_in() throws IOException {
        String erase = "  - erase: { list: { file: a.csv }, run: [\"delete from a where b = :id\"],"
                + " absent: [\"select count(*) from a where b = :id\"] }\n";
        String sound = RunbookFixture.SOUND + "processes: { support: { proof: [erased-stay-erased] } }\n";
        assertThat(fixture.faults(sound.replace("  - check:", erase + "  - check:")))
                .isEmpty();
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("  - restore:", erase + "  - restore:")))
                .containsExactly("runbook.yaml:11:12: Nothing can be erased before the database is restored."
                        + " Put it after `restore: database`.");
        assertThat(fixture.faults(RunbookFixture.SOUND + erase + "  - neutralise: odoo\n"))
                .containsExactly(
                        "runbook.yaml:13:12: Erasing comes before neutralising, so that it might send messages."
                                + " Put it after the step `neutralise`.");
        assertThat(fixture.faults(RunbookFixture.SOUND + erase.replace("file: a.csv", "vault: primry, file: a.csv")))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("does not say where one list lies"))
                .anyMatch(fault -> fault.contains("Did you mean `primary`?"));
        assertThat(fixture.faults(RunbookFixture.SOUND + erase.replace("count(*) from a where b = :id", "1::identity")))
                .singleElement()
                .asString()
                .contains("`steps.2.erase.absent.0` is the same for every identifier");
    }

    private static String rule(String name, String rest) {
        return "      - { name: " + name + ", sql: select 1, " + rest + ", means: It is lost. }\n";
    }

    @Test
    void an_inventory_belongs_to_the_check_that_goes_by_it() throws IOException {
        String configuration = RunbookFixture.SOUND
                .replace("database:", "configuration:")
                .replace("pg-dump", "tar")
                .replace("restore: database", "restore: configuration")
                .replace("check: database-integrity", "check: configuration-inventory");
        assertThat(fixture.faults(configuration + "    inventory: { files: [odoo.conf] }\n"))
                .isEmpty();
        assertThat(fixture.faults(configuration))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:12:12: `check: configuration-inventory` has no inventory to go by.");
        assertThat(fixture.faults(RunbookFixture.SOUND + "    inventory: { files: [odoo.conf] }\n"))
                .containsExactly("runbook.yaml:13:16: `check: database-integrity` goes by no inventory."
                        + " Put `inventory` beside `check: configuration-inventory`.");
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("  - check: database-integrity\n", "")
                        + "    inventory: { files: [odoo.conf] }\n"))
                .singleElement()
                .asString()
                .contains("`inventory` stands in a step that is no check");
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("database-integrity", "configuration-inventory")
                        + "    inventory: { files: [odoo.conf] }\n"))
                .singleElement()
                .asString()
                .contains("comes before the configuration it needs");
    }

    @Test
    void an_inventory_shows_no_secret_and_asks_only_what_can_be_read() throws IOException {
        String sound = RunbookFixture.SOUND
                .replace("database:", "configuration:")
                .replace("pg-dump", "tar")
                .replace("restore: database", "restore: configuration")
                .replace("check: database-integrity", "check: configuration-inventory\n    inventory: %s");
        assertThat(fixture.faults(sound.formatted("{ keys: { a.conf: { main.db_password: hunter2 } } }")))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:13:54: The value of `main.db_password` looks like a secret")
                .doesNotContain("hunter2");
        assertThat(fixture.faults(sound.formatted("{ keys: { a.conf: { main.db_password: set } } }")))
                .isEmpty();
        assertThat(fixture.faults(sound.formatted("{ keys: { values.yaml: { image: \"*\" } } }")))
                .singleElement()
                .asString()
                .contains("The keys of YAML such as `values.yaml` are not compared");
        assertThat(fixture.faults(sound.formatted("{ files: [../odoo.conf] }")))
                .singleElement()
                .asString()
                .contains("not a path below the restored folder");
        assertThat(fixture.faults(sound.formatted("{ images: { odoo: latest } }")))
                .singleElement()
                .asString()
                .contains("`latest`, not the digest of an image");
        assertThat(fixture.faults(sound.formatted("{ addons: { sale: 17.0 } }")))
                .singleElement()
                .asString()
                .contains("is a number, not text. Put it in quotes");
    }

    @Test
    void objects_below_a_prefix_are_one_backup_that_is_chosen_by_no_name() throws IOException {
        String sound = RunbookFixture.SOUND
                .replace("scratch:", "  filestore: { vault: primary, format: objects, prefix: %s }\nscratch:")
                .replace("  - check", "  - restore: filestore\n  - check");
        assertThat(fixture.faults(sound.formatted("f/, select: newest"))).isEmpty();
        assertThat(fixture.faults(sound.formatted("f")))
                .singleElement()
                .asString()
                .contains("`backups.filestore.prefix` names no folder. Write `f/`");
        assertThat(fixture.faults(sound.formatted("f/, select: oldest")))
                .singleElement()
                .asString()
                .contains("none is the oldest one");
        assertThat(fixture.faults(sound.formatted("f/, name: x")))
                .singleElement()
                .asString()
                .contains("chosen by no name");
    }

    @Test
    void a_zone_that_does_not_exist_is_refused() throws IOException {
        broken(
                "prefix: db/",
                "prefix: db/, zone: Europe/Berln",
                "8:67: `backups.database.zone` is `Europe/Berln`, which is no time zone. Did you mean `Europe/Berlin`?"
                        + " Write a name from the time zone database, such as Europe/Berlin, or UTC.");
    }

    @Test
    void nothing_is_expected_to_take_longer_than_its_deadline() throws IOException {
        assertThat(fixture.faults(
                        RunbookFixture.SOUND + "deadlines: { fetch: 1h }\nexpected: { fetch: 1h, restore: 2h }\n"))
                .isEmpty();
        broken(
                "steps:",
                "deadlines: { fetch: 1h }\nexpected: { fetch: 2h }\nsteps:",
                "11:20: `expected.fetch` is longer than `deadlines.fetch`, at which the stage is stopped."
                        + " Expect less, or raise the deadline of 1h.");
    }

    @Test
    void an_approval_is_given_on_a_day_that_there_is() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND + "approved: { by: owner, on: 2026-02-28 }\n"))
                .isEmpty();
        broken(
                "steps:",
                "approved: { by: owner, on: 2026-02-30 }\nsteps:",
                "10:28: `approved.on` is `2026-02-30`, a day that no calendar has."
                        + " Write the day of the approval as year, month and day, such as 2026-10-15.");
    }

    @Test
    void a_deadline_beyond_the_life_of_the_scratch_is_refused() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND + "deadlines: { fetch: 4h }\n"))
                .isEmpty();
        broken(
                "steps:",
                "deadlines: { fetch: 5h }\nsteps:",
                "10:21: `deadlines.fetch` is longer than the scratch lives."
                        + " Shorten it, or make `scratch.timeToLive` longer; it is 4h, unless it is given.");
    }

    @Test
    void a_cron_expression_that_the_scheduler_refuses_is_refused() throws IOException {
        assertThat(fixture.faults(RunbookFixture.SOUND + "schedule: { cron: \"0 0 3 ? * SUN\" }\n"))
                .isEmpty();
        assertThat(fixture.faults(RunbookFixture.SOUND + "schedule: { cron: \"0 0 3 * *\" }\n"))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:13:19: `schedule.cron` has 5 fields instead of six or seven.");
    }

    @Test
    void a_misspelt_asset_is_told_once_and_not_for_every_step() throws IOException {
        broken(
                "database: {",
                "databse: {",
                "8:3: Unknown key `databse` in `backups`. Did you mean `database`? Known here: database, filestore, configuration.");
    }

    @Test
    void a_target_without_a_log_and_a_log_that_lies_beside_the_backups_are_refused() throws IOException {
        broken(
                "prefix: db/",
                "prefix: db/, target: latest",
                "8:69: There is no write-ahead log here that could be replayed to a target. Remove `target`, or say under"
                        + " `wal` where the log of the base backups is archived.");
        broken(
                "format: pg-dump, prefix: db/",
                "format: barman, prefix: db/, wal: { prefix: wal/ }",
                "8:65: Backups of this format have their write-ahead log beside them, below `prefix`. Remove `wal`.");
        assertThat(fixture.faults(
                        RunbookFixture.SOUND.replace("pg-dump, prefix: db/", "wal-g, prefix: db/, target: latest")))
                .isEmpty();
    }

    private void broken(String sound, String wrong, String fault) throws IOException {
        assertThat(RunbookFixture.SOUND).contains(sound);
        assertThat(fixture.faults(RunbookFixture.SOUND.replace(sound, wrong))).contains("runbook.yaml:" + fault);
    }
}
