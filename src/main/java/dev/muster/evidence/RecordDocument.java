package dev.muster.evidence;

import dev.muster.drill.Approval;
import dev.muster.drill.Asset;
import dev.muster.drill.Attempt;
import dev.muster.drill.Backup;
import dev.muster.drill.Candidate;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Detection;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Figure;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Proof;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.StoredObject;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.TimelineEntry;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code evidence.json} says of a drill, key by key as {@code config/evidence.schema.json} publishes it. */
final class RecordDocument {
    static final String SCHEMA = "https://muster.dev/schema/evidence-v1.json";

    private RecordDocument() {}

    static Map<String, @Nullable Object> of(DrillRecord record, List<LedgerEvent> events, Section tool) {
        return new Section()
                .with("schema", SCHEMA)
                .with("drill", record.drill())
                .with("system", record.request().runbook().system())
                .with("verdict", record.verdict().name())
                .with("planned", record.planned())
                .with("started", record.started())
                .with("finished", record.finished())
                .with("rpo", figure(record.rpo()))
                .with("rto", figure(record.rto()))
                .with("effectiveRpo", record.effectiveRpo().map(RecordDocument::figure))
                .with("processes", byName(record.processes(), RecordDocument::process))
                .with("problems", each(record.problems(), RecordDocument::problem))
                .with("findings", each(record.findings(), RecordDocument::finding))
                .with("request", request(record.request()))
                .with("runbook", RunbookDocument.of(record.request().runbook()))
                .with("approved", approval(record.approval()))
                .with("approverIsOperator", record.approval().byOperator(record.request()))
                .with("recoveryPoint", record.recoveryPoint().map(RecordDocument::recoveryPoint))
                .with("attempts", each(record.attempts(), RecordDocument::attempt))
                .with("objectsRead", each(record.objectsRead(), RecordDocument::objectRead))
                .with("readings", byAsset(record.readings(), RecordDocument::readings))
                .with("skewSeconds", record.skew())
                .with("checks", each(record.checks(), RecordDocument::check))
                .with("proof", record.proof().map(RecordDocument::proof))
                .with("timeline", each(record.timeline(), RecordDocument::timelineEntry))
                .with("environment", record.environment())
                .with("teardown", record.teardown().map(RecordDocument::teardown))
                .with("ledger", each(events, RecordDocument::event))
                .with("tool", tool)
                .values();
    }

    static Section figure(Figure figure) {
        return new Section()
                .with("targetSeconds", figure.target())
                .with("achievedSeconds", figure.achieved())
                .with("met", figure.met())
                .with("formula", figure.formula())
                .with("inputs", figure.inputs());
    }

    private static Section process(ProcessFigures figures) {
        return new Section().with("rpo", figure(figures.rpo())).with("rto", figure(figures.rto()));
    }

    static Section problem(Problem problem) {
        return new Section()
                .with("what", problem.what())
                .with("where", problem.where())
                .with("remedy", problem.remedy());
    }

    static Section finding(Finding finding) {
        return new Section()
                .with("severity", finding.severity().name())
                .with("what", finding.problem().what())
                .with("where", finding.problem().where())
                .with("remedy", finding.problem().remedy());
    }

    private static Section request(DrillRequest request) {
        return new Section()
                .with("requestedBy", request.requestedBy())
                .with("trigger", request.trigger().name())
                .with("disaster", request.disaster())
                .with("namedBackups", byAsset(request.named(), key -> key))
                .with("overrides", request.overrides())
                .with("keepSeconds", request.keep());
    }

    private static Section approval(Approval approval) {
        return new Section()
                .with("by", approval.by())
                .with("on", approval.on().map(LocalDate::toString))
                .with("signature", approval.signature().name())
                .with("key", approval.key());
    }

    private static Section recoveryPoint(RecoveryPoint point) {
        return new Section()
                .with("disaster", point.disaster())
                .with("backups", byAsset(point.backups(), RecordDocument::backup))
                .with("candidates", each(point.candidates(), RecordDocument::candidate));
    }

    private static Section attempt(Attempt attempt) {
        return new Section()
                .with("number", attempt.number())
                .with("asset", attempt.asset().label())
                .with("backups", byAsset(attempt.backups(), RecordDocument::backup))
                .with("problem", problem(attempt.problem()))
                .with("checks", each(attempt.checks(), RecordDocument::check))
                .with("teardown", attempt.teardown().map(RecordDocument::teardown));
    }

    private static Section backup(Backup backup) {
        return new Section()
                .with("format", backup.source().format().label())
                .with("object", stored(backup.object()))
                .with("claimed", reading(backup.claimed()));
    }

    private static Section candidate(Candidate candidate) {
        return new Section()
                .with("asset", candidate.asset().label())
                .with("object", stored(candidate.object()))
                .with("claimed", reading(candidate.claimed()))
                .with("complete", candidate.complete())
                .with("chosen", candidate.chosen())
                .with("reason", candidate.reason());
    }

    private static Section stored(StoredObject object) {
        return new Section()
                .with("vault", object.vault())
                .with("address", object.address())
                .with("size", object.size())
                .with("etag", object.etag())
                .with("version", object.version())
                .with("lastModified", object.lastModified());
    }

    private static Section objectRead(ObjectRead read) {
        return new Section()
                .with("asset", read.asset().label())
                .with("sha256", read.sha256())
                .with("bytes", read.bytes())
                .with("protection", read.protection())
                .with("unchanged", read.unchanged())
                .with("before", stored(read.before()))
                .with("after", read.after().map(RecordDocument::stored));
    }

    private static Section readings(Readings readings) {
        return new Section()
                .with("claimed", reading(readings.claimed()))
                .with("proven", reading(readings.proven()))
                .with("seen", reading(readings.seen()));
    }

    private static Section reading(Reading reading) {
        return new Section().with("at", reading.at()).with("formula", reading.formula());
    }

    private static Section check(CheckResult check) {
        return new Section()
                .with("name", check.name())
                .with("step", check.step())
                .with("verdict", check.verdict().name())
                .with("started", check.started())
                .with("finished", check.finished())
                .with("observations", check.observations())
                .with("problem", check.problem().map(RecordDocument::problem))
                .with("findings", each(check.findings(), RecordDocument::finding));
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
                .with("faults", each(proof.detections(), RecordDocument::detection));
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

    private static Section timelineEntry(TimelineEntry entry) {
        return new Section()
                .with("stage", entry.stage().label())
                .with("work", entry.work())
                .with("started", entry.started())
                .with("finished", entry.finished())
                .with("tookSeconds", entry.took());
    }

    private static Section teardown(TeardownReceipt receipt) {
        return new Section()
                .with("scratch", receipt.scratch())
                .with("place", receipt.place())
                .with("removed", receipt.removed())
                .with("at", receipt.at())
                .with("leftBehind", receipt.leftBehind());
    }

    private static Section event(LedgerEvent event) {
        return new Section()
                .with("sequence", event.sequence())
                .with("kind", event.kind().name())
                .with("at", event.at())
                .with("digest", event.digest());
    }

    static <T> List<Object> each(List<T> values, Function<T, Object> form) {
        return values.stream().map(form).toList();
    }

    static <T> Map<String, Object> byName(Map<String, T> values, Function<T, Object> form) {
        Map<String, Object> formed = new LinkedHashMap<>();
        values.forEach((name, value) -> formed.put(name, form.apply(value)));
        return formed;
    }

    static <T> Map<String, Object> byAsset(Map<Asset, T> values, Function<T, Object> form) {
        Map<String, Object> formed = new LinkedHashMap<>();
        values.forEach((asset, value) -> formed.put(asset.label(), form.apply(value)));
        return formed;
    }
}
