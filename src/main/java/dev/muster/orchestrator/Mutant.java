package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Detection;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fault;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Step;
import dev.muster.drill.StoredObject;
import dev.muster.orchestrator.fault.Data;
import dev.muster.orchestrator.fault.FetchedObjects;
import dev.muster.orchestrator.fault.Ground;
import dev.muster.orchestrator.fault.Injection;
import dev.muster.orchestrator.fault.RestoredFiles;
import dev.muster.orchestrator.fault.Steps;
import dev.muster.orchestrator.fault.Tree;
import dev.muster.restore.RestoreOutcome;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A drill with one fault in it: only what the fault can have changed is done once more. */
final class Mutant implements Injection.Cases<Void> {
    private static final int BACKUPS = 10;

    private final Notes control;
    private final AsRestored kept;
    private final Fault fault;
    private final Vaults vaults;
    private final Scratches scratches;
    private final Prover.Asking asking;
    private final Prover.Reading reading;
    private final Clock clock;
    private final Random lots;
    private final ScratchCorner corner;
    private final Scratch whole;
    private Optional<LocalSite> own = Optional.empty();
    private Catchers catchers;
    private String made = "";

    Mutant(
            Notes control,
            AsRestored kept,
            long seed,
            Fault fault,
            Vaults vaults,
            Scratches scratches,
            Prover.Asking asking,
            Prover.Reading reading,
            Clock clock) {
        this.control = control;
        this.kept = kept;
        this.fault = fault;
        this.vaults = vaults;
        this.scratches = scratches;
        this.asking = asking;
        this.reading = reading;
        this.clock = clock;
        // Each fault draws its own, so that one that is made alone is made as among all others.
        this.lots = new Random(seed ^ fault.name().hashCode());
        this.whole = kept.scratch();
        this.corner = new ScratchCorner(whole, kept, "fault-" + fault.name());
        this.catchers = Catchers.none(fault);
    }

    Detection detection() {
        return catchers.detection(made);
    }

    Detection unknown(String why) {
        return catchers.unknown(made, why);
    }

    void clear() throws IOException, SQLException {
        if (own.isPresent()) {
            own.get().remove();
        }
        corner.clear();
    }

    @Override
    public Void objects(Injection.IntoObjects injection) throws Exception {
        Backup backup = backup(injection.asset());
        Path fetched = kept.fetched(injection.asset());
        Path folder = corner.folder("objects");
        FetchedObjects objects = FetchedObjects.linked(fetched, folder, backup);
        made = injection.making().in(objects, ground());
        corner.handOver(folder);
        again(backup, folder, control.recoveryPoint().orElseThrow());
        return null;
    }

    @Override
    public Void log(Injection.IntoLog injection) throws Exception {
        Backup sound = backup(Asset.DATABASE);
        Backup backup = injection.making().in(sound, ground());
        made = "the log ends before " + backup.log().orElseThrow().missing();
        RecoveryPoint point = control.recoveryPoint().orElseThrow();
        Map<Asset, Backup> backups = new EnumMap<>(point.backups());
        backups.put(Asset.DATABASE, backup);
        Path folder = corner.folder("objects");
        Tree.link(kept.fetched(Asset.DATABASE), folder);
        corner.handOver(folder);
        again(backup, folder, new RecoveryPoint(point.disaster(), backups, point.candidates()));
        return null;
    }

    @Override
    public Void data(Injection.IntoData injection) throws Exception {
        String name = "fault-" + fault.name();
        Database database = kept.copy(name).orElseThrow();
        try (Connection connection = database.connect()) {
            made = injection.making().in(new Data(connection, control.request.runbook(), lots));
        }
        Map<Asset, RestoreOutcome> outcomes = kept.outcomes();
        outcomes.computeIfPresent(Asset.DATABASE, (asset, outcome) -> changed(outcome, database));
        ask(control.asRestored(control.request, outcomes), Set.of(Asset.DATABASE), whole);
        return null;
    }

    @Override
    public Void files(Injection.IntoFiles injection) throws Exception {
        RestoreOutcome restored =
                Optional.ofNullable(kept.outcomes().get(injection.asset())).orElseThrow();
        Path folder = corner.folder("files");
        made = injection.making().in(RestoredFiles.linked(restored.folder().orElseThrow(), folder), ground());
        corner.handOver(folder);
        Map<Asset, RestoreOutcome> outcomes = kept.outcomes();
        outcomes.put(injection.asset(), changed(restored, folder));
        ask(control.asRestored(control.request, outcomes), Set.of(injection.asset()), whole);
        return null;
    }

    @Override
    public Void vault(Injection.IntoVault injection) throws Exception {
        switch (injection.telling()) {
            case CHANGED_MEANWHILE -> {
                Notes notes = control.asRestored(control.request, kept.outcomes());
                ObjectRead read = control.objectsRead()
                        .get(lots.nextInt(control.objectsRead().size()));
                made = read.before().address() + " has another ETag";
                notes.read(List.of(new ObjectRead(
                        read.asset(),
                        another(read.before()),
                        read.sha256(),
                        read.bytes(),
                        read.protection(),
                        Optional.empty())));
                new SourceUnchanged(vaults, clock).check(notes);
                catchers = Catchers.of(fault, notes, Optional.empty());
            }
            case NOTHING_NEWER -> {
                Duration silence = silence();
                made = "it is asked " + silence.toHours() + " hours later, and nothing came";
                ask(control.asRestored(later(silence), kept.outcomes()), Set.of(), whole);
            }
        }
        return null;
    }

    @Override
    public Void network(Injection.IntoNetwork injection) throws Exception {
        Scratch open = beside(control.request.runbook().scratch().in(ScratchPlan.Network.OPEN));
        made = "a scratch opened in the network of the machine";
        ask(control.asRestored(control.request, kept.outcomes()), Set.of(), open);
        return null;
    }

    private Scratch beside(ScratchPlan plan) throws InterruptedException {
        LocalSite opened = scratches.openHere(control.drill, plan);
        own = Optional.of(opened);
        control.openedBeside(opened);
        return opened.scratch();
    }

    /** Restores what was in these objects once more, and asks all that depends on it. */
    private void again(Backup backup, Path folder, RecoveryPoint point) throws Exception {
        Set<Asset> assets = EnumSet.noneOf(Asset.class);
        for (BackupSource source : control.request.runbook().backups().values()) {
            if (source.within().orElse(source.asset()) == backup.asset()) {
                assets.add(source.asset());
            }
        }
        Map<Asset, RestoreOutcome> outcomes = kept.outcomes();
        outcomes.keySet().removeAll(assets);
        Notes notes = control.asRestored(control.request, outcomes);
        notes.chosen(point);
        notes.fetched(backup.asset(), folder, List.of());
        Scratch place = corner;
        if (backup.asset() == Asset.DATABASE && restoresServer(backup)) {
            // A server of its own needs a scratch of its own.
            place = beside(control.request.runbook().scratch());
        }
        StepRunner steps = asking.in(notes, place);
        try {
            for (Step step : Steps.single(control.request.runbook().steps())) {
                if (step instanceof Step.Restore restore && assets.contains(restore.asset())) {
                    step.match(steps).call();
                }
            }
        } catch (BadBackup | NotRestored bad) {
            catchers = Catchers.of(
                    fault, notes, Optional.of("restore: " + backup.asset().label()));
            return;
        }
        ask(notes, assets, place);
    }

    /** Carries out the steps that ask what has changed, and takes the last readings. */
    private void ask(Notes notes, Set<Asset> changed, Scratch place) throws Exception {
        StepRunner steps = asking.in(notes, place);
        boolean everything = fault.kind() != Fault.Kind.DATA;
        for (Step step : Steps.single(notes.request.runbook().steps())) {
            Concerned concerned = Concerned.by(step);
            // Files are read whole, which takes as long as the whole proof; they only are when nothing else has spoken.
            boolean worth = everything
                    || !concerned.assets().contains(Asset.FILESTORE)
                    || !Catchers.of(fault, notes, Optional.empty()).any();
            if (worth && concerned.changedBy(changed, fault.kind())) {
                step.match(steps).call();
            }
        }
        reading.of(notes).take();
        catchers = Catchers.of(fault, notes, Optional.empty());
    }

    private Ground ground() {
        return new Ground(
                control.request.runbook(),
                control.recoveryPoint().orElseThrow(),
                vaults,
                kept.restored(),
                corner,
                lots,
                control::read);
    }

    private Backup backup(Asset asset) {
        return Optional.ofNullable(
                        control.recoveryPoint().orElseThrow().backups().get(asset))
                .orElseThrow();
    }

    private static boolean restoresServer(Backup backup) {
        return switch (backup.source().format()) {
            case PG_BASEBACKUP, PGBACKREST, BARMAN, WAL_G -> true;
            case PG_DUMP, ODOO_ZIP, TAR, OBJECTS, RESTIC -> false;
        };
    }

    private static RestoreOutcome changed(RestoreOutcome outcome, Database database) {
        return new RestoreOutcome(
                outcome.checks(),
                outcome.readings(),
                Optional.of(database),
                outcome.folder(),
                outcome.facts(),
                outcome.reads());
    }

    private static RestoreOutcome changed(RestoreOutcome outcome, Path folder) {
        return new RestoreOutcome(
                outcome.checks(),
                outcome.readings(),
                outcome.database(),
                Optional.of(folder),
                outcome.facts(),
                outcome.reads());
    }

    private static StoredObject another(StoredObject one) {
        return new StoredObject(
                one.vault(), one.bucket(), one.key(), one.size(), "0".repeat(32), one.version(), one.lastModified());
    }

    /** As long as ten backups would have taken, by what was promised or else by what may be lost. */
    private Duration silence() {
        return control.request.runbook().backups().values().stream()
                .flatMap(source -> source.promises().every().stream())
                .max(Duration::compareTo)
                .orElse(control.request.runbook().objectives().rpo())
                .multipliedBy(BACKUPS);
    }

    private DrillRequest later(Duration by) {
        DrillRequest request = control.request;
        return new DrillRequest(
                request.runbook(),
                request.disaster().plus(by),
                request.requestedBy(),
                request.trigger(),
                request.named(),
                request.overrides(),
                request.keep(),
                request.queued());
    }
}
