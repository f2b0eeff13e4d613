package dev.muster.evidence.record;

import dev.muster.drill.Attempt;
import dev.muster.drill.Candidate;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.RecoveryPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was restored, by which rule it was chosen, and everything that was passed over for it. */
final class RecoveryPointSection {
    private RecoveryPointSection() {}

    static Section of(DrillRecord record, CheckForm checks) {
        return new Section()
                .with("disaster", record.request().disaster())
                .with("rule", rules(record.request()))
                .with("seed", record.request().drawsLots() ? record.drill() : null)
                .with(
                        "backups",
                        Parts.byAsset(
                                record.recoveryPoint()
                                        .map(RecoveryPoint::backups)
                                        .orElse(Map.of()),
                                Parts::backup))
                .with(
                        "candidates",
                        Parts.each(
                                record.recoveryPoint()
                                        .map(RecoveryPoint::candidates)
                                        .orElse(List.of()),
                                RecoveryPointSection::candidate))
                .with("attempts", Parts.each(record.attempts(), attempt -> attempt(attempt, checks)))
                .with("objectsRead", Parts.each(record.objectsRead(), RecoveryPointSection::objectRead));
    }

    private static Map<String, String> rules(DrillRequest request) {
        Map<String, String> rules = new LinkedHashMap<>();
        request.choices().forEach((asset, rule) -> rules.put(asset.label(), rule));
        return rules;
    }

    private static Section attempt(Attempt attempt, CheckForm checks) {
        return new Section()
                .with("number", attempt.number())
                .with("asset", attempt.asset().label())
                .with("backups", Parts.byAsset(attempt.backups(), Parts::backup))
                .with("problem", Parts.problem(attempt.problem()))
                .with("checks", Parts.each(attempt.checks(), checks::of))
                .with("teardown", attempt.teardown().map(Parts::teardown));
    }

    private static Section candidate(Candidate candidate) {
        return new Section()
                .with("asset", candidate.asset().label())
                .with("object", Parts.stored(candidate.object()))
                .with("claimed", Parts.reading(candidate.claimed()))
                .with("complete", candidate.complete())
                .with("chosen", candidate.chosen())
                .with("reason", candidate.reason());
    }

    private static Section objectRead(ObjectRead read) {
        return new Section()
                .with("asset", read.asset().label())
                .with("sha256", read.sha256())
                .with("bytes", read.bytes())
                .with("protection", read.protection())
                .with("unchanged", read.unchanged())
                .with("before", Parts.stored(read.before()))
                .with("after", read.after().map(Parts::stored));
    }
}
