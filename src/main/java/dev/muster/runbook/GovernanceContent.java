package dev.muster.runbook;

import dev.muster.drill.Classification;
import dev.muster.drill.Criticality;
import dev.muster.drill.Governance;
import dev.muster.drill.Stage;
import dev.muster.runbook.yaml.Entry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people have declared in a runbook that has no mistakes. */
final class GovernanceContent {
    private final Entry root;

    GovernanceContent(Entry root) {
        this.root = root;
    }

    Governance governance() {
        Entry approved = root.at("approved");
        return new Governance(
                root.at("criticality").text().map(label -> Criticality.valueOf(label.toUpperCase(Locale.ROOT))),
                sentences("covers"),
                sentences("exclusions"),
                sentences("assumptions"),
                root.at("classification")
                        .text()
                        .map(label -> Classification.valueOf(label.toUpperCase(Locale.ROOT)))
                        .orElse(Classification.INTERNAL),
                root.at("retain").text().flatMap(Amounts::period),
                root.at("people").at("planner").text(),
                root.at("people").at("reviewer").text(),
                approved.at("by")
                        .text()
                        .flatMap(by ->
                                approved.at("on").text().map(on -> new Governance.Approval(by, LocalDate.parse(on)))),
                root.at("objectives").at("provenEvery").text().flatMap(Amounts::duration),
                root.at("approval").present(),
                expected());
    }

    private List<String> sentences(String key) {
        return root.at(key).items().stream()
                .flatMap(sentence -> sentence.text().stream())
                .toList();
    }

    private Map<Stage, Duration> expected() {
        Map<Stage, Duration> expected = new LinkedHashMap<>();
        root.at("expected").entries().forEach((stage, length) -> {
            Optional<Duration> read = length.text().flatMap(Amounts::duration);
            read.ifPresent(duration -> expected.put(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), duration));
        });
        return expected;
    }
}
