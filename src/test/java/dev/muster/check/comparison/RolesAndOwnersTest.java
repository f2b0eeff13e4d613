package dev.muster.check.comparison;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Likeness;
import dev.muster.drill.Progress;
import dev.muster.drill.Shrinking;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RolesAndOwnersTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void a_dump_shows_the_roles_that_it_expects_and_the_runbook_may_name_them() throws Exception {
        CheckResult shown = ask(Optional.of(Set.of("odoo")), Set.of());
        assertThat(shown.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(shown.observations()).containsEntry("roles that the dump expects", "odoo");

        assertThat(ask(Optional.of(Set.of("odoo")), Set.of("odoo")).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_dump_that_expects_others_or_none_fails() throws Exception {
        assertThat(said(ask(Optional.of(Set.of("shop")), Set.of("odoo"))))
                .contains("expects the role shop", "gives nothing to the role odoo");
        assertThat(ask(Optional.of(Set.of()), Set.of("odoo")).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void what_came_back_with_its_server_has_its_roles_and_every_owner() throws Exception {
        RESTORED.sql("drop role if exists odoo", "create role odoo", "create table sale_order (id int)");
        assertThat(ask(Optional.empty(), Set.of("odoo")).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(said(ask(Optional.empty(), Set.of("reporting")))).contains("the role reporting is not there");

        RESTORED.sql(
                "set allow_system_table_mods = on",
                "update pg_class set relowner = 999999 where oid = 'sale_order'::regclass");
        try {
            assertThat(said(ask(Optional.empty(), Set.of()))).contains("no role owns", "sale_order");
        } finally {
            RESTORED.sql(
                    "set allow_system_table_mods = on",
                    "update pg_class set relowner = 10 where oid = 'sale_order'::regclass",
                    "drop role odoo");
        }
    }

    private static CheckResult ask(Optional<Set<String>> expected, Set<String> roles) throws InterruptedException {
        Background background = new Background(
                Optional.of("s3://acme/db/one"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                expected,
                Set.of(),
                new Counting());
        Likeness likeness = new Likeness(Optional.empty(), Shrinking.USUAL, roles);
        return Checks.shipped(Clock.systemUTC())
                .run(
                        new Step.Check(
                                "roles-and-owners",
                                Map.of(),
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                Filekeeping.USUAL,
                                likeness),
                        RESTORED.subject(background),
                        Progress.SILENT)
                .get(0);
    }
}
