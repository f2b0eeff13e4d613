package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must hold where all that lies below a prefix belongs together. */
final class PrefixRules {
    private static final Set<String> STATES = Set.of("newest", "matching");

    private final Entry backup;
    private final String format;

    PrefixRules(Entry backup) {
        this.backup = backup;
        this.format = backup.at("format").text().orElse("");
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        if (!format.equals("objects") && !format.equals("restic")) {
            return misprints;
        }
        Entry prefix = backup.at("prefix");
        prefix.text()
                .filter(text -> !text.isEmpty() && !text.endsWith("/"))
                .ifPresent(text -> misprints.add(prefix.misprint(
                        "`" + prefix.path() + "` names no folder",
                        "Write `" + text + "/`: all that lies below it is one "
                                + (format.equals("restic") ? "repository." : "backup."))));
        if (format.equals("restic") && !backup.at("key").present()) {
            misprints.add(backup.at("format")
                    .misprint(
                            "`" + backup.path() + "` lacks the password of the repository",
                            "Add `key: \"${secret:NAME}\"`, and put the password into that secret."));
        }
        if (format.equals("objects")) {
            misprints.addAll(oneState());
        }
        return misprints;
    }

    private List<Misprint> oneState() {
        List<Misprint> misprints = new ArrayList<>();
        Entry select = backup.at("select");
        select.text()
                .filter(choice -> !STATES.contains(choice))
                .ifPresent(choice -> misprints.add(select.misprint(
                        "Objects below a prefix are one backup, of which none is the " + choice + " one",
                        "Write `select: newest` for their state at the disaster, or `select: matching`.")));
        if (backup.at("name").present()) {
            misprints.add(backup.at("name")
                    .misprint(
                            "Objects below a prefix are one backup, which is chosen by no name",
                            "Remove `name`, and let `prefix` say where the files begin."));
        }
        return misprints;
    }
}
