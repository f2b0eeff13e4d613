package dev.muster.check.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Inventory;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that came back is compared with the runbook's inventory, and no secret of it is shown. */
class InventoryCompleteTest {
    private static final String RIGHT = "sha256:" + "a1".repeat(32);
    private static final String WRONG = "sha256:" + "b2".repeat(32);

    @TempDir
    Path folder;

    @BeforeEach
    void restore() throws IOException {
        write("odoo.conf", """
                [options]
                ; db_name = commented
                db_name = odoo
                workers=4
                admin_passwd = hunter2-in-production
                dbfilter =
                db_dsn = postgres://odoo:hunter2-in-production@db/odoo
                replica = postgres://odoo:hunter2-in-production@replica/odoo
                [queue_job]
                channels = root:2
                """);
        write(".env", "# versions\nexport ODOO_VERSION=\"17.0\"\nSMTP_PASSWORD='hunter2-in-production'\n");
        write("app.json", "{\"mail\": {\"from\": \"a@b.example\", \"hosts\": [\"one\", \"two\"], \"reply\": null}}");
        write("addons/sale_custom/__manifest__.py", """
                {
                    'name': 'Sales',
                    # 'version': '16.0.0.0.1',
                    'version': '17.0.1.2.0',
                }
                """);
        write("docker-compose.yml", """
                services:
                  odoo:
                    # image: odoo:16@%s
                    image: docker.io/library/odoo:17@%s
                """.formatted(WRONG, RIGHT));
        write("values.yaml", """
                postgresql:
                  image:
                    repository: bitnami/postgresql
                    tag: 15
                    digest: %s
                redis:
                  image:
                    repository: bitnami/redis
                    tag: 7
                """.formatted(RIGHT));
    }

    @Test
    void a_configuration_that_holds_all_that_is_listed_passes() throws Exception {
        CheckResult result = ask(new Inventory(
                List.of("odoo.conf", "addons/*/__manifest__.py", "**/__manifest__.py"),
                Map.of(
                        "odoo.conf",
                        Map.of(
                                "options.db_name", "odoo",
                                "options.workers", "?",
                                "options.dbfilter", "*",
                                "options.admin_passwd", "set",
                                "queue_job.channels", "root:*"),
                        ".env",
                        Map.of("ODOO_VERSION", "17.*", "SMTP_PASSWORD", "set"),
                        "app.json",
                        Map.of("mail.from", "*@b.example", "mail.hosts.1", "two")),
                Map.of("sale_custom", "17.0.1.2.0"),
                Map.of("docker.io/library/odoo", RIGHT, "bitnami/postgresql", RIGHT)));

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations())
                .hasSize(15)
                .containsEntry("odoo.conf options.admin_passwd", "set")
                .containsEntry("odoo.conf options.db_name", "as listed");
    }

    @Test
    void a_file_that_is_not_there_is_named() throws Exception {
        write("addons/deep/down/module.py", "");
        CheckResult result = ask(files("odoo.conf", "addons/*.py", "nginx.conf"));
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("2 of 3", "addons/*.py is not there; nginx.conf is not there");
    }

    @Test
    void a_link_that_leads_out_of_the_configuration_is_no_file_of_it() throws Exception {
        Files.createSymbolicLink(folder.resolve("inside"), Path.of("odoo.conf"));
        Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc/passwd"));
        assertThat(ask(files("inside")).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(said(ask(files("outside")))).contains("outside is not there");
    }

    @Test
    void a_key_that_is_missing_empty_or_different_is_named() throws Exception {
        CheckResult result = ask(keys(
                "odoo.conf",
                Map.of("options.db_name", "odoo-test", "options.dbfilter", "set", "options.proxy_mode", "*")));
        assertThat(said(result))
                .contains(
                        "3 of 3",
                        "odoo.conf has \"odoo\" for options.db_name instead of odoo-test",
                        "odoo.conf leaves options.dbfilter empty",
                        "odoo.conf lacks the key options.proxy_mode");
    }

    @Test
    void the_keys_of_a_file_that_is_missing_or_unreadable_are_named() throws Exception {
        write("broken.json", "{\"mail\": ");
        assertThat(said(ask(keys("broken.json", Map.of("mail", "*")))))
                .contains("broken.json, which holds mail, cannot be read as settings");
        assertThat(said(ask(keys("gone.conf", Map.of("options.db_name", "*")))))
                .contains("gone.conf, which holds options.db_name, is not there");
        assertThat(said(ask(keys("app.json", Map.of("mail.reply", "set"))))).contains("leaves mail.reply empty");
    }

    @Test
    void no_value_is_shown_that_could_be_a_secret() throws Exception {
        CheckResult result = ask(new Inventory(
                List.of(),
                Map.of(
                        "odoo.conf",
                        Map.of("options.admin_passwd", "?", "options.db_dsn", "x", "options.replica", "y"),
                        ".env",
                        Map.of("SMTP_PASSWORD", "?")),
                Map.of(),
                Map.of()));
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("4 of 4", "another value (not shown) for options.admin_passwd");
        assertThat(result.toString()).doesNotContain("hunter2");
    }

    @Test
    void an_addon_that_is_missing_or_of_another_version_is_named() throws Exception {
        write("addons/stock_custom/__manifest__.py", "{'name': 'Stock'}");
        CheckResult result = ask(new Inventory(
                List.of(),
                Map.of(),
                Map.of("sale_custom", "17.0.2.*", "stock_custom", "17.*", "purchase_custom", "17.*"),
                Map.of()));
        assertThat(said(result))
                .contains(
                        "the add-on sale_custom has version 17.0.1.2.0 instead of 17.0.2.*"
                                + " (addons/sale_custom/__manifest__.py)",
                        "the add-on stock_custom has version none instead of 17.*",
                        "the add-on purchase_custom is not there");
    }

    @Test
    void an_image_without_its_digest_or_with_another_one_is_named() throws Exception {
        assertThat(said(ask(image("docker.io/library/odoo", WRONG))))
                .contains("docker.io/library/odoo is pinned to " + RIGHT + " instead of " + WRONG);
        assertThat(said(ask(image("library/odoo", RIGHT)))).contains("the image library/odoo is not there");
        assertThat(said(ask(image("bitnami/redis", RIGHT))))
                .contains("the image bitnami/redis is not there with a digest");
        write("worker.yml", "image: 'docker.io/library/odoo:17'\n");
        assertThat(said(ask(image("docker.io/library/odoo", RIGHT)))).contains("named without a digest in worker.yml");
    }

    @Test
    void a_check_without_inventory_or_without_configuration_could_not_run() throws Exception {
        assertThat(ask(Optional.empty(), Optional.of(folder)).verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        CheckResult nothing = ask(Optional.of(files("odoo.conf")), Optional.empty());
        assertThat(nothing.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(nothing)).contains("The configuration did not come back");
    }

    private static Inventory files(String... patterns) {
        return new Inventory(List.of(patterns), Map.of(), Map.of(), Map.of());
    }

    private static Inventory keys(String file, Map<String, String> keys) {
        return new Inventory(List.of(), Map.of(file, keys), Map.of(), Map.of());
    }

    private static Inventory image(String name, String digest) {
        return new Inventory(List.of(), Map.of(), Map.of(), Map.of(name, digest));
    }

    private CheckResult ask(Inventory inventory) throws InterruptedException {
        return ask(Optional.of(inventory), Optional.of(folder));
    }

    private static CheckResult ask(Optional<Inventory> inventory, Optional<Path> restored) throws InterruptedException {
        Reading unknown = Reading.none("not measured");
        Subject subject = new Subject(
                RestoredDatabase.runbook(Map.of()),
                Optional.empty(),
                Optional.empty(),
                restored,
                Instant.parse("2026-11-20T12:00:00Z"),
                Map.of(Asset.CONFIGURATION, new Readings(unknown, unknown, unknown)));
        return Checks.shipped(Clock.systemUTC())
                .run(new Step.Check("configuration-inventory", Map.of(), inventory), subject, Progress.SILENT)
                .get(0);
    }

    private static String said(CheckResult result) {
        return RestoredDatabase.said(result);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
