package dev.muster.backup.pgbackrest;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.Judgement;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A repository of pgBackRest: what {@code backup.info} lists is complete, if all that its manifest names is there. */
public final class PgBackRestLayout implements Layout {
    private final Repository repository;
    private @Nullable Catalogue catalogue;

    public PgBackRestLayout(BackupSource source, List<StoredObject> listed, Opened opened) {
        this(new Repository(source, listed, opened));
    }

    PgBackRestLayout(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<StoredObject> heads() throws Unreadable, InterruptedException {
        Catalogue known = known();
        Set<String> labels = new TreeSet<>(repository.labels());
        labels.addAll(known.labels());
        return labels.stream().map(label -> head(label, known)).toList();
    }

    @Override
    public String name(StoredObject head) {
        String folder = head.folder();
        return folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1);
    }

    @Override
    public String base(StoredObject head) {
        return repository.root();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) throws Unreadable, InterruptedException {
        String label = name(head);
        try {
            Manifest manifest = repository.manifest(label, known().backups().orElseThrow());
            Set<StoredObject> parts = new LinkedHashSet<>(repository.indexes());
            repository.backup(label + "/" + Manifest.NAME + Repository.COPY).ifPresent(parts::add);
            manifest.objects().forEach(place -> repository.backup(place).ifPresent(parts::add));
            if (manifest.inBlocks()) {
                manifest.references().forEach(other -> parts.addAll(repository.files(other)));
            }
            parts.remove(head);
            return List.copyOf(parts);
        } catch (BadInfo e) {
            throw new Unreadable("was replaced after it was listed", e);
        }
    }

    @Override
    public Optional<LogRange> log(StoredObject head) throws Unreadable, InterruptedException {
        BackupInfo.Entry entry = entry(head);
        return Optional.of(new LogRange(
                entry.timeline(),
                entry.start().orElseThrow(),
                entry.end().orElseThrow(),
                Optional.of(entry.stopped())));
    }

    @Override
    public String logFolder(StoredObject head) throws Unreadable, InterruptedException {
        return known().logFolder(entry(head)).orElseThrow() + "/";
    }

    @Override
    public LogSeal logSeal() throws Unreadable, InterruptedException {
        return known().logSeal();
    }

    @Override
    public synchronized Optional<Reading> claimedByListing(StoredObject head) {
        return Optional.ofNullable(catalogue)
                .flatMap(known -> known.entry(name(head)))
                .map(PgBackRestLayout::claimed);
    }

    @Override
    public Judgement judge(StoredObject head, Probe probe) throws Unreadable, InterruptedException {
        String label = name(head);
        Optional<BackupInfo.Entry> entry = known().entry(label);
        Optional<String> fault = known().fault(label);
        if (entry.isEmpty()) {
            return Judgement.faulty(fault.orElseThrow());
        }
        Judgement judgement = Judgement.complete(claimed(entry.get()));
        return fault.isPresent()
                ? judgement.but(fault.get())
                : missing(entry.get()).map(judgement::but).orElse(judgement);
    }

    /** What of a listed backup is not there, as a sentence without its full stop. */
    private Optional<String> missing(BackupInfo.Entry entry) throws Unreadable, InterruptedException {
        String place = entry.label() + "/" + Manifest.NAME;
        if (repository.backup(place).isEmpty()) {
            return Optional.of("It is not complete: " + repository.place(place) + " is missing");
        }
        Manifest manifest;
        try {
            manifest = repository.manifest(entry.label(), known().backups().orElseThrow());
        } catch (BadInfo e) {
            return Optional.of("Its " + Manifest.NAME + " " + e.what());
        }
        if (!manifest.label().equals(entry.label())) {
            return Optional.of("Its " + Manifest.NAME + " is the one of " + manifest.label());
        }
        if (entry.damagedPages() || !manifest.damaged().isEmpty()) {
            return Optional.of("pgBackRest found pages with wrong checksums in "
                    + manifest.damaged().stream().findFirst().orElse("the server's files")
                    + " while it made this backup");
        }
        Inventory inventory = new Inventory(repository);
        Optional<String> fault = inventory.fault(manifest);
        return fault.isPresent()
                ? fault
                : inventory.logFault(entry, known().logFolder(entry).orElseThrow());
    }

    private BackupInfo.Entry entry(StoredObject head) throws Unreadable, InterruptedException {
        return known().entry(name(head)).orElseThrow();
    }

    private StoredObject head(String label, Catalogue known) {
        return repository
                .backup(label + "/" + Manifest.NAME)
                .or(() -> repository.files(label).stream().findFirst())
                .orElseGet(() -> repository.lost(known.entry(label).orElseThrow()));
    }

    /** The indexes are read once: whatever is asked is answered out of the same state. */
    private synchronized Catalogue known() throws Unreadable, InterruptedException {
        Catalogue known = catalogue == null ? Catalogue.of(repository) : catalogue;
        catalogue = known;
        return known;
    }

    private static Reading claimed(BackupInfo.Entry entry) {
        return Reading.of(
                entry.stopped(), "stop time of the " + entry.type() + " backup by its own " + BackupInfo.NAME);
    }
}
