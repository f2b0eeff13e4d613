package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;

/** What must hold in what a runbook asks of Kubernetes. */
final class ClusterRules {
    private final Entry scratch;
    private final List<Misprint> misprints = new ArrayList<>();

    ClusterRules(Entry root) {
        this.scratch = root.at("scratch");
    }

    List<Misprint> misprints() {
        Entry asked = scratch.at("kubernetes");
        meant(asked);
        Entry volume = asked.at("volume");
        if (volume.at("storageClass").present()
                && volume.at("kind").text().filter("empty"::equals).isPresent()) {
            misprints.add(volume.at("storageClass")
                    .misprint(
                            "A folder of the node has no storage class",
                            "Say `kind: claim`, or remove `storageClass`."));
        }
        asked.at("annotations").entries().forEach((name, value) -> {
            if (name.startsWith("muster.dev/")) {
                misprints.add(value.misprint(
                        "`" + name + "` is an annotation of Muster's own", "Write your own under another name."));
            }
        });
        asked.at("tolerations").items().forEach(this::toleration);
        return List.copyOf(misprints);
    }

    /** Who has a runbook for the cluster drilled on this machine for once need not take out what it says of the one. */
    private void meant(Entry asked) {
        Entry on = scratch.at("on");
        if (asked.present() && on.text().filter("kubernetes"::equals).isEmpty() && !(on.present() && on.overridden())) {
            misprints.add(asked.misprint(
                    "`scratch.kubernetes` means nothing to a scratch on this machine",
                    "Say `on: kubernetes` beside it, or remove it."));
        }
    }

    private void toleration(Entry toleration) {
        boolean exists =
                toleration.at("operator").text().filter("Exists"::equals).isPresent();
        if (!exists && !toleration.at("key").present()) {
            misprints.add(toleration.misprint(
                    "A toleration without a key needs the operator Exists",
                    "Name the taint's `key`, or say `operator: Exists` to put up with every taint."));
        }
        if (exists && toleration.at("value").present()) {
            misprints.add(toleration
                    .at("value")
                    .misprint(
                            "With the operator Exists no value is looked at",
                            "Remove `value`, or say `operator: Equal`."));
        }
    }
}
