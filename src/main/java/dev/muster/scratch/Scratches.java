package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.ServerChoice;
import dev.muster.scratch.postgres.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens scratches on this machine, and knows and removes every one that is there, whoever has opened it. */
public final class Scratches {
    /** Without letters that are mistaken for digits; short, since a socket's path is. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int ID_LENGTH = 8;

    private final Places places;
    private final Optional<String> user;
    private final Clock clock;
    private final Servers servers;
    private final Markers markers;
    private final Removal removal;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param home where Muster keeps what it knows
     * @param folder where scratches lie; absent means below home, or below {@code /var/lib/muster} when the scratch's
     *     user cannot enter home
     * @param user who runs the scratch's programs when Muster itself runs as root; absent means {@code nobody}
     */
    public Scratches(Path home, Optional<Path> folder, Optional<String> user, Clock clock) {
        this(home, folder, user, clock, Servers.ofThisMachine());
    }

    public Scratches(Path home, Optional<Path> folder, Optional<String> user, Clock clock, Servers servers) {
        this.places = new Places(home.toAbsolutePath().normalize(), folder.map(Path::toAbsolutePath));
        this.user = user;
        this.clock = clock;
        this.servers = servers;
        this.markers = new Markers(places.markers());
        this.removal = new Removal(markers, clock);
    }

    /** The folder that the next scratch would lie in; where none could be opened, this says why. */
    public Path folder() {
        return places.scratches(Account.of(user));
    }

    /** Opens a scratch for a drill; it is on the list before anything of it exists. */
    public Scratch open(String drill, ScratchPlan plan) {
        Account account = Account.of(user);
        String id = newId();
        Path place = places.scratches(account).resolve(id);
        LocalScratch scratch = new LocalScratch(
                id,
                place,
                plan,
                account,
                Network.of(plan.network(), account),
                servers,
                places.servers(account),
                markers,
                removal);
        Instant now = clock.instant();
        markers.add(new Marker(
                id,
                drill,
                place.toString(),
                Marker.Owner.self(),
                now,
                now.plus(plan.timeToLive()),
                false,
                scratch.reach()));
        try {
            scratch.makeFolders();
        } catch (IOException failed) {
            scratch.remove();
            throw new CouldNotRun(
                    new Problem(
                            "The scratch's folder could not be made: " + failed,
                            place.toString(),
                            "Make room on that disk and let the user that runs Muster write there,"
                                    + " or set scratch.folder to another one."),
                    failed);
        }
        return scratch;
    }

    /** Every scratch that exists, those that a crash has left behind included, oldest first. */
    public List<OpenScratch> list() {
        return markers.all().stream().map(this::described).toList();
    }

    /** How many of them no running drill uses and nobody keeps, or not any more. */
    public int leftBehind() {
        Instant now = clock.instant();
        return (int) markers.all().stream()
                .filter(marker -> marker.kept() ? marker.expires().isBefore(now) : !marker.owned(now))
                .count();
    }

    /** How many there are. */
    public int open() {
        return markers.all().size();
    }

    /** Removes a scratch that is kept or was left behind; one that a running drill uses is refused. */
    public TeardownReceipt remove(String id) {
        Marker marker = markers.get(id);
        if (!marker.kept() && marker.owned(clock.instant())) {
            throw new CouldNotRun(new Problem(
                    "The scratch " + id + " is in use by the drill " + marker.drill(),
                    "process " + marker.owner().process() + " on "
                            + marker.owner().host(),
                    "Stop that drill, for example with `kill " + marker.owner().process()
                            + "`: it removes its scratch itself. Otherwise its time ends at " + marker.expires()
                            + "."));
        }
        return removal.remove(id, Path.of(marker.place()));
    }

    /** Lets a scratch live longer. */
    public OpenScratch extend(String id, Duration by) {
        if (by.isNegative() || by.isZero()) {
            throw new CouldNotRun(new Problem(
                    "A scratch cannot be extended by " + by,
                    id,
                    "Give a time longer than nothing, or remove it with `muster scratch remove " + id + "`."));
        }
        return described(
                markers.change(id, marker -> marker.expiring(marker.expires().plus(by))));
    }

    /** Removes every scratch whose time to live is over, whoever has opened or kept it. */
    public List<TeardownReceipt> removeExpired() {
        Instant now = clock.instant();
        return markers.all().stream()
                .filter(marker -> !marker.expires().isAfter(now))
                .map(marker -> removal.remove(marker.id(), Path.of(marker.place())))
                .toList();
    }

    /** Why what runs in a scratch on this machine could reach out; empty when it cannot. */
    public Optional<Problem> exposed() {
        try (Network network = Network.of(ScratchPlan.Network.CUT_OFF, Account.of(user))) {
            return network.exposed();
        }
    }

    /** Which server a scratch would get for this major version. */
    public ServerChoice server(int major) {
        return servers.choose(major);
    }

    /** Every PostgreSQL client program of this name on this machine, newest first. */
    public List<ClientProgram> clients(String program) {
        return servers.clients(program);
    }

    private OpenScratch described(Marker marker) {
        Path place = Path.of(marker.place());
        return new OpenScratch(
                marker.id(),
                marker.drill(),
                marker.place(),
                marker.opened(),
                marker.expires(),
                marker.owned(clock.instant()),
                marker.kept(),
                new Tree(place).bytes(),
                new Processes(place).running(),
                marker.reach());
    }

    private String newId() {
        return random.ints(ID_LENGTH, 0, LETTERS.length())
                .mapToObj(index -> String.valueOf(LETTERS.charAt(index)))
                .collect(Collectors.joining());
    }
}
