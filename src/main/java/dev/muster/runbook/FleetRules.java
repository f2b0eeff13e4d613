package dev.muster.runbook;

import dev.muster.drill.Fleet;
import dev.muster.drill.Roll;
import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between a fleet and the rest of its runbook, as it is written and before a tenant is filled in. */
final class FleetRules {
    private final Entry root;
    private final Set<String> vaults;

    FleetRules(Entry root, Set<String> vaults) {
        this.root = root;
        this.vaults = vaults;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        Entry fleet = root.at("fleet");
        if (!fleet.present()) {
            return misprints;
        }
        if (!filledIn(root.at("system"))) {
            misprints.add(root.at("system")
                    .misprint(
                            "All tenants would be one system, since `system` does not hold " + Fleet.PLACEHOLDER,
                            "Write it into the name, such as tenant-" + Fleet.PLACEHOLDER + "."));
        }
        Entry backups = root.at("backups");
        if (backups.entries().values().stream()
                .flatMap(backup -> Stream.of("prefix", "name", "stanza").map(backup::at))
                .noneMatch(FleetRules::filledIn)) {
            misprints.add(backups.misprint(
                    "All tenants would be restored from the same backups, since none of them holds "
                            + Fleet.PLACEHOLDER,
                    "Write it into a prefix, such as tenants/" + Fleet.PLACEHOLDER + "/db/."));
        }
        Entry vault = fleet.at("tenants").at("listing").at("vault");
        vault.text()
                .filter(name -> !vaults.contains(name))
                .ifPresent(name -> misprints.add(vault.misprint(
                        "The settings know no vault called `" + name + "`",
                        "Name one of theirs" + (vaults.isEmpty() ? "." : ": " + String.join(", ", vaults) + "."))));
        Entry every = root.at("objectives").at("provenEvery");
        if (every.present()) {
            misprints.add(every.misprint(
                    "A fleet says by `fleet.each` how often each tenant has to pass",
                    "Remove `" + every.path() + "`."));
        }
        Entry tenant = fleet.at("tenant");
        tenant.text()
                .filter(name -> !Roll.sound(name))
                .ifPresent(name -> misprints.add(tenant.misprint(
                        Roll.shown(name) + " cannot be the name of a tenant",
                        "It begins with a letter or digit; letters, digits, `_`, `-` and single dots may follow, up to 100"
                                + " characters.")));
        return misprints;
    }

    private static boolean filledIn(Entry entry) {
        return entry.text().filter(text -> text.contains(Fleet.PLACEHOLDER)).isPresent();
    }
}
