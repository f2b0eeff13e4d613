package dev.muster.runbook;

import dev.muster.drill.Asset;
import dev.muster.drill.Endpoint;
import dev.muster.drill.VaultQuestion;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold among the steps of a runbook, and between them and the rest. */
final class StepRules {
    private static final Set<String> ASSETS =
            Arrays.stream(Asset.values()).map(Asset::label).collect(Collectors.toUnmodifiableSet());

    private final Entry root;
    private final Map<String, Set<String>> checks;
    private final List<Misprint> misprints = new ArrayList<>();
    private final Set<String> restored = new HashSet<>();
    private final Set<String> checked = new TreeSet<>();

    StepRules(Entry root, Map<String, Set<String>> checks) {
        this.root = root;
        this.checks = checks;
    }

    List<Misprint> misprints() {
        root.at("steps").items().forEach(this::step);
        WorkRules work = new WorkRules(root);
        misprints.addAll(work.misprints());
        checked.addAll(work.workflows());
        if (root.at("steps").present()) {
            root.at("backups").entries().forEach(this::restored);
            root.at("processes")
                    .entries()
                    .values()
                    .forEach(process -> process.at("proof").items().forEach(this::proof));
        }
        return List.copyOf(misprints);
    }

    private void step(Entry step) {
        List<Entry> members = step.at("together").items();
        if (members.isEmpty()) {
            restored.addAll(single(step, restored));
        } else {
            // Side by side, no member can count on what another one restores.
            Set<String> before = Set.copyOf(restored);
            members.forEach(member -> restored.addAll(single(member, before)));
        }
    }

    /** Looks at one step, and tells what is restored after it. */
    private Set<String> single(Entry step, Set<String> before) {
        if (step.at("neutralise").present() && !before.contains("database")) {
            misprints.add(step.at("neutralise")
                    .misprint(
                            "Nothing can be neutralised before the database is restored",
                            "Put it after `restore: database`."));
        }
        if (step.at("erase").present()) {
            checked.add(EraseRules.CHECK);
        }
        if (step.at("start").present() && !before.contains("database")) {
            misprints.add(step.at("start")
                    .misprint(
                            "Nothing can be started before the database is restored",
                            "Put it after `restore: database`."));
        }
        check(step, before);
        probe(step);
        return restore(step.at("restore")).map(Set::of).orElse(Set.of());
    }

    private void probe(Entry step) {
        step.at("probe").text().ifPresent(checked::add);
        for (Entry place : step.at("mustNotReach").items()) {
            if (place.text().filter(text -> Endpoint.of(text).isEmpty()).isPresent()) {
                misprints.add(place.misprint(
                        "`" + place.text().orElse("") + "` names no place to connect to",
                        "Write host and port, such as erp.example.com:443 or smtp://mail.example.com:25."));
            }
        }
    }

    private Optional<String> restore(Entry restore) {
        Optional<String> asset = OperatorContent.asset(restore).filter(ASSETS::contains);
        misprints.addAll(new OperatorRules(root, restore).misprints());
        if (asset.isPresent() && restored.contains(asset.get())) {
            misprints.add(
                    restore.misprint("The " + asset.get() + " is restored twice", "Remove one of the two steps."));
        }
        if (asset.isPresent()
                && backupsReadable()
                && !root.at("backups").at(asset.get()).present()) {
            misprints.add(restore.misprint(
                    "The " + asset.get() + " is restored, but has no entry in `backups`",
                    "Describe `backups." + asset.get() + "`, or remove this step."));
        }
        return asset;
    }

    /** A misspelt key is told once, where it stands, and not again for every step that looks for it. */
    private boolean backupsReadable() {
        Set<String> keys = root.at("backups").entries().keySet();
        return !keys.isEmpty() && ASSETS.containsAll(keys);
    }

    private void check(Entry step, Set<String> before) {
        Entry check = step.at("check");
        Optional<String> name = check.text().filter(text -> !text.isEmpty());
        if (name.isEmpty()) {
            return;
        }
        String group = name.get();
        if (!checks.containsKey(group)) {
            misprints.add(check.misprint(
                    "There is no group of checks called `" + group + "`",
                    new Spelling(new TreeSet<>(checks.keySet())).advice(group)));
            return;
        }
        Set<String> asked = new TreeSet<>(checks.getOrDefault(group, Set.of()));
        WithoutRules without = new WithoutRules(step, group, asked);
        misprints.addAll(without.misprints());
        asked.removeAll(without.named());
        checked.add(group);
        checked.addAll(asked);
        List<String> lacking =
                needs(group).stream().filter(asset -> !before.contains(asset)).toList();
        if (!lacking.isEmpty()) {
            misprints.add(check.misprint(
                    "`check: " + group + "` comes before the " + String.join(" and the ", lacking) + " it needs",
                    "Put it after "
                            + lacking.stream()
                                    .map(asset -> "`restore: " + asset + "`")
                                    .collect(Collectors.joining(" and "))
                            + "."));
        }
        if (step.at("rows").present() && !asked.contains("row-counts")) {
            misprints.add(step.at("rows")
                    .misprint(
                            "`check: " + group + "` counts no rows", "Put `rows` beside `check: database-integrity`."));
        }
        belongs(step, "identity", "right-system", asked).ifPresent(misprints::add);
        belongs(step, "shrinking", "as-the-last-drill", asked).ifPresent(misprints::add);
        belongs(step, "roles", "roles-and-owners", asked).ifPresent(misprints::add);
        misprints.addAll(new InventoryRules(step, group).misprints());
        misprints.addAll(new FileRules(step, group).misprints());
        misprints.addAll(new InvariantRules(step, group, checks, checked).misprints());
        step.at("rules").items().forEach(rule -> rule.at("name").text().ifPresent(checked::add));
    }

    private static Optional<Misprint> belongs(Entry step, String key, String check, Set<String> asked) {
        return step.at(key).present() && !asked.contains(check)
                ? Optional.of(step.at(key)
                        .misprint(
                                "`" + key + "` is for the check `" + check + "`, which this step does not ask",
                                "Put `" + key + "` beside `check: database-integrity`, and leave `" + check + "` in."))
                : Optional.empty();
    }

    /** Most checks ask the database; those about the filestore look there as well. */
    private static List<String> needs(String group) {
        if (group.equals(VaultQuestion.GROUP)) {
            return List.of();
        }
        if (group.equals(InventoryRules.CHECK)) {
            return List.of("configuration");
        }
        return group.startsWith("filestore") ? List.of("database", "filestore") : List.of("database");
    }

    private void restored(String asset, Entry backup) {
        if (ASSETS.contains(asset) && !restored.contains(asset)) {
            misprints.add(backup.misprint(
                    "The backup of the " + asset + " is never restored",
                    "Add the step `restore: " + asset + "`, or remove `backups." + asset + "`."));
        }
    }

    private void proof(Entry proof) {
        Optional<String> name = proof.text();
        if (name.isPresent() && !checked.contains(name.get())) {
            misprints.add(proof.misprint(
                    "`" + proof.path() + "` is `" + name.get() + "`, which no step checks",
                    checked.isEmpty()
                            ? "Add a step `check: ...` to `steps`."
                            : new Spelling(checked).advice(name.get())));
        }
    }
}
