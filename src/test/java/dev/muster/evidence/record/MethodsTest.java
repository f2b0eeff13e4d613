package dev.muster.evidence.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Expectation;
import dev.muster.drill.Rule;
import dev.muster.drill.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MethodsTest {
    /** The checks in the tables of the page on runbooks: what asks, and what each of them asks. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`[a-zA-Z`, -]+`) \\| (?:is|are|has|have|do|does|can|was|in) ");

    private static final Pattern NAME = Pattern.compile("`([a-zA-Z-]+)`");

    private static CheckResult check(String name, String step) {
        return new CheckResult(
                name,
                step,
                Verdict.PASSED,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("rows", "1"),
                Optional.empty(),
                List.of());
    }

    @Test
    void every_check_that_the_page_on_runbooks_explains_says_how_it_asks() throws IOException {
        TreeSet<String> silent = new TreeSet<>();
        TreeSet<String> explained = new TreeSet<>();
        ROW.matcher(Files.readString(Path.of("runbooks/README.md")))
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .forEach(name -> explained.add(name.group(1).replace("PROCESS", "orders")));
        explained.forEach(name -> {
            if (Methods.known()
                    .of(check(name, "step"), Optional.empty())
                    .words()
                    .startsWith("The observations")) {
                silent.add(name);
            }
        });

        assertThat(explained).hasSizeGreaterThan(30).contains("indexes-valid", "watermark-orders", "source-unchanged");
        assertThat(silent).isEmpty();
    }

    @Test
    void a_rule_of_the_runbook_shows_its_query_and_a_workflow_is_one_case_of_many() {
        Rule rule = new Rule(
                "orders-have-lines",
                "select 1",
                Expectation.NONE,
                "It matters.",
                Optional.empty(),
                Duration.ofSeconds(1));

        assertThat(Methods.known().of(check("orders-have-lines", "check: invariants"), Optional.of(rule)))
                .isEqualTo(new Methods.Method("The runbook's own query was asked of all rows: select 1", false));
        assertThat(Methods.known()
                        .of(check("login", "workflow: login"), Optional.empty())
                        .sampled())
                .isTrue();
    }
}
