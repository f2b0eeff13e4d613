package dev.muster.runbook;

import dev.muster.drill.VaultQuestion;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of the checks that a step leaves out of its group. */
final class WithoutRules {
    private final Entry without;
    private final String group;
    private final Set<String> checks;

    WithoutRules(Entry step, String group, Set<String> checks) {
        this.without = step.at("without");
        this.group = group;
        this.checks = Set.copyOf(checks);
    }

    Set<String> named() {
        return without.entries().keySet();
    }

    List<Misprint> misprints() {
        if (!without.present()) {
            return List.of();
        }
        if (group.equals(VaultQuestion.GROUP)) {
            return List.of(without.misprint(
                    "`check: " + group + "` asks about what was promised only, so nothing of it is left out",
                    "Remove `without`, and the promise in `backups` that nobody has to keep."));
        }
        List<Misprint> misprints = new ArrayList<>();
        without.entries().forEach((name, reason) -> {
            if (!checks.contains(name)) {
                misprints.add(reason.misprint(
                        "`check: " + group + "` has no check called `" + name + "` to leave out",
                        new Spelling(new TreeSet<>(checks)).advice(name)));
            }
        });
        if (named().containsAll(checks)) {
            misprints.add(without.misprint(
                    "Every check of `" + group + "` is left out, so nothing is checked",
                    "Keep one check at least, or remove the step."));
        }
        return misprints;
    }
}
