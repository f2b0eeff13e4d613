package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold of applications and workflows before anything is started. */
class WorkRulesTest {
    private static final String WORK = """
            applications:
              shop: { command: [shop, "{port}"], health: /health }
              odoo: { command: [odoo, "{port}"], health: /web/health }
            workflows:
              buy:
                means: Nobody can buy anything.
                calls:
                  - sql: select id from articles limit 1
                    capture: { article: "$[0].id" }
                  - http: { path: "/orders/{article}" }
            """;

    private RunbookFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void set() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void an_application_and_its_workflow_have_no_mistakes_and_may_be_a_proof() throws IOException {
        assertThat(fixture.faults(runbook("  - start: shop\n  - workflow: buy\n")
                        .replace("scratch:", "processes: { sales: { proof: [buy] } }\nscratch:")))
                .isEmpty();
    }

    @Test
    void an_unknown_application_is_named_with_its_likely_spelling() throws IOException {
        fault("  - start: shopp\n", "There is no application called `shopp`", "shop");
    }

    @Test
    void an_unknown_workflow_is_named_with_its_likely_spelling() throws IOException {
        fault("  - start: shop\n  - workflow: by\n", "There is no workflow called `by` for `shop`", "buy");
    }

    @Test
    void a_workflow_needs_an_application() throws IOException {
        fault("  - workflow: buy\n", "No application is started before the workflow `buy`", "start: ");
    }

    @Test
    void odoo_is_not_started_before_it_is_neutralised() throws IOException {
        fault("  - start: odoo\n", "before the data is neutralised", "neutralise: odoo");
        assertThat(fixture.faults(runbook("  - start: odoo\n  - neutralise: odoo\n")))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("before the data is neutralised"));
        assertThat(fixture.faults(runbook("  - neutralise: odoo\n  - start: odoo\n  - workflow: login\n")))
                .isEmpty();
    }

    @Test
    void a_workflow_comes_after_the_one_it_goes_on_with() throws IOException {
        fault(
                "  - neutralise: odoo\n  - start: odoo\n  - workflow: confirm-order\n",
                "goes on with what `login` captured",
                "workflow: login");
    }

    @Test
    void files_are_checked_before_the_application_can_change_them() throws IOException {
        assertThat(fixture.faults(runbook("  - start: shop\n  - check: filestore-consistency\n")))
                .anyMatch(fault -> fault.contains("may have changed them") && fault.contains("before `start`"));
        fault("  - start: shop\n  - neutralise: odoo\n", "comes after the application is started", "before `start`");
    }

    @Test
    void a_name_in_braces_that_nothing_has_is_found_where_it_stands() throws IOException {
        assertThat(fixture.faults(runbook("  - start: shop\n  - workflow: buy\n")
                        .replace("/orders/{article}", "/orders/{artical}")))
                .singleElement()
                .asString()
                .contains("{artical}", "article");
        assertThat(fixture.faults(runbook("  - start: shop\n").replace("[shop, \"{port}\"]", "[shop, \"{prt}\"]")))
                .singleElement()
                .asString()
                .contains("{prt}", "port");
    }

    @Test
    void a_call_does_exactly_one_thing() throws IOException {
        assertThat(fixture.faults(runbook("  - start: shop\n  - workflow: buy\n")
                        .replace("- http: {", "- sql: select 1\n        http: {")))
                .singleElement()
                .asString()
                .contains("exactly one thing", "xmlrpc");
    }

    private void fault(String steps, String what, String remedy) throws IOException {
        assertThat(fixture.faults(runbook(steps)))
                .singleElement()
                .asString()
                .startsWith("runbook.yaml:")
                .contains(what, remedy);
    }

    private static String runbook(String steps) {
        return RunbookFixture.SOUND.replace("scratch:", WORK + "scratch:") + steps;
    }
}
