package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of the rules beside a check. */
final class InvariantRules {
    /** The group of checks that goes by rules. */
    static final String CHECK = "invariants";

    private final Entry check;
    private final Entry rules;
    private final String group;
    private final Set<String> taken;

    /**
     * The rules of one step.
     *
     * @param checks the names of the checks in each group
     * @param before the checks of the steps before this one
     */
    InvariantRules(Entry step, String group, Map<String, Set<String>> checks, Set<String> before) {
        this.check = step.at("check");
        this.rules = step.at("rules");
        this.group = group;
        this.taken = new HashSet<>(before);
        checks.forEach((name, inGroup) -> {
            taken.add(name);
            taken.addAll(inGroup);
        });
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        belongs().ifPresent(misprints::add);
        rules.items().forEach(rule -> ownName(rule.at("name")).ifPresent(misprints::add));
        return misprints;
    }

    private Optional<Misprint> belongs() {
        if (group.equals(CHECK) == rules.present()) {
            return Optional.empty();
        }
        return Optional.of(
                rules.present()
                        ? rules.misprint(
                                "`check: " + group + "` goes by no rules", "Put `rules` beside `check: " + CHECK + "`.")
                        : check.misprint(
                                "`check: " + CHECK + "` has no rules to go by",
                                "Add `rules:` with a list of what has to hold, each with name, sql, expect and"
                                        + " means."));
    }

    /** A proof that names a check must mean one. */
    private Optional<Misprint> ownName(Entry name) {
        return name.text()
                .filter(text -> !taken.add(text))
                .map(text -> name.misprint(
                        "`" + text + "` is the name of another check already", "Give the rule a name of its own."));
    }
}
