package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of the place where baselines lie: nothing is written where backups are. */
final class BaselineRules {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern PASSWORD = Pattern.compile("//[^/@]*:[^/@]+@|[?&]password=.");

    private final Entry baseline;
    private final Entry backups;
    private final Set<String> vaults;

    BaselineRules(Entry root, Set<String> vaults) {
        this.baseline = root.at("baseline");
        this.backups = root.at("backups");
        this.vaults = vaults;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        vault().ifPresent(misprints::add);
        password().ifPresent(misprints::add);
        backups.entries().forEach((asset, backup) -> {
            overlap(asset, backup, backup.at("prefix")).ifPresent(misprints::add);
            overlap(asset, backup, backup.at("wal").at("prefix")).ifPresent(misprints::add);
        });
        return misprints;
    }

    private Optional<Misprint> vault() {
        Entry vault = baseline.at("vault");
        return vault.text()
                .filter(name -> !name.isEmpty() && !vaults.contains(name))
                .map(name -> vault.misprint(
                        "`baseline.vault` is `" + name + "`, which is no vault in the settings",
                        vaults.isEmpty()
                                ? "The settings name no vault at all; describe it under `vaults:` in muster.yaml."
                                : new Spelling(vaults.stream().sorted().toList()).advice(name)));
    }

    private Optional<Misprint> password() {
        Entry database = baseline.at("database");
        return database.text()
                .filter(text ->
                        PASSWORD.matcher(REFERENCE.matcher(text).replaceAll("")).find())
                .map(text -> database.misprint(
                        "`baseline.database` holds a password",
                        "Take it out, change it, and refer to it with `baseline.password: \"${secret:NAME}\"`."));
    }

    private Optional<Misprint> overlap(String asset, Entry backup, Entry held) {
        Entry prefix = baseline.at("prefix");
        Optional<String> folder = prefix.text();
        Optional<String> other = held.text();
        boolean sameVault =
                baseline.at("vault").text().equals(backup.at("vault").text());
        boolean meet = folder.isPresent()
                && other.isPresent()
                && (folder.get().startsWith(other.get()) || other.get().startsWith(folder.get()));
        return sameVault && meet
                ? Optional.of(prefix.misprint(
                        "Baselines would lie among the backups of the " + asset + ", below `" + other.get() + "`",
                        "Give them a folder of their own, such as baselines/; nothing is ever written where backups"
                                + " are."))
                : Optional.empty();
    }
}
