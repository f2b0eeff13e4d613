package dev.muster.restore.neutralise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways out of an Odoo database, versions 14 to 19. Which of them exist depends on version and modules. */
final class OdooOutlets {
    /** A host that cannot exist (RFC 2606). */
    private static final String NOWHERE = "muster.invalid";

    /** How the identity of a neutralised database begins: no random UUID does. */
    private static final String NO_ONE = "00000000-0000-0000-0000-";

    private static final String HOUSEKEEPING_JOB =
            "(select res_id from ir_model_data where module = 'base' and name = 'autovacuum_job' and model = 'ir.cron')";

    private OdooOutlets() {}

    /** All that may be there. */
    static List<Outlet> in(Map<String, Set<String>> columns) {
        boolean named = columns.getOrDefault("ir_model_data", Set.of())
                .containsAll(Set.of("module", "name", "model", "res_id"));
        return List.of(
                Outlet.updated(
                        "outgoing mail servers",
                        "ir_mail_server",
                        Set.of("active", "smtp_host"),
                        "active and smtp_host is distinct from '" + NOWHERE + "'",
                        "active = false"),
                Outlet.updated(
                        "incoming mail servers", "fetchmail_server", Set.of("active"), "active", "active = false"),
                // A template or a waiting mail may name a server that is switched off, and would use it.
                Outlet.credential("mail templates bound to a server", "mail_template", "mail_server_id"),
                Outlet.credential("mails bound to a server", "mail_mail", "mail_server_id"),
                Outlet.updated(
                        "scheduled jobs",
                        "ir_cron",
                        Set.of("active"),
                        named ? "active and id not in " + HOUSEKEEPING_JOB : "active",
                        "active = false"),
                Outlet.updated(
                        "payment providers",
                        "payment_provider",
                        Set.of("state"),
                        "state not in ('disabled', 'test')",
                        "state = 'disabled'"),
                // Their name until version 15.
                Outlet.updated(
                        "payment acquirers",
                        "payment_acquirer",
                        Set.of("state"),
                        "state not in ('disabled', 'test')",
                        "state = 'disabled'"),
                Outlet.updated(
                        "delivery carriers",
                        "delivery_carrier",
                        Set.of("prod_environment"),
                        "prod_environment",
                        "prod_environment = false"),
                webhooks("webhooks of actions", "ir_act_server", "webhook_url"),
                webhooks("webhooks of automations", "base_automation", "webhook_url"),
                Outlet.updated(
                        "in-app purchase accounts",
                        "iap_account",
                        Set.of("account_token"),
                        "account_token not like '%+disabled'",
                        "account_token = account_token || '+disabled'"),
                Outlet.deleted(
                        "web push keys", "ir_config_parameter", Set.of("key"), "key like 'mail.web_push_vapid_%'"),
                Outlet.deleted(
                        "address of the report renderer", "ir_config_parameter", Set.of("key"), "key = 'report.url'"),
                Outlet.credential("Google calendar tokens", "res_users_settings", "google_calendar_rtoken"),
                Outlet.credential("Microsoft calendar tokens", "res_users_settings", "microsoft_calendar_rtoken"),
                Outlet.credential("Microsoft calendar tokens of users", "res_users", "microsoft_calendar_rtoken"),
                Outlet.updated(
                        "production's own address",
                        "ir_config_parameter",
                        Set.of("key", "value"),
                        "key = 'web.base.url' and value is distinct from 'http://127.0.0.1'",
                        "value = 'http://127.0.0.1'"),
                // Production is known by it to the services that it has subscribed to.
                Outlet.updated(
                        "production's own identity",
                        "ir_config_parameter",
                        Set.of("key", "value"),
                        "key = 'database.uuid' and value not like '" + NO_ONE + "%'",
                        "value = '" + NO_ONE + "' || substr(md5(random()::text), 1, 12)"));
    }

    /**
     * What must be there afterwards: the mark that Odoo itself looks for, and a mail server that leads nowhere, since
     * without any Odoo would take the one in its settings file.
     */
    static List<Mark> marks() {
        return List.of(
                new Mark(
                        "marked as neutralised",
                        "ir_config_parameter",
                        Set.of("key", "value"),
                        "key = 'database.is_neutralized' and lower(value) = 'true'",
                        List.of(
                                "delete from ir_config_parameter where key = 'database.is_neutralized'",
                                "insert into ir_config_parameter (key, value) values ('database.is_neutralized', 'True')")),
                // Without it an administrator who signs in puts the address back that was used.
                new Mark(
                        "its address frozen",
                        "ir_config_parameter",
                        Set.of("key", "value"),
                        "key = 'web.base.url.freeze' and lower(value) = 'true'",
                        List.of(
                                "delete from ir_config_parameter where key = 'web.base.url.freeze'",
                                "insert into ir_config_parameter (key, value) values ('web.base.url.freeze', 'True')")),
                new Mark(
                        "mail servers that lead nowhere",
                        "ir_mail_server",
                        Set.of("name", "active", "smtp_host", "smtp_port", "smtp_encryption", "smtp_authentication"),
                        "active and smtp_host = '" + NOWHERE + "'",
                        List.of("insert into ir_mail_server"
                                + " (name, active, smtp_host, smtp_port, smtp_encryption, smtp_authentication)"
                                + " values ('Neutralised', true, '" + NOWHERE + "', 1025, 'none', 'login')")));
    }

    /** Every table that any of them changes. */
    static Set<String> tables() {
        return Stream.concat(
                        in(Map.of()).stream().map(Outlet::table),
                        marks().stream().map(Mark::table))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Outlet webhooks(String name, String table, String column) {
        String nowhere = "'https://" + NOWHERE + "/'";
        return Outlet.updated(
                name,
                table,
                Set.of(column),
                column + " is not null and " + column + " <> " + nowhere,
                column + " = " + nowhere);
    }
}
