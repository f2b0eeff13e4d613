package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;

/** What must hold where an operator of the cluster restores the database. */
final class OperatorRules {
    private final Entry root;
    private final Entry restore;

    OperatorRules(Entry root, Entry restore) {
        this.root = root;
        this.restore = restore;
    }

    List<Misprint> misprints() {
        Entry with = restore.at("with");
        if (with.text().isEmpty()) {
            return List.of();
        }
        List<Misprint> misprints = new ArrayList<>();
        if (!inKubernetes(root)) {
            misprints.add(with.misprint(
                    "An operator of a cluster restores only where the scratch is in Kubernetes",
                    "Say `scratch: { on: kubernetes, … }`, or write `restore: database` and let Muster restore it."));
        }
        Entry format = root.at("backups").at("database").at("format");
        if (format.text().filter(name -> !name.equals("barman")).isPresent()) {
            misprints.add(format.misprint(
                    "CloudNativePG restores what Barman's cloud tools have written, and no backups of this format",
                    "Say `format: barman` if that is what they are, or write `restore: database`."));
        }
        return List.copyOf(misprints);
    }

    static boolean inKubernetes(Entry root) {
        return root.at("scratch").at("on").text().filter("kubernetes"::equals).isPresent();
    }
}
