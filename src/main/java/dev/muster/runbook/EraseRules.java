package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold of the steps that erase again who was erased since the backup. */
final class EraseRules {
    /** The check that such a step leaves. */
    static final String CHECK = "erased-stay-erased";

    private static final Pattern IDENTIFIER = Pattern.compile("(?<![:\\w]):id(?!\\w)");

    private final List<Entry> steps;
    private final Set<String> vaults;
    private final List<Misprint> misprints = new ArrayList<>();

    EraseRules(Entry root, Set<String> vaults) {
        this.steps = root.at("steps").items();
        this.vaults = vaults;
    }

    List<Misprint> misprints() {
        for (int at = 0; at < steps.size(); at++) {
            Entry erase = steps.get(at).at("erase");
            if (erase.present()) {
                order(erase, at);
                list(erase.at("list"));
                Stream.of(erase.at("run"), erase.at("absent"))
                        .flatMap(statements -> statements.items().stream())
                        .forEach(this::statement);
            }
        }
        return List.copyOf(misprints);
    }

    private void order(Entry erase, int at) {
        boolean restored = steps.subList(0, at).stream()
                .flatMap(step -> Stream.concat(Stream.of(step), step.at("together").items().stream()))
                .anyMatch(step ->
                        step.at("restore").text().filter("database"::equals).isPresent());
        if (!restored) {
            misprints.add(erase.misprint(
                    "Nothing can be erased before the database is restored", "Put it after `restore: database`."));
        }
        if (steps.subList(at, steps.size()).stream()
                .anyMatch(step -> step.at("neutralise").present())) {
            misprints.add(erase.misprint(
                    "Erasing comes before neutralising, so that it might send messages",
                    "Put it after the step `neutralise`."));
        }
    }

    private void list(Entry list) {
        boolean inVault = list.at("vault").present() && list.at("key").present();
        boolean half = list.at("vault").present() != list.at("key").present();
        if (list.present() && (half || inVault == list.at("file").present())) {
            misprints.add(list.misprint(
                    "`" + list.path() + "` does not say where one list lies",
                    "Write { vault: primary, key: privacy/erased.csv } or { file: erased.csv }."));
        }
        list.at("vault")
                .text()
                .filter(name -> !vaults.contains(name))
                .ifPresent(name -> misprints.add(list.at("vault")
                        .misprint(
                                "`" + list.at("vault").path() + "` is `" + name
                                        + "`, which is no vault in the settings",
                                vaults.isEmpty()
                                        ? "Describe it under `vaults:` in muster.yaml."
                                        : new Spelling(vaults.stream().sorted().toList()).advice(name))));
    }

    private void statement(Entry statement) {
        statement
                .text()
                .filter(sql -> !IDENTIFIER.matcher(sql).find())
                .ifPresent(sql -> misprints.add(statement.misprint(
                        "`" + statement.path() + "` is the same for every identifier",
                        "Write `:id`, without quotes, where the identifier belongs, as in \"where email = :id\".")));
    }
}
