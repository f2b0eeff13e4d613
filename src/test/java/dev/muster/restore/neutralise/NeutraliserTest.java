package dev.muster.restore.neutralise;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.RestoredDatabase;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NeutraliserTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void shuts_every_way_out_that_the_database_has_and_keeps_the_housekeeping_job() throws Exception {
        odoo();

        CheckResult result = neutralise();

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations())
                .containsEntry("outgoing mail servers", "1 before, 0 after")
                .containsEntry("incoming mail servers", "1 before, 0 after")
                .containsEntry("mail templates bound to a server", "1 before, 0 after")
                .containsEntry("scheduled jobs", "2 before, 0 after")
                .containsEntry("payment providers", "1 before, 0 after")
                .containsEntry("payment acquirers", "1 before, 0 after")
                .containsEntry("delivery carriers", "1 before, 0 after")
                .containsEntry("webhooks of actions", "1 before, 0 after")
                .containsEntry("in-app purchase accounts", "1 before, 0 after")
                .containsEntry("web push keys", "1 before, 0 after")
                .containsEntry("production's own address", "1 before, 0 after")
                .containsEntry("production's own identity", "1 before, 0 after")
                .containsEntry("its address frozen", "1")
                .doesNotContainKey("webhooks of automations");
        assertThat(RESTORED.value("select string_agg(id::text, ',') from ir_cron where active"))
                .isEqualTo("7");
        assertThat(RESTORED.value("select string_agg(smtp_host, ',') from ir_mail_server where active"))
                .isEqualTo("muster.invalid");
        assertThat(RESTORED.value("select value from ir_config_parameter where key = 'database.is_neutralized'"))
                .isEqualTo("True");
        assertThat(RESTORED.value("select value from ir_config_parameter where key = 'database.uuid'"))
                .startsWith("00000000-0000-0000-0000-");
        assertThat(RESTORED.value("select value from ir_config_parameter where key = 'web.base.url.freeze'"))
                .isEqualTo("True");
    }

    @Test
    void may_be_done_twice() throws Exception {
        odoo();
        neutralise();

        CheckResult again = neutralise();

        assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(again.observations()).containsEntry("scheduled jobs", "0 before, 0 after");
    }

    @Test
    void what_stays_open_after_all_is_named() throws Exception {
        odoo();
        RESTORED.sql(
                "create rule stays as on update to ir_mail_server do instead nothing",
                "alter table ir_mail_server enable always rule stays");

        CheckResult result = neutralise();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("1 outgoing mail servers", "Nothing may be started");
    }

    @Test
    void triggers_and_rules_of_the_backup_do_not_fire() throws Exception {
        odoo();
        RESTORED.sql(
                "create table fired (what text)",
                "create function tell() returns trigger language plpgsql as"
                        + " 'begin insert into fired values (tg_table_name); return new; end'",
                "create trigger tells before update on ir_cron for each row execute function tell()");

        assertThat(neutralise().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(RESTORED.value("select count(*) from fired")).isEqualTo("0");
    }

    @Test
    void without_names_of_jobs_none_is_spared() throws Exception {
        odoo();
        RESTORED.sql("drop table ir_model_data");

        assertThat(neutralise().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(RESTORED.value("select count(*) from ir_cron where active")).isEqualTo("0");
    }

    @Test
    void a_database_of_another_application_is_left_alone() throws Exception {
        RESTORED.sql("create table ir_cron (active boolean)", "insert into ir_cron values (true)");

        CheckResult result = neutralise();

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("no Odoo database", "Remove the step");
        assertThat(RESTORED.value("select count(*) from ir_cron where active")).isEqualTo("1");
    }

    @Test
    void a_change_that_the_database_refuses_changes_nothing_at_all() throws Exception {
        odoo();
        RESTORED.sql("alter table ir_config_parameter add constraint frozen check (value <> 'http://127.0.0.1')");

        CheckResult result = neutralise();

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("frozen");
        assertThat(RESTORED.value("select count(*) from ir_cron where active")).isEqualTo("3");
    }

    @Test
    void an_unknown_profile_could_not_run() throws Exception {
        CheckResult result =
                new Neutraliser(Clock.systemUTC()).neutralise("sap", "neutralise: sap", RESTORED.database());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("\"sap\"", "neutralise: odoo");
    }

    private static CheckResult neutralise() {
        return new Neutraliser(Clock.systemUTC()).neutralise("odoo", "neutralise: odoo", RESTORED.database());
    }

    private static void odoo() throws Exception {
        RESTORED.sql(
                "create table ir_config_parameter (id serial primary key, key text unique, value text)",
                "insert into ir_config_parameter (key, value) values ('web.base.url', 'https://erp.example.com'),"
                        + " ('mail.web_push_vapid_private_key', 'k'), ('database.uuid', 'dd2c62c8')",
                "create table ir_mail_server (id serial primary key, name text not null, active boolean, smtp_host text,"
                        + " smtp_port int, smtp_encryption text not null, smtp_authentication text not null)",
                "insert into ir_mail_server (name, active, smtp_host, smtp_encryption, smtp_authentication)"
                        + " values ('mail', true, 'mail.example.com', 'none', 'login')",
                "create table fetchmail_server (active boolean)",
                "insert into fetchmail_server values (true)",
                "create table mail_template (id int, mail_server_id int)",
                "insert into mail_template values (1, 1), (2, null)",
                "create table ir_model_data (module text, name text, model text, res_id int)",
                "insert into ir_model_data values ('base', 'autovacuum_job', 'ir.cron', 7),"
                        + " ('base', 'autovacuum_job', 'res.partner', 8), ('mail', 'queue', 'ir.cron', 8)",
                "create table ir_cron (id int, active boolean)",
                "insert into ir_cron values (7, true), (8, true), (9, true), (10, false)",
                "create table payment_provider (state text)",
                "insert into payment_provider values ('enabled'), ('test')",
                "create table payment_acquirer (state text)",
                "insert into payment_acquirer values ('enabled'), ('disabled')",
                "create table delivery_carrier (prod_environment boolean)",
                "insert into delivery_carrier values (true), (null)",
                "create table ir_act_server (state text, webhook_url text)",
                "insert into ir_act_server values ('webhook', 'https://hooks.example.com/x'), ('code', null)",
                "create table iap_account (account_token text)",
                "insert into iap_account values ('token')");
    }
}
