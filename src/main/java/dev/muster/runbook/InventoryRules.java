package dev.muster.runbook;

import dev.muster.drill.Inventory;
import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of the inventory beside a check. */
final class InventoryRules {
    /** The group of checks that goes by an inventory. */
    static final String CHECK = "configuration-inventory";

    private static final Set<String> HARMLESS = Set.of(Inventory.SET, Inventory.ANY);

    private final Entry check;
    private final Entry inventory;
    private final String group;

    InventoryRules(Entry step, String group) {
        this.check = step.at("check");
        this.inventory = step.at("inventory");
        this.group = group;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        belongs().ifPresent(misprints::add);
        inventory.at("keys").entries().forEach((file, keys) -> {
            readable(file, keys).ifPresent(misprints::add);
            keys.entries().forEach((key, value) -> notSecret(key, value).ifPresent(misprints::add));
        });
        return misprints;
    }

    private Optional<Misprint> belongs() {
        if (group.equals(CHECK) == inventory.present()) {
            return Optional.empty();
        }
        return Optional.of(
                inventory.present()
                        ? inventory.misprint(
                                "`check: " + group + "` goes by no inventory",
                                "Put `inventory` beside `check: " + CHECK + "`.")
                        : check.misprint(
                                "`check: " + CHECK + "` has no inventory to go by",
                                "Add `inventory:` with what the configuration has to hold, such as { files: [odoo.conf]"
                                        + " }."));
    }

    private static Optional<Misprint> readable(String file, Entry keys) {
        return file.endsWith(".yaml") || file.endsWith(".yml")
                ? Optional.of(keys.misprint(
                        "The keys of YAML such as `" + file + "` are not compared",
                        "Ask for the file under `files`, and for what its images are pinned to under `images`. Keys are"
                                + " read from INI, properties, .env and JSON files."))
                : Optional.empty();
    }

    /** A runbook and its evidence are read by many: what they would show is no secret any more. */
    private static Optional<Misprint> notSecret(String key, Entry value) {
        return value.text()
                .filter(expected -> Inventory.secretive(key) && !HARMLESS.contains(expected))
                .map(expected -> value.misprint(
                        "The value of `" + key + "` looks like a secret, and a runbook shows what it says",
                        "Write set, which asks for any value that is not empty."));
    }
}
