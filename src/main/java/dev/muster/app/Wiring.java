package dev.muster.app;

import dev.muster.backup.VaultSettings;
import dev.muster.backup.Vaults;
import dev.muster.catalog.Catalog;
import dev.muster.catalog.slot.Slots;
import dev.muster.check.Checks;
import dev.muster.check.application.Applications;
import dev.muster.cli.Serving;
import dev.muster.cli.Workshop;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Teller;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Destination;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.Witness;
import dev.muster.orchestrator.Approvals;
import dev.muster.orchestrator.Concluder;
import dev.muster.orchestrator.Conductor;
import dev.muster.orchestrator.Doctor;
import dev.muster.orchestrator.KnownBefore;
import dev.muster.orchestrator.Openings;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.Surroundings;
import dev.muster.orchestrator.baseline.BaselineMaking;
import dev.muster.orchestrator.baseline.Baselines;
import dev.muster.orchestrator.fleet.Rolls;
import dev.muster.orchestrator.followup.Exporting;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.outside.FolderCopy;
import dev.muster.orchestrator.outside.HttpWitness;
import dev.muster.orchestrator.outside.Safekeeping;
import dev.muster.orchestrator.outside.VaultCopy;
import dev.muster.orchestrator.outside.WebhookCopy;
import dev.muster.orchestrator.rebuild.Rebuilding;
import dev.muster.orchestrator.remote.RemoteSecrets;
import dev.muster.orchestrator.remote.RemoteWork;
import dev.muster.people.People;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.runbook.References;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.Watch;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.schedule.overdue.OutsideAlarm;
import dev.muster.schedule.overdue.Overdue;
import dev.muster.schedule.slot.SlotKeeping;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.kubernetes.ClusterSettings;
import dev.muster.scratch.kubernetes.KubernetesScratches;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeySource;
import dev.muster.signing.timestamp.TimestampAuthority;
import dev.muster.signing.timestamp.TimestampSettings;
import dev.muster.telling.Couriers;
import dev.muster.template.Templates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts Muster together from its settings: the one place that knows every part. Parts are opened when first asked for. */
final class Wiring implements Workshop {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private static final int TELLING = 16;

    private final Settings settings;
    private final Clock clock;
    private final Checks checks;
    private final Scratches scratches;
    private final Vaults vaults;
    /** The secrets that runbooks have referred to so far, by reference. */
    private final Map<String, Secret> learned = new ConcurrentHashMap<>();

    private final CalendarFolder calendars;

    private @Nullable Catalog catalog;
    private @Nullable Library library;
    private @Nullable TellingParts telling;

    Wiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.checks = Checks.shipped(clock);
        Scratches here = new Scratches(
                settings.home(), settings.scratch().folder(), settings.scratch().user(), clock);
        this.scratches = settings.kubernetes()
                .map(cluster -> here.and(new KubernetesScratches(cluster, clock, Surroundings.version())))
                .orElse(here);
        this.calendars = new CalendarFolder(settings.calendars());
        this.vaults = new Vaults(settings.vaults().values(), this::secret, clock);
    }

    @Override
    public RunbookReader runbooks() {
        return new RunbookReader(settings.vaults().keySet(), checks.groups());
    }

    @Override
    public Path runbookFolder() {
        return settings.runbooks();
    }

    @Override
    public synchronized Library library() {
        if (library == null) {
            library = new Library(
                    settings.runbooks(), runbooks(), Optional.of(settings.home().resolve("runbooks")), clock);
        }
        return library;
    }

    @Override
    public CalendarFolder calendars() {
        return calendars;
    }

    /** Keeps slots and notices what is overdue; to be asked to look every minute or so. */
    Watch watch(SlotKeeping slots) {
        return new Watch(
                slots,
                new Overdue(library(), catalog(), ledger(), teller()),
                settings.alarm().map(hook -> new OutsideAlarm(hook.name(), hook.address())));
    }

    SlotKeeping slotKeeping() {
        return new SlotKeeping(library(), calendars, new Slots(catalog()), ledger(), teller());
    }

    @Override
    public Conductor conductor() {
        Concluder concluder = new Concluder(
                ledger(),
                catalog(),
                evidence(),
                safekeeping(),
                keyRing(),
                timestampAuthority(),
                evidenceFolder(),
                settings.organisation().name(),
                teller(),
                clock);
        return new Conductor(
                vaults,
                scratches,
                ledger(),
                reaper(),
                concluder,
                checks,
                new KnownBefore(new Baselines(vaults, keyRing()), catalog()),
                new Applications(settings.programs(), clock),
                new RemoteWork(settings.vaults(), endpoints(), settings.programs(), Surroundings.version(), clock),
                openings(),
                new Approvals(settings.approvers(), clock),
                clock);
    }

    @Override
    public FollowingUp followingUp() {
        return new FollowingUp(
                ledger(), catalog(), keyRing(), timestampAuthority(), settings.approvers(), evidenceFolder(), clock);
    }

    @Override
    public Rebuilding rebuilding() {
        // Held, since a file is opened anew for each piece of work otherwise, and there is a lot of it.
        return new Rebuilding(ledger(), held(), keys());
    }

    @Override
    public Exporting exporting() {
        return new Exporting(ledger(), catalog(), evidence(), keyRing(), evidenceFolder(), this::soundRunbooks);
    }

    synchronized TellingParts telling() {
        if (telling == null) {
            telling = new TellingParts(settings, catalog(), evidence(), keyRing(), clock);
        }
        return telling;
    }

    private Teller teller() {
        return telling().teller();
    }

    @Override
    public Couriers couriers() {
        return telling().couriers();
    }

    private Optional<TimestampAuthority> timestampAuthority() {
        return settings.timestamp().map(TimestampAuthority::new);
    }

    @Override
    public Path evidenceFolder() {
        return settings.home().resolve("evidence");
    }

    @Override
    public BaselineMaking baselines() {
        return new BaselineMaking(vaults, scratches, new Baselines(vaults, keyRing()), ledger(), this::secret, clock);
    }

    @Override
    public Planner planner() {
        return new Planner(vaults, scratches, openings(), settings.home());
    }

    private Openings openings() {
        return new Openings(vaults, endpoints(), new RemoteSecrets(vaults));
    }

    /** Where vaults answer from within the cluster. */
    private Map<String, URI> endpoints() {
        return settings.kubernetes().map(ClusterSettings::endpoints).orElse(Map.of());
    }

    @Override
    public Rolls rolls() {
        return new Rolls(vaults, this::secret);
    }

    @Override
    public Reaper reaper() {
        return new Reaper(scratches, ledger(), catalog(), teller(), clock);
    }

    @Override
    public Doctor doctor() {
        return new Doctor(
                vaults,
                settings.vaults().keySet(),
                scratches,
                this::ledger,
                this::catalog,
                keyRing(),
                timestampAuthority(),
                settings.approvers(),
                settings.home(),
                clock);
    }

    @Override
    public Catalog catalog() {
        if (catalog == null) {
            Settings.CatalogPlace place = settings.catalog();
            catalog = Catalog.open(place.url(), place.user(), place.password().map(Supplier::get));
        }
        return catalog;
    }

    @Override
    public Ledger ledger() {
        return Ledger.open(settings.home().resolve("ledger"), clock);
    }

    @Override
    public Safekeeping safekeeping() {
        List<Witness> witnesses = new ArrayList<>();
        settings.ledger().witnesses().forEach(one -> witnesses.add(new HttpWitness(one.url(), one.key())));
        return new Safekeeping(ledger(), witnesses, destinations());
    }

    /** Where checkpoints go outside. */
    List<Destination> destinations() {
        List<Destination> destinations = new ArrayList<>();
        for (Settings.CopyPlace copy : settings.ledger().copies()) {
            copy.vault()
                    .ifPresent(vault -> destinations.add(
                            new VaultCopy(vaults, vault, copy.prefix(), copy.lock(), this::backupsRead)));
            copy.folder().ifPresent(folder -> destinations.add(new FolderCopy(folder)));
            copy.hook().ifPresent(hook -> destinations.add(new WebhookCopy(hook.name(), hook.address())));
        }
        return destinations;
    }

    /** Where the runbooks of this installation read backups from; one with mistakes reads none. */
    private List<BackupSource> backupsRead() {
        return soundRunbooks().stream()
                .flatMap(runbook -> runbook.backups().values().stream())
                .toList();
    }

    private List<Runbook> soundRunbooks() {
        try (Stream<Path> files = Files.list(settings.runbooks())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> runbooks().read(file, Map.of()).runbook().stream())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The runbooks cannot be listed, so that nobody knows what they are about (" + unreadable
                                    + ")",
                            settings.runbooks().toString(),
                            "Make the folder readable for the user who runs Muster."),
                    unreadable);
        }
    }

    @Override
    public Evidence evidence() {
        return new Evidence(
                new Report(new Templates(settings.organisation().templates()), settings.report()),
                key -> Optional.of(DocumentKey.in(keys(), key.demonstration(), clock)),
                this::secrets);
    }

    /** The secret that a runbook refers to. */
    private Secret secret(String reference) {
        Secret found = new References(System.getenv(), settings.secrets()).resolve(reference);
        learned.put(reference, found);
        return found;
    }

    /** What must stand in no evidence. A secret that cannot be read now cannot leak either. */
    private List<Secret> secrets() {
        List<Secret> known = new ArrayList<>(vaults.lent());
        for (Secret secret : learned.values()) {
            known.add(secret);
            // Of a key that is a whole file, a single line would tell enough.
            secret.reveal()
                    .lines()
                    .filter(line -> line.length() >= TELLING)
                    .map(Secret::new)
                    .forEach(known::add);
        }
        settings.timestamp().flatMap(TimestampSettings::password).ifPresent(password -> {
            try {
                known.add(password.get());
            } catch (CouldNotRun unreadable) {
                LOG.debug("the password of the timestamp authority cannot be read", unreadable);
            }
        });
        add(known, settings.comingIn().signOn().flatMap(SignOnSettings::secret), "the provider for sign-on");
        for (VaultSettings vault : settings.vaults().values()) {
            add(known, vault.secretKey(), "vault " + vault.name());
        }
        for (KeySource key : settings.keys().values()) {
            add(known, key.secret(), key.toString());
        }
        add(known, settings.catalog().password(), "the catalog");
        settings.kubernetes()
                .ifPresent(cluster -> cluster.pullSecrets()
                        .forEach((name, secret) -> add(known, Optional.of(secret), "the pull secret " + name)));
        settings.receivers()
                .forEach(receiver -> receiver.channel()
                        .secrets()
                        .forEach(secret -> add(known, Optional.of(secret), "the receiver " + receiver.name())));
        return known;
    }

    private static void add(List<Secret> known, Optional<Supplier<Secret>> secret, String of) {
        try {
            secret.map(Supplier::get).ifPresent(known::add);
        } catch (CouldNotRun unreadable) {
            LOG.debug("the secret of {} cannot be read", of, unreadable);
        }
    }

    @Override
    public KeyRing keyRing() {
        return new KeyRing(keys(), settings.keys(), clock);
    }

    @Override
    public Path keys() {
        return settings.home().resolve("keys");
    }

    @Override
    public Path home() {
        return settings.home();
    }

    @Override
    public People people() {
        return new People(catalog(), ledger(), settings.comingIn().session(), clock);
    }

    @Override
    public Serving serve(Optional<Integer> port) {
        return Service.start(this, settings, held(), port, clock);
    }

    private Catalog held() {
        Settings.CatalogPlace place = settings.catalog();
        Catalog held = Catalog.hold(place.url(), place.user(), place.password().map(Supplier::get));
        catalog = held;
        return held;
    }

    /** What is done once a day to show that Muster is awake. */
    void heartbeat() {
        telling().tellWhatExpires();
        try {
            safekeeping().heartbeat(keyRing().ledger()).troubles().forEach(trouble -> LOG.error("{}", trouble));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (telling != null) {
            telling.close();
        }
        vaults.close();
        if (catalog != null) {
            catalog.close();
        }
    }
}
