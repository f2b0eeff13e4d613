package dev.muster.evidence.record;

import dev.muster.drill.Detection;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.Proof;
import java.util.ArrayList;
import java.util.List;

/** What was found, what is to be done about it, what became of the scratch, and who looks at all of it. */
final class ClosingSections {
    private static final String LATER =
            "A record is never edited. What is done later lies beside the bundle, signed in its"
                    + " turn, and stands in the ledger: ";

    private ClosingSections() {}

    static Section findings(DrillRecord record, List<Finding> more) {
        List<Object> findings = new ArrayList<>(Parts.each(record.findings(), Parts::finding));
        findings.addAll(Parts.each(more, Parts::finding));
        return new Section()
                .with("problems", Parts.each(record.problems(), Parts::problem))
                .with("findings", findings)
                .with("detection", record.proof().map(ClosingSections::proof));
    }

    static Section actions(DrillRecord record) {
        return new Section()
                .with("noted", List.of())
                .with("how", LATER + "`muster evidence action " + record.drill() + "`.");
    }

    static Section teardown(DrillRecord record) {
        return new Section().with("receipt", record.teardown().map(Parts::teardown));
    }

    static Section review(DrillRecord record) {
        return new Section()
                .with("reviewer", record.request().runbook().governance().reviewer())
                .with("signedOff", null)
                .with("how", LATER + "`muster evidence sign-off " + record.drill() + "`.");
    }

    private static Section proof(Proof proof) {
        return new Section()
                .with("seed", Long.toString(proof.seed()))
                .with("control", proof.control().name())
                .with("applicable", proof.applicable())
                .with("caught", proof.caught())
                .with("score", proof.score())
                .with(
                        "atLeastPercent",
                        proof.atLeast().isPresent() ? proof.atLeast().getAsInt() : null)
                .with("faults", Parts.each(proof.detections(), ClosingSections::detection));
    }

    private static Section detection(Detection detection) {
        return new Section()
                .with("name", detection.fault().name())
                .with("sentence", detection.fault().sentence())
                .with("kind", detection.fault().kind().name())
                .with("meant", detection.fault().meant().stream().sorted().toList())
                .with("outcome", detection.outcome().name())
                .with("made", detection.made())
                .with("caughtBy", detection.caughtBy())
                .with("reason", detection.reason());
    }
}
