package dev.muster.cli;

import dev.muster.drill.Detection;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Proof;
import dev.muster.orchestrator.Conclusion;
import java.util.List;
import java.util.Optional;

/** A proof as {@code muster prove --json} prints it. */
final class ProofJson {
    private ProofJson() {}

    static Json of(Conclusion conclusion) {
        DrillRecord record = conclusion.record();
        Optional<Proof> proof = record.proof();
        List<Detection> detections = proof.map(Proof::detections).orElse(List.of());
        return new Json()
                .with("drill", record.drill())
                .with("verdict", record.verdict().name())
                .with(
                        "control",
                        proof.map(one -> one.control().name())
                                .orElse(record.verdict().name()))
                .with("score", proof.flatMap(Proof::score))
                .with("seed", proof.map(one -> Long.toString(one.seed())))
                .with(
                        "faults",
                        Json.list(
                                detections.stream()
                                        .filter(one -> one.outcome().counted())
                                        .toList(),
                                ProofJson::fault))
                .with(
                        "notApplicable",
                        Json.list(
                                detections.stream()
                                        .filter(one -> !one.outcome().counted())
                                        .toList(),
                                one -> new Json()
                                        .with("name", one.fault().name())
                                        .with("reason", one.reason())))
                .with("problems", Json.list(record.problems(), DrillJson::problem))
                .with("bundle", conclusion.bundle())
                .with("report", conclusion.report());
    }

    private static Json fault(Detection detection) {
        return new Json()
                .with("name", detection.fault().name())
                .with("caught", detection.outcome().caught())
                .with("caughtBy", detection.caughtBy())
                .with("outcome", detection.outcome().name())
                .with("made", detection.made())
                .with("reason", detection.reason().isEmpty() ? null : detection.reason());
    }
}
