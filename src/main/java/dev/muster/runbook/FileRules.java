package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;

/** What must hold of what a runbook says about files and the rows that name them. */
final class FileRules {
    private static final String CHECK = "filestore-consistency";

    private final Entry step;
    private final String group;

    FileRules(Entry step, String group) {
        this.step = step;
        this.group = group;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        for (String key : List.of("skew", "unnamed", "files")) {
            if (step.at(key).present() && !group.equals(CHECK)) {
                misprints.add(step.at(key)
                        .misprint(
                                "`check: " + group + "` looks at no files of a filestore",
                                "Put `" + key + "` beside `check: " + CHECK + "`."));
            }
        }
        return misprints;
    }
}
