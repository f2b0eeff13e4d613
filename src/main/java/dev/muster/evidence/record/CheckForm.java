package dev.muster.evidence.record;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Rule;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a check stands in a record: what was asked of how much, and what was observed. */
final class CheckForm {
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}|\\d{1,3}(,\\d{3}){1,5}");

    private final Methods methods = Methods.known();
    private final List<Rule> rules;

    CheckForm(Runbook runbook) {
        this.rules = runbook.steps().stream().flatMap(CheckForm::rules).toList();
    }

    private static Stream<Rule> rules(Step step) {
        if (step instanceof Step.Together together) {
            return together.steps().stream().flatMap(CheckForm::rules);
        }
        return step instanceof Step.Check check ? check.rules().stream() : Stream.empty();
    }

    Section of(CheckResult check) {
        Methods.Method method = methods.of(check, rule(check));
        return new Section()
                .with("name", check.name())
                .with("step", check.step())
                .with("verdict", check.verdict().name())
                .with("method", method.words())
                .with("extent", method.sampled() ? "SAMPLED" : "COMPLETE")
                .with("counts", counts(check))
                .with("started", check.started())
                .with("finished", check.finished())
                .with("observations", check.observations())
                .with("problem", check.problem().map(Parts::problem))
                .with("findings", Parts.each(check.findings(), Parts::finding));
    }

    private Optional<Rule> rule(CheckResult check) {
        return rules.stream().filter(rule -> rule.name().equals(check.name())).findFirst();
    }

    /** What was counted: the observations that are whole numbers. */
    private static Map<String, Long> counts(CheckResult check) {
        Map<String, Long> counts = new LinkedHashMap<>();
        check.observations().forEach((name, value) -> {
            if (COUNT.matcher(value).matches()) {
                counts.put(name, Long.parseLong(value.replace(",", "")));
            }
        });
        return counts;
    }
}
