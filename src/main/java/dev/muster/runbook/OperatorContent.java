package dev.muster.runbook;

import dev.muster.drill.Asset;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Step;
import dev.muster.runbook.yaml.Entry;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What is restored, and by whom, as the vocabulary of a drill has it. */
final class OperatorContent {
    private OperatorContent() {}

    static Step.Restore restore(Entry restore) {
        Asset asset = asset(restore)
                .map(label -> Asset.valueOf(label.toUpperCase(Locale.ROOT)))
                .orElseThrow();
        return new Step.Restore(
                asset, restore.at("with").text().map(operator -> plan(operator, restore.at("cluster"))));
    }

    /** The asset that a step restores, which operators need not be told. */
    static Optional<String> asset(Entry restore) {
        return restore.text()
                .or(() -> restore.at("asset").text())
                .or(() -> restore.at("with").text().map(operator -> Asset.DATABASE.label()));
    }

    private static OperatorPlan plan(String operator, Entry cluster) {
        return new OperatorPlan(
                operator,
                cluster.at("database").text().orElseThrow(),
                cluster.at("owner").text().orElseThrow(),
                cluster.at("image").text(),
                cluster.at("storage").text().map(Amounts::size).orElse(OptionalLong.empty()),
                cluster.at("storageClass").text(),
                cluster.at("server").text());
    }
}
