package dev.muster.runbook;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Erasure;
import dev.muster.drill.Expectation;
import dev.muster.drill.FileSource;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Inventory;
import dev.muster.drill.LogSource;
import dev.muster.drill.Objectives;
import dev.muster.drill.OnFailure;
import dev.muster.drill.OpensslCipher;
import dev.muster.drill.Promises;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Rule;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.SchedulePlan;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Selection;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.runbook.yaml.Entry;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The content of a runbook's file that has no mistakes, as the vocabulary of a drill has it. */
final class RunbookContent {
    static final Duration TIME_TO_LIVE = Duration.ofHours(4);

    private final Entry root;
    private final Map<String, Ensemble> ensembles;

    /** @param ensembles by application, what those of them are made up of that are no programs */
    RunbookContent(Entry root, Map<String, Ensemble> ensembles) {
        this.root = root;
        this.ensembles = Map.copyOf(ensembles);
    }

    Runbook runbook(String file, String sha256, Optional<String> commit) {
        String name = text(root.at("name"));
        Objectives objectives = new Objectives(
                duration(root.at("objectives").at("rpo")),
                duration(root.at("objectives").at("rto")));
        return new Runbook(
                name,
                root.at("title").text().orElse(name),
                text(root.at("system")),
                text(root.at("owner")),
                constant(Scenario.class, root.at("scenario")),
                schedule(root.at("schedule")),
                objectives,
                processes(objectives),
                backups(),
                scratch(root.at("scratch")),
                deadlines(),
                root.at("steps").items().stream().map(this::step).toList(),
                new BaselineContent(root.at("baseline")).plan(),
                root.at("detection")
                        .at("atLeast")
                        .text()
                        .map(text -> OptionalInt.of(Integer.parseInt(text.replace("%", ""))))
                        .orElse(OptionalInt.empty()),
                new GovernanceContent(root).governance(),
                new FleetContent(root.at("fleet")).fleet(),
                file,
                sha256,
                commit);
    }

    private static Optional<SchedulePlan> schedule(Entry schedule) {
        return schedule.present()
                ? Optional.of(new SchedulePlan(
                        schedule.at("cron").text().map(String::strip),
                        schedule.at("on").text().map(String::strip),
                        schedule.at("at").text().map(LocalTime::parse).orElse(LocalTime.MIDNIGHT),
                        zone(schedule.at("zone")),
                        texts(schedule.at("avoid")),
                        schedule.at("jitter").text().flatMap(Amounts::duration).orElse(Duration.ZERO),
                        schedule.at("after").text(),
                        schedule.at("missed")
                                .text()
                                .map(label -> constant(SchedulePlan.WhenMissed.class, label))
                                .orElse(SchedulePlan.WhenMissed.RUN),
                        retry(schedule.at("retry"))))
                : Optional.empty();
    }

    private static SchedulePlan.Retry retry(Entry retry) {
        return retry.present()
                ? new SchedulePlan.Retry(Integer.parseInt(text(retry.at("times"))), duration(retry.at("wait")))
                : SchedulePlan.Retry.NEVER;
    }

    private Map<String, BusinessProcess> processes(Objectives whole) {
        Map<String, BusinessProcess> processes = new LinkedHashMap<>();
        root.at("processes").entries().forEach((name, process) -> {
            Objectives own = new Objectives(
                    process.at("rpo").text().flatMap(Amounts::duration).orElse(whole.rpo()),
                    process.at("rto").text().flatMap(Amounts::duration).orElse(whole.rto()));
            processes.put(
                    name, new BusinessProcess(name, own, process.at("watermark").text(), texts(process.at("proof"))));
        });
        return processes;
    }

    private Map<Asset, BackupSource> backups() {
        Entry backups = root.at("backups");
        Map<Asset, BackupSource> sources = new LinkedHashMap<>();
        backups.entries().forEach((label, backup) -> {
            Asset asset = constant(Asset.class, label);
            Optional<Asset> within = backup.at("within").text().map(holder -> constant(Asset.class, holder));
            Entry described = within.map(holder -> backups.at(holder.label())).orElse(backup);
            sources.put(asset, source(asset, within, described));
        });
        return sources;
    }

    private BackupSource source(Asset asset, Optional<Asset> within, Entry described) {
        boolean matches =
                asset != Asset.DATABASE && root.at("backups").at("database").present();
        return new BackupSource(
                asset,
                text(described.at("vault")),
                constant(BackupFormat.class, described.at("format")),
                text(described.at("prefix")),
                described.at("name").text(),
                described
                        .at("select")
                        .text()
                        .map(label -> constant(Selection.class, label))
                        .orElse(matches ? Selection.MATCHING : Selection.NEWEST),
                zone(described.at("zone")),
                within,
                log(described),
                described.at("stanza").text(),
                described.at("key").text(),
                openssl(described.at("openssl")),
                promises(described.at("promises")),
                described
                        .at("onFailure")
                        .text()
                        .map(label -> constant(OnFailure.class, label))
                        .orElse(OnFailure.STOP));
    }

    private static OpensslCipher openssl(Entry openssl) {
        return new OpensslCipher(
                openssl.at("cipher").text().orElse(OpensslCipher.USUAL.cipher()),
                openssl.at("digest").text().orElse(OpensslCipher.USUAL.digest()),
                openssl.at("iterations").present()
                        ? Math.toIntExact(number(openssl.at("iterations")))
                        : OpensslCipher.USUAL.iterations());
    }

    private static Promises promises(Entry promises) {
        Entry replica = promises.at("replica");
        return new Promises(
                promises.at("every").text().flatMap(Amounts::duration),
                promises.at("keep").present()
                        ? OptionalInt.of(Math.toIntExact(number(promises.at("keep"))))
                        : OptionalInt.empty(),
                promises.at("for").text().flatMap(Amounts::duration),
                promises.at("immutable").text().flatMap(Amounts::duration),
                promises.at("encrypted").flag().orElse(false),
                promises.at("versioned").flag().orElse(false),
                replica.present()
                        ? Optional.of(new Promises.Replica(text(replica.at("vault")), text(replica.at("prefix"))))
                        : Optional.empty());
    }

    /** Some formats keep the log beside the backups, so that nobody has to say where it is. */
    private static Optional<LogSource> log(Entry described) {
        String prefix = text(described.at("prefix"));
        String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return switch (constant(BackupFormat.class, described.at("format"))) {
            case BARMAN -> Optional.of(new LogSource(folder + "wals/", target(described)));
            case WAL_G -> Optional.of(new LogSource(folder + "wal_005/", target(described)));
            case PGBACKREST ->
                Optional.of(new LogSource(folder + "archive/" + text(described.at("stanza")) + "/", target(described)));
            case PG_DUMP, PG_BASEBACKUP, ODOO_ZIP, TAR, OBJECTS, RESTIC ->
                described.at("wal").at("prefix").text().map(given -> new LogSource(given, target(described)));
        };
    }

    private static RecoveryTarget target(Entry described) {
        return described.at("target").text().map(RecoveryTarget::of).orElse(RecoveryTarget.UP_TO_THE_DISASTER);
    }

    private ScratchPlan scratch(Entry scratch) {
        return new ScratchPlan(
                scratch.at("on")
                        .text()
                        .map(label -> constant(ScratchPlan.Placement.class, label))
                        .orElse(ScratchPlan.Placement.LOCAL),
                Math.toIntExact(number(scratch.at("postgres"))),
                scratch.at("timeToLive").text().flatMap(Amounts::duration).orElse(TIME_TO_LIVE),
                scratch.at("disk").text().map(Amounts::size).orElse(OptionalLong.empty()),
                ScratchPlan.Network.CUT_OFF,
                new ClusterContent(scratch.at("kubernetes"))
                        .plan(root.at("applications").at(started()).at("image").text()));
    }

    private Map<Stage, Duration> deadlines() {
        Map<Stage, Duration> deadlines = new LinkedHashMap<>();
        root.at("deadlines")
                .entries()
                .forEach((stage, longest) -> deadlines.put(constant(Stage.class, stage), duration(longest)));
        return deadlines;
    }

    private Step step(Entry step) {
        if (step.at("together").present()) {
            return new Step.Together(
                    step.at("together").items().stream().map(this::step).toList());
        }
        if (step.at("restore").present()) {
            return OperatorContent.restore(step.at("restore"));
        }
        if (step.at("neutralise").present()) {
            return new Step.Neutralise(text(step.at("neutralise")));
        }
        if (step.at("probe").present()) {
            return new Step.Probe(
                    text(step.at("probe")),
                    texts(step.at("mustNotReach")).stream()
                            .flatMap(place -> Endpoint.of(place).stream())
                            .toList());
        }
        if (step.at("erase").present()) {
            return new Step.Erase(erasure(step.at("erase")));
        }
        if (step.at("start").present()) {
            String name = text(step.at("start"));
            return new Step.Start(WorkContent.application(
                    name, root.at("applications").at(name), Optional.ofNullable(ensembles.get(name))));
        }
        if (step.at("workflow").present()) {
            String name = text(step.at("workflow"));
            Entry workflow = WorkRules.workflow(root, started(), name).orElseThrow(() -> lost(step.at("workflow")));
            return new Step.Work(WorkContent.workflow(name, workflow));
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        step.at("rows").entries().forEach((table, least) -> rows.put(table, number(least)));
        return new Step.Check(
                text(step.at("check")),
                rows,
                inventory(step.at("inventory")),
                textsByName(step.at("without")),
                step.at("rules").items().stream().map(RunbookContent::rule).toList(),
                new Filekeeping(skew(step.at("skew")), step.at("unnamed").number(), files(step.at("files"))),
                BaselineContent.likeness(step));
    }

    private static Erasure erasure(Entry erase) {
        Entry list = erase.at("list");
        return new Erasure(
                new Erasure.Listing(
                        list.at("vault").text(), text(list.at("vault").present() ? list.at("key") : list.at("file"))),
                texts(erase.at("run")),
                texts(erase.at("absent")),
                texts(erase.at("search")));
    }

    private static Optional<SkewLimit> skew(Entry skew) {
        return skew.present()
                ? Optional.of(new SkewLimit(
                        duration(skew.at("atMost")),
                        skew.at("files").number(),
                        skew.at("slack").text().flatMap(Amounts::duration).orElse(SkewLimit.USUAL_SLACK)))
                : Optional.empty();
    }

    private static Optional<FileSource> files(Entry files) {
        return files.present()
                ? Optional.of(new FileSource(
                        text(files.at("sql")),
                        files.at("digest").text(),
                        files.at("path").text()))
                : Optional.empty();
    }

    private String started() {
        return root.at("steps").items().stream()
                .flatMap(step -> step.at("start").text().stream())
                .findFirst()
                .orElse("");
    }

    private static Rule rule(Entry rule) {
        Entry expect = rule.at("expect");
        return new Rule(
                text(rule.at("name")),
                text(rule.at("sql")),
                expect.text().map(Expectation::words).orElseGet(() -> Expectation.number(number(expect))),
                text(rule.at("means")),
                rule.at("among").text(),
                rule.at("within").text().flatMap(Amounts::duration).orElse(Rule.USUAL));
    }

    private static Optional<Inventory> inventory(Entry inventory) {
        if (!inventory.present()) {
            return Optional.empty();
        }
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        inventory.at("keys").entries().forEach((file, ofFile) -> keys.put(file, textsByName(ofFile)));
        return Optional.of(new Inventory(
                texts(inventory.at("files")),
                keys,
                textsByName(inventory.at("addons")),
                textsByName(inventory.at("images"))));
    }

    private static ZoneId zone(Entry zone) {
        return zone.text().map(ZoneId::of).orElseGet(() -> ZoneId.of("UTC"));
    }

    private static Duration duration(Entry duration) {
        return duration.text().flatMap(Amounts::duration).orElseThrow(() -> lost(duration));
    }

    private static String text(Entry text) {
        return text.text().orElseThrow(() -> lost(text));
    }

    private static List<String> texts(Entry list) {
        return list.items().stream().map(RunbookContent::text).toList();
    }

    private static Map<String, String> textsByName(Entry mapping) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.entries().forEach((name, value) -> texts.put(name, text(value)));
        return texts;
    }

    private static long number(Entry number) {
        return number.number().orElseThrow(() -> lost(number));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Entry entry) {
        return constant(type, text(entry));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static IllegalStateException lost(Entry entry) {
        return new IllegalStateException("the schema lets a runbook pass without a sound `" + entry.path() + "`");
    }
}
