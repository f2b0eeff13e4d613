package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.Fleet;
import dev.muster.drill.Runbook;
import dev.muster.drill.TenantSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One runbook for many systems. */
class FleetTest {
    private static final String TEMPLATE = RunbookFixture.SOUND
            .replace("system: shop", "title: Restore of ${tenant}\nsystem: tenant-${tenant}")
            .replace("prefix: db/", "prefix: \"tenants/${tenant}/db/\"")
            .replace("objectives:", "fleet:\n  tenants: { list: [alpha, beta, 7] }\n  each: 6 months\nobjectives:");

    @TempDir
    Path folder;

    @Test
    void a_template_is_read_as_it_is_written_and_names_no_tenant() throws IOException {
        Runbook template = runbook(TEMPLATE, Map.of());
        assertThat(template.template()).isTrue();
        assertThat(template.system()).isEqualTo("tenant-${tenant}");
        assertThat(template.fleet())
                .contains(new Fleet(
                        new TenantSource.Written(List.of("alpha", "beta", "7")),
                        Period.ofMonths(6),
                        0,
                        1,
                        95,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void the_name_of_a_tenant_is_filled_in_wherever_the_template_has_its_place() throws IOException {
        Runbook filled = runbook(TEMPLATE, Map.of(Fleet.TENANT, "Alpha_2.eu"));
        assertThat(filled.template()).isFalse();
        assertThat(filled.system()).isEqualTo("tenant-Alpha_2.eu");
        assertThat(filled.title()).isEqualTo("Restore of Alpha_2.eu");
        assertThat(filled.backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.prefix()).isEqualTo("tenants/Alpha_2.eu/db/"));
        assertThat(filled.sha256()).isEqualTo(runbook(TEMPLATE, Map.of()).sha256());
    }

    @Test
    void a_name_that_could_lead_elsewhere_is_a_mistake_and_shown_safely() throws IOException {
        for (String name : List.of("../x", "a/b", "a..b", " alpha", "-rf", "${env:X}", "a\nb", "a".repeat(101))) {
            assertThat(faults(TEMPLATE, Map.of(Fleet.TENANT, name)))
                    .as(name)
                    .anyMatch(fault -> fault.contains("cannot be the name of a tenant")
                            || fault.contains("`fleet.tenant` holds `${`"))
                    .noneMatch(fault -> fault.contains("\n"));
        }
    }

    @Test
    void the_place_of_a_tenant_means_nothing_without_a_fleet() throws IOException {
        assertThat(faults(RunbookFixture.SOUND.replace("system: shop", "system: shop-${tenant}"), Map.of()))
                .singleElement()
                .asString()
                .contains("`system` holds `${`, but not a reference");
    }

    @Test
    void tenants_that_would_all_be_the_same_are_a_mistake() throws IOException {
        assertThat(faults(TEMPLATE.replace("tenant-${tenant}", "shop"), Map.of()))
                .singleElement()
                .asString()
                .contains("All tenants would be one system");
        assertThat(faults(TEMPLATE.replace("tenants/${tenant}/db/", "db/"), Map.of()))
                .singleElement()
                .asString()
                .contains("from the same backups");
    }

    @Test
    void tenants_come_from_one_place_only() throws IOException {
        assertThat(faults(TEMPLATE.replace("{ list: [alpha, beta, 7] }", "{ list: [a], file: tenants.txt }"), Map.of()))
                .isNotEmpty();
        assertThat(faults(
                        TEMPLATE.replace("{ list: [alpha, beta, 7] }", "{ listing: { vault: nowhere, prefix: t/ } }"),
                        Map.of()))
                .singleElement()
                .asString()
                .contains("no vault called `nowhere`");
        assertThat(faults(
                        TEMPLATE.replace(
                                "{ list: [alpha, beta, 7] }", "{ query: { url: \"jdbc:h2:mem:x\", sql: select 1 } }"),
                        Map.of()))
                .isNotEmpty();
    }

    private Runbook runbook(String content, Map<String, String> overrides) throws IOException {
        RunbookText text = new RunbookFixture(folder).read(content, overrides);
        assertThat(text.misprints()).isEmpty();
        return text.runbook().orElseThrow();
    }

    private List<String> faults(String content, Map<String, String> overrides) throws IOException {
        return new RunbookFixture(folder).faults(content, overrides);
    }
}
