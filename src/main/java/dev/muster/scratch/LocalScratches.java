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

/** The scratches on this machine. */
final class LocalScratches implements Placement {
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

    LocalScratches(Path home, Optional<Path> folder, Optional<String> user, Clock clock, Servers servers) {
        this.places = new Places(home.toAbsolutePath().normalize(), folder.map(Path::toAbsolutePath));
        this.user = user;
        this.clock = clock;
        this.servers = servers;
        this.markers = new Markers(places.markers());
        this.removal = new Removal(markers, clock);
    }

    /** The folder that the next scratch would lie in; where none could be opened, this says why. */
    Path folder() {
        return places.scratches(Account.of(user));
    }

    @Override
    public LocalSite open(Opening opening) {
        ScratchPlan plan = opening.plan();
        Account account = Account.of(user);
        String id = newId();
        Path place = places.scratches(account).resolve(id);
        LocalScratch scratch = new LocalScratch(
                id,
                place,
                plan,
                new LocalHands(account, Network.of(plan.network(), account), servers, places.servers(account)),
                way -> markers.change(id, marker -> marker.reachedBy(way)));
        LocalSite site = new LocalSite(scratch, place, markers, removal);
        Instant now = clock.instant();
        markers.add(new Marker(
                id,
                opening.drill(),
                place.toString(),
                Holder.self(),
                now,
                now.plus(plan.timeToLive()),
                false,
                site.reach()));
        try {
            scratch.makePlace();
            scratch.makeFolders();
        } catch (IOException failed) {
            site.remove();
            throw new CouldNotRun(
                    new Problem(
                            "The scratch's folder could not be made: " + failed,
                            place.toString(),
                            "Make room on that disk and let the user that runs Muster write there,"
                                    + " or set scratch.folder to another one."),
                    failed);
        }
        return site;
    }

    @Override
    public boolean has(String id) {
        return markers.all().stream().anyMatch(marker -> marker.id().equals(id));
    }

    @Override
    public List<OpenScratch> list() {
        return markers.all().stream().map(this::described).toList();
    }

    @Override
    public int leftBehind() {
        Instant now = clock.instant();
        return (int) markers.all().stream()
                .filter(marker -> marker.kept() ? marker.expires().isBefore(now) : !marker.owned(now))
                .count();
    }

    @Override
    public int open() {
        return markers.all().size();
    }

    @Override
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

    @Override
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

    /** Why what runs in a scratch on this machine could reach out; empty when it cannot. */
    Optional<Problem> exposed() {
        try (Network network = Network.of(ScratchPlan.Network.CUT_OFF, Account.of(user))) {
            return network.exposed();
        }
    }

    /** Which server a scratch would get for this major version. */
    ServerChoice server(int major) {
        return servers.choose(major);
    }

    /** Every PostgreSQL client program of this name on this machine, newest first. */
    List<ClientProgram> clients(String program) {
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
