package dev.muster.runbook;

import dev.muster.drill.BaselinePlan;
import dev.muster.drill.Identity;
import dev.muster.drill.Likeness;
import dev.muster.drill.Shrinking;
import dev.muster.drill.Tolerance;
import dev.muster.runbook.yaml.Entry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What a runbook without mistakes compares a restored database with. */
record BaselineContent(Entry baseline) {

    Optional<BaselinePlan> plan() {
        if (!baseline.present()) {
            return Optional.empty();
        }
        Map<String, Tolerance> tolerances = new LinkedHashMap<>();
        baseline.at("tolerances").entries().forEach((table, entry) -> tolerances.put(table, tolerance(entry)));
        return Optional.of(new BaselinePlan(
                baseline.at("vault").text().orElseThrow(),
                baseline.at("prefix").text().orElseThrow(),
                baseline.at("database").text(),
                baseline.at("password").text(),
                tolerances));
    }

    private static Tolerance tolerance(Entry entry) {
        return entry.text()
                .map(word -> word.equals("exact") ? Tolerance.EXACT : Tolerance.ANY)
                .orElseGet(() -> Tolerance.within(share(entry.at("lose")), share(entry.at("grow"))));
    }

    static Likeness likeness(Entry step) {
        Entry identity = step.at("identity");
        return new Likeness(
                identity.at("sql").text().map(sql -> new Identity(sql, texts(identity.at("is")))),
                shrinking(step.at("shrinking")),
                texts(step.at("roles")));
    }

    private static Shrinking shrinking(Entry shrinking) {
        List<String> except = shrinking.at("except").items().stream()
                .flatMap(table -> table.text().stream())
                .toList();
        return new Shrinking(
                share(shrinking.at("lose")).orElse(Shrinking.USUAL.percent()),
                shrinking.at("slack").number().orElse(Shrinking.USUAL.slack()),
                except);
    }

    /** A list of texts, or a single one in its place. */
    private static Set<String> texts(Entry entry) {
        Set<String> texts = new HashSet<>();
        entry.text().ifPresent(texts::add);
        entry.items().forEach(item -> item.text().ifPresent(texts::add));
        return texts;
    }

    private static OptionalDouble share(Entry share) {
        return share.text()
                .map(text -> OptionalDouble.of(Double.parseDouble(text.substring(0, text.length() - 1))))
                .orElseGet(OptionalDouble::empty);
    }
}
