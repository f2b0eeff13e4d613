package dev.muster.runbook.manifest;

import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Entry;
import java.util.List;
import java.util.Set;

/** Notes what is wrong with one object, by its kind and name. */
record Fault(Entry object, List<Misprint> misprints) {

    String label() {
        String kind = object.at("kind").text().orElse("");
        String name = object.at("metadata").at("name").text().orElse("");
        return (kind.isEmpty() ? "This" : kind) + (name.isEmpty() ? "" : "/" + name);
    }

    /** @param what what it is or does, as the rest of a sentence that its name begins */
    void at(Entry place, String what, String remedy) {
        misprints.add(place.misprint(label() + " " + what, remedy));
    }

    /** Refuses every key that is not in the list. */
    void only(Entry mapping, Set<String> allowed) {
        mapping.entries().forEach((key, value) -> {
            if (!allowed.contains(key) && value.present()) {
                at(
                        value,
                        "has `" + path(value) + "`, which is not let through to a scratch",
                        "Remove it; a drill's application gets nothing of the node, of other namespaces or of the"
                                + " outside.");
            }
        });
    }

    void notTrue(Entry flag) {
        if (flag.flag().orElse(false)) {
            at(flag, "sets `" + path(flag) + "`", "Remove it, or say false.");
        }
    }

    /** The path within the object. */
    static String path(Entry place) {
        return place.path().substring(place.path().indexOf('.') + 1);
    }
}
