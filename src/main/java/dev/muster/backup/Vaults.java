package dev.muster.backup;

import dev.muster.backup.bucket.Custody;
import dev.muster.backup.bucket.Deposit;
import dev.muster.backup.bucket.Fetch;
import dev.muster.backup.bucket.FetchAll;
import dev.muster.backup.bucket.FetchMany;
import dev.muster.backup.bucket.KeyWish;
import dev.muster.backup.bucket.Patience;
import dev.muster.backup.bucket.SecondLook;
import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.bucket.Workers;
import dev.muster.backup.choice.Choice;
import dev.muster.backup.health.VaultHealth;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Endpoint;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import dev.muster.drill.VaultState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The vaults that the settings name: what lies in them, which of it a drill restores, and how that gets here. */
public final class Vaults implements AutoCloseable {
    private final Map<String, Vault> vaults = new TreeMap<>();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final Map<String, VaultSettings> settings = new TreeMap<>();
    private final Map<String, String> buckets = new TreeMap<>();
    private final Set<BackupSource> read = ConcurrentHashMap.newKeySet();
    private final Map<String, VaultKeys> lent = new ConcurrentHashMap<>();
    private final Function<String, Secret> secrets;
    private final Workers workers = new Workers();

    /** @param secrets finds the secret behind a reference of a runbook */
    public Vaults(Collection<VaultSettings> settings, Function<String, Secret> secrets, Clock clock) {
        this(settings, secrets, clock, Patience.USUAL);
    }

    Vaults(Collection<VaultSettings> settings, Function<String, Secret> secrets, Clock clock, Patience patience) {
        this.secrets = secrets;
        settings.forEach(one -> {
            vaults.put(one.name(), new Vault(one, clock, patience));
            endpoints.put(one.name(), one.place());
            this.settings.put(one.name(), one);
            buckets.put(one.name(), one.place() + "/" + one.bucket());
        });
    }

    /** Where the vault of this name answers. */
    public Endpoint endpoint(String vault) {
        vault(vault);
        return Objects.requireNonNull(endpoints.get(vault));
    }

    /** What the settings say of the vault of this name. */
    public VaultSettings settings(String vault) {
        vault(vault);
        return Objects.requireNonNull(settings.get(vault));
    }

    /**
     * Chooses one backup for each asset, and says of every candidate why it was chosen or passed over.
     *
     * @param seed decides where the runbook wants one at random: the same seed draws the same one of the same candidates
     */
    public RecoveryPoint choose(DrillRequest request, String seed) throws BadBackup, InterruptedException {
        return choose(request, seed, Map.of());
    }

    /**
     * Chooses once more after some backups have failed.
     *
     * @param tried those that are out of the question now, by their addresses, each with a sentence that says why
     */
    public RecoveryPoint choose(DrillRequest request, String seed, Map<String, String> tried)
            throws BadBackup, InterruptedException {
        read.addAll(request.runbook().backups().values());
        return new Choice(this::vault, secrets, workers, request.runbook(), request.disaster(), seed, tried)
                .choose(request.named());
    }

    /**
     * Everything that lies where the runbook looks, judged as a drill would that draws with this seed, and whether it
     * lies there as was promised.
     */
    public List<VaultState> states(DrillRequest request, String seed) throws InterruptedException {
        return new VaultHealth(this::vault, workers, request.disaster())
                .states(new Choice(this::vault, secrets, workers, request.runbook(), request.disaster(), seed, Map.of())
                        .stocks());
    }

    /** Brings a backup into a file; it comes first in the answer, then what was read beside it to check its bytes. */
    public List<ObjectRead> fetch(Backup backup, Path file, Progress progress) throws BadBackup, InterruptedException {
        return new Fetch(vault(backup.object().vault()), workers, backup, progress).into(file);
    }

    /** Brings all objects of a backup into a folder, each to its place; the one that it is known by comes first. */
    public List<ObjectRead> fetchAll(Backup backup, Path folder, Progress progress)
            throws BadBackup, InterruptedException {
        return new FetchAll(vault(backup.object().vault()), workers, backup, progress).into(folder);
    }

    /**
     * Brings one object with a single question to the vault, and before it the objects that hold digests of it.
     *
     * @param digests where the digests of this object may be
     */
    public List<ObjectRead> fetchOne(Backup backup, List<StoredObject> digests, Path folder)
            throws BadBackup, InterruptedException {
        Backup one = new Backup(
                backup.asset(),
                backup.source(),
                backup.object(),
                backup.claimed(),
                backup.object().folder(),
                digests,
                Optional.empty());
        return new FetchMany(vault(one.object().vault()), workers, one, folder, Progress.SILENT).fetch();
    }

    /**
     * Reads an object that is no backup, whole.
     *
     * @param most how many bytes it may have
     */
    public Loose read(String vault, String key, int most) throws InterruptedException {
        Vault from = vault(vault);
        StoredObject object = workers.run(() -> from.describe(key, Optional.empty()))
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "There is no object " + key + " in the vault " + vault,
                        "vaults." + vault,
                        "Correct the key in the runbook, or let the job that writes it put it there.")));
        if (object.size() > most) {
            throw new CouldNotRun(new Problem(
                    object.name() + " has " + object.size() + " bytes, and at most " + most + " are read",
                    object.address(),
                    "See whether this is the object that the runbook means."));
        }
        try {
            return new Loose(object, workers.await(workers.start(() -> from.read(object, 0, most))));
        } catch (Unreadable broken) {
            throw new CouldNotRun(new Problem(
                    object.name() + " " + broken.how(), object.address(), "Run the drill again once it lies still."));
        }
    }

    /** What opens a vault for one drill; where the settings have keys made, it opens what the runbook reads alone. */
    public VaultKeys keys(String vault, String drill, Runbook runbook) throws InterruptedException {
        Vault asked = vault(vault);
        VaultKeys keys = workers.run(() -> asked.keys(KeyWish.of(drill, runbook, vault)));
        lent.put(drill + " " + vault, keys);
        return keys;
    }

    /** The secrets among the keys that drills were given. */
    public List<Secret> lent() {
        return lent.values().stream()
                .flatMap(keys -> Stream.concat(Stream.of(keys.secretKey()), keys.sessionToken().stream()))
                .toList();
    }

    /** The secret that opens a backup, where its runbook names one. */
    public Optional<Secret> key(BackupSource source) {
        return source.key().map(secrets);
    }

    /** What the vault says now of objects that were read before; one that it has no more has no answer. */
    public Map<StoredObject, StoredObject> lookAgain(List<StoredObject> before) throws InterruptedException {
        Map<StoredObject, StoredObject> now = new HashMap<>();
        Map<String, List<StoredObject>> byVault = before.stream().collect(Collectors.groupingBy(StoredObject::vault));
        for (Map.Entry<String, List<StoredObject>> of : byVault.entrySet()) {
            now.putAll(new SecondLook(vault(of.getKey()), workers).at(of.getValue()));
        }
        return now;
    }

    /** What the vault says now of an object that was read before; absent when it has it no more. */
    public Optional<StoredObject> lookAgain(StoredObject before) throws InterruptedException {
        Vault vault = vault(before.vault());
        return workers.run(() -> vault.describe(before.key(), before.version()));
    }

    /** What lies below a prefix of a vault, whether it is a backup or not. */
    public List<StoredObject> list(String vault, String prefix) throws InterruptedException {
        return workers.run(() -> vault(vault).list(prefix));
    }

    /** The names of the folders that lie directly below a prefix of a vault. */
    public List<String> folders(String vault, String prefix) throws InterruptedException {
        return workers.run(() -> vault(vault).folders(prefix));
    }

    /** Reads a small object whole; absent when it is there no more. */
    public Optional<byte[]> read(StoredObject object) throws InterruptedException {
        Vault vault = vault(object.vault());
        return workers.run(() -> {
            try {
                return Optional.of(vault.read(object, 0, Math.toIntExact(object.size())));
            } catch (Unreadable gone) {
                return Optional.<byte[]>empty();
            }
        });
    }

    /** Adds a new object below a prefix that holds no backups; its address. */
    public String add(String vault, String prefix, String name, byte[] content) throws InterruptedException {
        return add(vault, prefix, name, content, Optional.empty());
    }

    /**
     * Adds a new object below a prefix that holds no backups; its address.
     *
     * @param locked until when the vault is asked to let nobody change or remove it
     */
    public String add(String vault, String prefix, String name, byte[] content, Optional<Instant> locked)
            throws InterruptedException {
        return workers.run(() -> {
            try (Deposit deposit = vault(vault).deposit(prefix)) {
                return deposit.add(name, content, locked);
            }
        });
    }

    /** Until when the vault lets nobody change or remove an object; absent when it does at any time. */
    public Optional<Instant> lockedUntil(String vault, String key) throws InterruptedException {
        Vault asked = vault(vault);
        return workers.run(() -> asked.describe(key, Optional.empty())
                .flatMap(object -> asked.custody().lock(object))
                .map(Custody.Lock::until));
    }

    /** Where backups were looked for so far, by whichever runbook. */
    public Set<BackupSource> read() {
        return Set.copyOf(read);
    }

    /** Whether two vaults, whatever they are called, are one bucket of one server. */
    public boolean sameBucket(String one, String other) {
        return buckets.containsKey(one) && Objects.equals(buckets.get(one), buckets.get(other));
    }

    /** How far the clock of a vault is ahead of ours, to the second. */
    public Duration clockOffset(String vault) throws InterruptedException {
        return workers.run(vault(vault)::clockOffset);
    }

    @Override
    public void close() {
        workers.close();
        vaults.values().forEach(Vault::close);
    }

    private Vault vault(String name) {
        Vault vault = vaults.get(name);
        if (vault == null) {
            throw new CouldNotRun(new Problem(
                    "There is no vault named " + name,
                    "vaults." + name,
                    vaults.isEmpty()
                            ? "Add it under `vaults:` in the settings."
                            : "Add it under `vaults:` in the settings, or use one of these in the runbook: "
                                    + String.join(", ", vaults.keySet()) + "."));
        }
        return vault;
    }
}
