package dev.muster.check.comparison;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Identity;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RightSystemTest {
    private static final String QUERY = "select name from company";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void a_company_and_its_subsidiary() throws Exception {
        RESTORED.sql("create table company (name text)", "insert into company values ('Mother'), ('Daughter')");
    }

    @Test
    void the_right_system_passes_and_another_tenant_does_not() throws Exception {
        assertThat(ask(QUERY, Set.of("Mother", "Daughter")).verdict()).isEqualTo(Verdict.PASSED);

        CheckResult other = ask(QUERY, Set.of("Mother"));
        assertThat(other.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(other)).contains("instead of Mother it is Daughter; Mother");
    }

    @Test
    void a_query_that_gives_nothing_or_fails_proves_nothing() throws Exception {
        CheckResult none = ask(QUERY + " where false", Set.of("Mother"));
        assertThat(none.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(none)).contains("no row");

        CheckResult error = ask("select name from nowhere", Set.of("Mother"));
        assertThat(error.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(error)).contains("nowhere", "identity");
    }

    @Test
    void the_query_may_only_read() throws Exception {
        assertThat(said(ask("delete from company returning name", Set.of("Mother"))))
                .contains("read-only");
    }

    private static CheckResult ask(String sql, Set<String> is) throws InterruptedException {
        Likeness likeness = new Likeness(Optional.of(new Identity(sql, is)), Shrinking.USUAL, Set.of());
        return Checks.shipped(Clock.systemUTC())
                .run(
                        new Step.Check(
                                "right-system",
                                Map.of(),
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                Filekeeping.USUAL,
                                likeness),
                        RESTORED.subject(),
                        Progress.SILENT)
                .get(0);
    }
}
