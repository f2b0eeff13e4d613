package dev.muster.backup.choice;

import dev.muster.backup.bucket.Fetch;
import dev.muster.backup.bucket.History;
import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.bucket.Workers;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.ObjectsLayout;
import dev.muster.backup.format.OpenedVault;
import dev.muster.backup.format.Seal;
import dev.muster.backup.log.LogChoice;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Candidate;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LogSource;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Chooses the backups that a runbook's drill restores together. */
public final class Choice {
    private final Function<String, Vault> vaults;
    private final Function<String, Secret> secrets;
    private final Workers workers;
    private final Runbook runbook;
    private final Instant disaster;
    private final String seed;
    private final Map<String, String> tried;

    /** @param tried backups that are out of the question, by their addresses, each with a sentence that says why */
    public Choice(
            Function<String, Vault> vaults,
            Function<String, Secret> secrets,
            Workers workers,
            Runbook runbook,
            Instant disaster,
            String seed,
            Map<String, String> tried) {
        this.vaults = vaults;
        this.secrets = secrets;
        this.workers = workers;
        this.runbook = runbook;
        this.disaster = disaster;
        this.seed = seed;
        this.tried = tried;
    }

    public RecoveryPoint choose(Map<Asset, String> named) throws BadBackup, InterruptedException {
        Map<Asset, Backup> backups = new TreeMap<>();
        List<Candidate> all = new ArrayList<>();
        for (BackupSource source : ofTheirOwn()) {
            Optional<String> asked = Optional.ofNullable(named.get(source.asset()));
            Optional<Backup> database = Optional.ofNullable(backups.get(Asset.DATABASE));
            Layout layout = layout(source, database);
            List<StoredObject> objects = heads(source, layout);
            if (objects.isEmpty()) {
                throw new CouldNotRun(nothingThere(source, layout));
            }
            if (asked.isPresent()) {
                demandOne(source, layout, objects, asked.get());
            }
            demandRightName(source, layout, objects, asked);
            List<Candidate> candidates =
                    survey(source, layout, database, asked, false).candidates(objects);
            all.addAll(candidates);
            Optional<Candidate> chosen =
                    candidates.stream().filter(Candidate::chosen).findFirst();
            if (chosen.isEmpty()) {
                throw noneUsable(source, layout, candidates, asked);
            }
            backups.put(source.asset(), backup(source, layout, chosen.get()));
        }
        for (BackupSource source : withinOthers()) {
            Backup holder = holder(source, backups);
            backups.put(source.asset(), new Backup(source.asset(), source, holder.object(), holder.claimed()));
            all.add(within(source, holder.object(), holder.claimed()));
        }
        return new RecoveryPoint(disaster, backups, all);
    }

    /** Everything that lies where the runbook looks, each object looked into. */
    public List<Stock> stocks() throws InterruptedException {
        List<Stock> stocks = new ArrayList<>();
        Optional<Backup> database = Optional.empty();
        for (BackupSource source : ofTheirOwn()) {
            Layout layout = layout(source, database);
            List<Candidate> candidates =
                    survey(source, layout, database, Optional.empty(), true).candidates(heads(source, layout));
            stocks.add(new Stock(source, Optional.of(layout), candidates));
            if (source.asset() == Asset.DATABASE) {
                database = candidates.stream()
                        .filter(Candidate::chosen)
                        .findFirst()
                        .map(chosen -> new Backup(source.asset(), source, chosen.object(), chosen.claimed()));
            }
        }
        for (BackupSource source : withinOthers()) {
            List<Candidate> holders = stocks.stream()
                    .flatMap(stock -> stock.candidates().stream())
                    .filter(one ->
                            one.chosen() && one.asset() == source.within().orElseThrow())
                    .map(holder -> within(source, holder.object(), holder.claimed()))
                    .toList();
            stocks.add(new Stock(source, Optional.empty(), holders));
        }
        return stocks;
    }

    private List<BackupSource> ofTheirOwn() {
        return runbook.backups().values().stream()
                .filter(source -> source.within().isEmpty())
                .toList();
    }

    private List<BackupSource> withinOthers() {
        return runbook.backups().values().stream()
                .filter(source -> source.within().isPresent())
                .toList();
    }

    private Layout layout(BackupSource source, Optional<Backup> database) throws InterruptedException {
        Vault vault = vaults.apply(source.vault());
        if (source.format() == BackupFormat.OBJECTS) {
            History history = workers.run(() -> vault.history(source.prefix()));
            return new ObjectsLayout(source, history.at(moment(source, history, database)));
        }
        List<StoredObject> listed = workers.run(() -> source.format() == BackupFormat.RESTIC
                ? vault.history(source.prefix()).at(Instant.MAX).objects()
                : vault.list(source.prefix()));
        return Layout.of(source, listed, new OpenedVault(vault, secrets));
    }

    /** Without versions there is no earlier state; what is there besides what a database names does no harm. */
    private Instant moment(BackupSource source, History history, Optional<Backup> database) {
        return source.select() == Selection.MATCHING && history.versioned()
                ? database.map(backup -> history.settledAfter(point(backup), disaster))
                        .orElse(disaster)
                : disaster;
    }

    /** The instant that the database will be good for once its log is replayed. */
    private Instant point(Backup database) {
        Instant alone = database.claimed().at().orElse(database.object().lastModified());
        return database.source()
                .log()
                .map(log -> switch (log.target().kind()) {
                    case DISASTER, LATEST -> disaster;
                    case TIME -> Instant.parse(log.target().value());
                    case LSN, XID, NAME -> alone;
                })
                .orElse(alone);
    }

    private List<StoredObject> heads(BackupSource source, Layout layout) throws InterruptedException {
        return read(source.vault(), source.prefix(), layout::heads);
    }

    /** Reads a little of what is listed to know what is there. */
    private <T> T read(String vault, String prefix, Callable<T> look) throws InterruptedException {
        try {
            return workers.await(workers.start(look));
        } catch (Unreadable e) {
            throw new CouldNotRun(Fetch.changed(vaults.apply(vault).place(prefix), e.how()), e);
        }
    }

    private Survey survey(
            BackupSource source, Layout layout, Optional<Backup> database, Optional<String> asked, boolean thorough) {
        return new Survey(
                vaults.apply(source.vault()),
                workers,
                source,
                layout,
                disaster,
                preference(source, layout, database),
                asked,
                tried,
                thorough);
    }

    private Preference preference(BackupSource source, Layout layout, Optional<Backup> database) {
        Optional<String> only = layout.onlyChoice();
        if (only.isPresent()) {
            return new OnlyOne(only.get());
        }
        return switch (source.select()) {
            case NEWEST -> new Newest();
            case OLDEST -> new Oldest();
            case RANDOM -> new Drawn(seed);
            case MATCHING ->
                database.map(this::point).<Preference>map(Matching::new).orElseGet(Newest::new);
        };
    }

    private Backup backup(BackupSource source, Layout layout, Candidate chosen) throws BadBackup, InterruptedException {
        Vault vault = vaults.apply(source.vault());
        StoredObject object = layout.identified() ? chosen.object() : current(vault, chosen.object());
        List<StoredObject> parts = new ArrayList<>();
        for (StoredObject part : read(source.vault(), chosen.object().key(), () -> layout.parts(chosen.object()))) {
            parts.add(layout.identified() ? part : current(vault, part));
        }
        return new Backup(
                source.asset(),
                source,
                object,
                chosen.claimed(),
                read(source.vault(), chosen.object().key(), () -> layout.base(chosen.object())),
                parts,
                log(source, layout, vault, chosen.object()));
    }

    private Optional<RecoveryLog> log(BackupSource source, Layout layout, Vault vault, StoredObject head)
            throws BadBackup, InterruptedException {
        Optional<LogRange> range = read(source.vault(), head.key(), () -> layout.log(head));
        if (source.log().isEmpty() || range.isEmpty()) {
            return Optional.empty();
        }
        LogSource declared = source.log().get();
        LogSource log = new LogSource(
                declared.prefix() + read(source.vault(), head.key(), () -> layout.logFolder(head)), declared.target());
        LogSeal seal = read(source.vault(), head.key(), layout::logSeal);
        try {
            return Optional.of(new LogChoice(vault, workers, log, seal, disaster).following(range.get()));
        } catch (Unreadable e) {
            throw new CouldNotRun(Fetch.changed(vault.place(log.prefix()), e.how()), e);
        }
    }

    /** A listing does not tell an object's version; the version is what makes it the same one ever after. */
    private StoredObject current(Vault vault, StoredObject listed) throws InterruptedException {
        Optional<StoredObject> now = workers.run(() -> vault.describe(listed.key(), Optional.empty()));
        return now.filter(found -> found.etag().equals(listed.etag()) && found.size() == listed.size())
                .orElseThrow(() -> new CouldNotRun(
                        Fetch.changed(vault.place(listed.key()), now.isPresent() ? "was replaced" : "was removed")));
    }

    private Backup holder(BackupSource source, Map<Asset, Backup> backups) {
        Backup holder = backups.get(source.within().orElseThrow());
        if (holder == null) {
            throw new CouldNotRun(new Problem(
                    "The " + source.asset().label() + " is said to lie within a backup that the runbook does not name",
                    runbook.file(),
                    "Add `" + source.within().orElseThrow().label() + "` under `backups:`."));
        }
        return holder;
    }

    private static Candidate within(BackupSource source, StoredObject object, Reading claimed) {
        return new Candidate(
                source.asset(),
                object,
                claimed,
                true,
                true,
                "Chosen: it lies within the backup of the "
                        + source.within().orElseThrow().label() + ".");
    }

    private void demandOne(BackupSource source, Layout layout, List<StoredObject> objects, String asked) {
        List<String> matching = objects.stream()
                .filter(object -> Names.isAskedFor(object, layout.name(object), asked))
                .map(StoredObject::key)
                .toList();
        if (matching.size() == 1) {
            return;
        }
        throw new CouldNotRun(new Problem(
                matching.isEmpty()
                        ? "No object named " + asked + " lies where the backups of the "
                                + source.asset().label() + " are"
                        : "The name " + asked + " belongs to " + matching.size() + " objects",
                place(source),
                matching.isEmpty()
                        ? "List what is there with: muster backups " + runbook.file()
                        : "Give the whole key: --backup " + source.asset().label() + "=" + matching.get(0)));
    }

    private void demandRightName(
            BackupSource source, Layout layout, List<StoredObject> objects, Optional<String> asked) {
        if (objects.stream()
                .allMatch(object -> Names.fault(object, layout, source, asked).isPresent())) {
            throw new CouldNotRun(new Problem(
                    "There is no backup of the " + source.asset().label() + " to look at: none of the " + objects.size()
                            + " objects has the right name",
                    place(source),
                    "Check `name` of `" + source.asset().label() + "` in " + runbook.file() + "; one that is there is "
                            + objects.get(0).key() + "."));
        }
    }

    private Problem nothingThere(BackupSource source, Layout layout) {
        if (layout.onlyChoice().isPresent()) {
            return new Problem(
                    "There is no backup of the " + source.asset().label() + " to look at: nothing lay under the prefix"
                            + " at " + disaster,
                    place(source),
                    "Check `prefix` and `vault` of `" + source.asset().label() + "` in " + runbook.file()
                            + ", and whether anything was stored there before that instant; a later one is set with"
                            + " --at.");
        }
        return new Problem(
                "There is no backup of the " + source.asset().label() + " to look at: nothing lies under the prefix",
                place(source),
                "Check `prefix` and `vault` of `" + source.asset().label() + "` in " + runbook.file()
                        + ", and whether the backup job has ever written there.");
    }

    /** The newest candidate's fault leads, since that is the one the owner relies on. */
    private BadBackup noneUsable(
            BackupSource source, Layout layout, List<Candidate> candidates, Optional<String> asked) {
        List<Candidate> looked = candidates.stream()
                .filter(one -> Names.fault(one.object(), layout, source, asked).isEmpty())
                .toList();
        Candidate newest = looked.get(0);
        if (asked.isPresent() && newest.complete()) {
            throw new CouldNotRun(new Problem(
                    "The backup that was asked for is from after the disaster instant " + disaster,
                    newest.object().address(),
                    "Set a later instant with --at, or choose an older backup. It says: "
                            + newest.claimed().formula() + "."));
        }
        Problem none = new Problem(
                (looked.size() == 1 ? "The only candidate" : "None of the " + looked.size() + " candidates")
                        + " for the " + source.asset().label()
                        + (looked.size() == 1 ? " cannot" : " can") + " be restored",
                place(source),
                "The newest is " + newest.object().key() + ": " + newest.reason() + " " + remedy(source, newest)
                        + " See all of them with: muster backups " + runbook.file());
        if (Seal.lacksKey(newest.reason())) {
            throw new CouldNotRun(none);
        }
        return new BadBackup(none);
    }

    private static String remedy(BackupSource source, Candidate newest) {
        if (Seal.lacksKey(newest.reason())) {
            return "Nothing is known about the backup itself.";
        }
        if (!newest.complete()) {
            return "Run the backup job again.";
        }
        return newest.claimed().at().isPresent()
                ? "Choose a later instant with --at, or let the backup job run more often."
                : "If it is from before that instant, drill it with --backup "
                        + source.asset().label() + "=" + newest.object().key() + ".";
    }

    private String place(BackupSource source) {
        return vaults.apply(source.vault()).place(source.prefix());
    }
}
