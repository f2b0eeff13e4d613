package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
import dev.muster.check.comparison.Counting;
import dev.muster.drill.Approval;
import dev.muster.drill.Asset;
import dev.muster.drill.Attempt;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Proof;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Stage;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.TimelineEntry;
import dev.muster.drill.Verdict;
import dev.muster.restore.RestoreOutcome;
import dev.muster.restore.neutralise.Neutraliser;
import dev.muster.scratch.Database;
import dev.muster.scratch.Site;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** What a drill observes while it runs, from several threads; turned into its record at the end. */
final class Notes {
    final String drill;
    final DrillRequest request;
    final Instant planned;

    private final List<ObjectRead> objectsRead = new ArrayList<>();
    private final Map<Asset, Path> fetched = new EnumMap<>(Asset.class);
    private final Map<Asset, Readings> readings = new EnumMap<>(Asset.class);
    private final Map<Asset, RestoreOutcome> restored = new EnumMap<>(Asset.class);
    private final Map<String, Reading> watermarks = new LinkedHashMap<>();
    private final List<CheckResult> checks = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<TimelineEntry> timeline = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Map<String, VaultKeys> keys = Map.of();
    private Optional<RecoveryPoint> recoveryPoint = Optional.empty();
    private final List<Site> beside = new ArrayList<>();
    private Optional<Site> site = Optional.empty();
    private final Set<String> written = new HashSet<>();
    private Counting counting = new Counting();
    /** Rows that somebody else has counted, in the scratch. */
    private Optional<Census> counted = Optional.empty();

    private Optional<Proof> proof = Optional.empty();
    private Approval approval;
    private Optional<Census> sound = Optional.empty();
    private Instant started;
    private final DrillLog log = new DrillLog();

    Notes(String drill, DrillRequest request, Instant planned) {
        this.drill = drill;
        this.request = request;
        this.planned = planned;
        this.started = planned;
        this.approval = Approval.declared(request.runbook());
    }

    synchronized void chosen(RecoveryPoint point) {
        recoveryPoint = Optional.of(point);
    }

    synchronized Optional<RecoveryPoint> recoveryPoint() {
        return recoveryPoint;
    }

    synchronized void approved(Approval given) {
        approval = given;
    }

    synchronized Approval approval() {
        return approval;
    }

    synchronized void opened(Site place) {
        site = Optional.of(place);
    }

    synchronized Optional<Site> site() {
        return site;
    }

    /** Puts what was observed of a failed attempt aside, so that the next one begins with nothing. */
    synchronized void walkedBack(Asset asset, Problem problem, Optional<TeardownReceipt> teardown) {
        attempts.add(new Attempt(
                attempts.size() + 1,
                asset,
                recoveryPoint.map(RecoveryPoint::backups).orElse(Map.of()),
                problem,
                checks,
                teardown));
        site = Optional.empty();
        fetched.clear();
        readings.clear();
        restored.clear();
        watermarks.clear();
        checks.clear();
        written.clear();
        counting = new Counting();
        counted = Optional.empty();
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /**
     * Notes of the same drill as far as it was restored, with nothing asked of it yet.
     *
     * @param asked what is asked for, which may be another disaster
     * @param outcomes what was restored
     */
    synchronized Notes asRestored(DrillRequest asked, Map<Asset, RestoreOutcome> outcomes) {
        Notes other = new Notes(drill, asked, planned);
        recoveryPoint.ifPresent(other::chosen);
        fetched.forEach((asset, folder) -> other.fetched(asset, folder, List.of()));
        outcomes.forEach(other::restored);
        other.sound = census();
        return other;
    }

    /** The rows of the same drill without a fault, where this is one with a fault. */
    synchronized Optional<Census> sound() {
        return sound;
    }

    /** The rows of each table, where they were counted. */
    synchronized Optional<Census> census() {
        if (counted.isPresent()) {
            return counted;
        }
        return counting.rows()
                .map(rows -> new Census(
                        drill, Optional.ofNullable(readings.get(Asset.DATABASE)).flatMap(Readings::known), rows));
    }

    synchronized void openedBeside(Site place) {
        beside.add(place);
    }

    /** Scratches that were opened beside the drill's own. */
    synchronized List<Site> beside() {
        return List.copyOf(beside);
    }

    synchronized void proven(Proof what) {
        proof = Optional.of(what);
    }

    synchronized Optional<Proof> proof() {
        return proof;
    }

    synchronized void fetched(Asset asset, Path folder, List<ObjectRead> read) {
        fetched.put(asset, folder);
        objectsRead.addAll(read);
    }

    synchronized void read(List<ObjectRead> reads) {
        objectsRead.addAll(reads);
    }

    synchronized Optional<Path> fetched(Asset asset) {
        return Optional.ofNullable(fetched.get(asset));
    }

    synchronized List<ObjectRead> objectsRead() {
        return List.copyOf(objectsRead);
    }

    synchronized void lookedAgain(List<ObjectRead> again) {
        objectsRead.clear();
        objectsRead.addAll(again);
    }

    synchronized void restored(Asset asset, RestoreOutcome outcome) {
        restored.put(asset, outcome);
        readings.put(asset, outcome.readings());
        checks.addAll(outcome.checks());
        outcome.checks().forEach(this::said);
        objectsRead.addAll(outcome.reads());
        outcome.facts().forEach((name, value) -> environment.put(asset.label() + " " + name, value));
        outcome.database().ifPresent(database -> {
            environment.put("PostgreSQL server", database.version());
            database.tuning().forEach((name, value) -> environment.put("setting " + name, value));
        });
    }

    synchronized Optional<Database> database() {
        return Optional.ofNullable(restored.get(Asset.DATABASE)).flatMap(RestoreOutcome::database);
    }

    /** Whether every check of the asset's own restore has passed. */
    synchronized boolean cameBack(Asset asset) {
        return Optional.ofNullable(restored.get(asset)).stream()
                .flatMap(outcome -> outcome.checks().stream())
                .allMatch(check -> check.verdict() == Verdict.PASSED);
    }

    /** Whether whatever was neutralised is really off. */
    synchronized boolean neutralised() {
        return checks.stream()
                .filter(check -> check.name().equals(Neutraliser.NAME))
                .allMatch(check -> check.verdict() == Verdict.PASSED);
    }

    synchronized Optional<Path> folder(Asset asset) {
        return Optional.ofNullable(restored.get(asset)).flatMap(RestoreOutcome::folder);
    }

    synchronized Map<Asset, Readings> readings() {
        return readings.isEmpty() ? Map.of() : new EnumMap<>(readings);
    }

    synchronized void read(Asset asset, UnaryOperator<Readings> change) {
        readings.computeIfPresent(asset, (key, known) -> change.apply(known));
    }

    synchronized Optional<Set<String>> expectedRoles() {
        return Optional.ofNullable(restored.get(Asset.DATABASE)).flatMap(RestoreOutcome::roles);
    }

    /** The drill itself has written to these tables of the restored database. */
    synchronized void written(Set<String> tables) {
        written.addAll(tables);
    }

    synchronized Set<String> written() {
        return Set.copyOf(written);
    }

    /** The rows of the restored database, counted once. */
    synchronized Counting counting() {
        return counting;
    }

    synchronized void watermark(String process, Reading newest) {
        watermarks.put(process, newest);
    }

    synchronized Map<String, Reading> watermarks() {
        return new LinkedHashMap<>(watermarks);
    }

    synchronized void started(Instant at) {
        started = at;
    }

    synchronized Instant started() {
        return started;
    }

    synchronized void checked(List<CheckResult> results) {
        checks.addAll(results);
        results.forEach(this::said);
    }

    private void said(CheckResult check) {
        said(
                check.finished(),
                check.name() + " (" + check.step() + "): " + check.verdict()
                        + check.problem().map(problem -> ", " + problem.what()).orElse(""));
    }

    synchronized List<CheckResult> checks() {
        return List.copyOf(checks);
    }

    synchronized void found(Finding finding) {
        findings.add(finding);
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    synchronized void trouble(Problem problem) {
        problems.add(problem);
    }

    synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    synchronized void worked(Stage stage, String work, Instant started, Instant finished) {
        said(finished, work + ": took " + Duration.between(started, finished).toMillis() + " ms");
        timeline.add(new TimelineEntry(stage, work, started, finished));
    }

    /** The same piece of work, with its time noted however it ends. */
    <T> Callable<T> timed(Clock clock, Stage stage, String work, Callable<T> body) {
        return () -> {
            Instant from = clock.instant();
            try {
                return body.call();
            } finally {
                worked(stage, work, from, clock.instant());
            }
        };
    }

    synchronized List<TimelineEntry> timeline() {
        return List.copyOf(timeline);
    }

    /** Keeps a line of what the drill says of itself. */
    synchronized void said(Instant at, String line) {
        log.said(at, line);
    }

    synchronized String log() {
        return log.text();
    }

    synchronized void environment(Map<String, String> facts) {
        environment.putAll(facts);
    }

    /** Keeps what opens the vaults from within the scratch, and says of keys of the drill's own when they end. */
    synchronized void opens(Map<String, VaultKeys> opening) {
        keys = Map.copyOf(opening);
        opening.forEach((vault, opens) -> opens.ends()
                .ifPresent(end -> environment.put("keys of vault " + vault, "of this drill alone, until " + end)));
    }

    synchronized VaultKeys keys(String vault) {
        return Optional.ofNullable(keys.get(vault))
                .orElseThrow(() -> new IllegalStateException("no scratch was opened that may read the vault " + vault));
    }

    synchronized Map<String, String> environment() {
        return new LinkedHashMap<>(environment);
    }

    /** What whoever works in the scratch on another machine has to know. */
    synchronized WorkOrder order(Instant end) {
        return new WorkOrder(drill, request, planned, end, recoveryPoint.orElseThrow(), attempts);
    }

    /** Notes for the work that an order asks for. */
    static Notes of(WorkOrder order) {
        Notes notes = new Notes(order.drill(), order.request(), order.planned());
        notes.chosen(order.recoveryPoint());
        notes.attempts.addAll(order.attempts());
        return notes;
    }

    /** All that was observed, for the one who conducts the drill. */
    synchronized WorkDone done(WorkDone.Ended ended) {
        return new WorkDone(
                objectsRead,
                readings,
                watermarks,
                checks,
                findings,
                problems,
                timeline,
                environment,
                census(),
                log(),
                ended);
    }

    /** Takes over what was observed by whoever worked in the scratch. */
    synchronized void done(WorkDone work) {
        objectsRead.addAll(work.objectsRead());
        readings.putAll(work.readings());
        watermarks.putAll(work.watermarks());
        checks.addAll(work.checks());
        findings.addAll(work.findings());
        problems.addAll(work.problems());
        timeline.addAll(work.timeline());
        environment.putAll(work.environment());
        counted = work.census();
        log.takeIn(work.log());
    }
}
