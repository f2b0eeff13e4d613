package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.ServerChoice;
import dev.muster.scratch.postgres.Servers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens scratches, on this machine and wherever else it can, and knows and removes every one that is there. */
public final class Scratches {
    private final LocalScratches here;
    private final Optional<Placement> kubernetes;

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
        this(new LocalScratches(home, folder, user, clock, servers), Optional.empty());
    }

    private Scratches(LocalScratches here, Optional<Placement> kubernetes) {
        this.here = here;
        this.kubernetes = kubernetes;
    }

    /** The same scratches, and those of a Kubernetes cluster. */
    public Scratches and(Placement cluster) {
        return new Scratches(here, Optional.of(cluster));
    }

    /** The folder that the next scratch on this machine would lie in; where none could be opened, this says why. */
    public Path folder() {
        return here.folder();
    }

    /** Opens a scratch for a drill, where its plan wants it. */
    public Site open(Opening opening) {
        return placement(opening.plan().on()).open(opening);
    }

    /**
     * What a drill would apply to a cluster, each object as YAML without its secrets; nothing is touched.
     *
     * @param beside what it would have beside its scratch
     */
    public List<String> preview(Opening opening, CompanionWish beside) throws InterruptedException {
        return placement(opening.plan().on()).preview(opening, beside);
    }

    private Placement placement(ScratchPlan.Placement on) {
        return switch (on) {
            case LOCAL -> here;
            case KUBERNETES ->
                kubernetes.orElseThrow(() -> new CouldNotRun(new Problem(
                        "The runbook wants its scratch in Kubernetes, and the settings name no cluster",
                        "kubernetes in the settings",
                        "Add `kubernetes:` to the settings, as config/README.md shows, or run the drill here"
                                + " with --set scratch.on=local.")));
        };
    }

    /** Opens a scratch on this machine. */
    public LocalSite openHere(String drill, ScratchPlan plan) {
        return here.open(new Opening(drill, plan));
    }

    /** Every scratch that exists, those that a crash has left behind included, oldest first of each place. */
    public List<OpenScratch> list() {
        return places().flatMap(place -> place.list().stream()).toList();
    }

    /** How many of them no running drill uses and nobody keeps, or not any more. */
    public int leftBehind() {
        return places().mapToInt(Placement::leftBehind).sum();
    }

    /** How many there are. */
    public int open() {
        return places().mapToInt(Placement::open).sum();
    }

    /** Removes a scratch that is kept or was left behind; one that a running drill uses is refused. */
    public TeardownReceipt remove(String id) {
        return place(id).remove(id);
    }

    /** Lets a scratch live longer. */
    public OpenScratch extend(String id, Duration by) {
        return place(id).extend(id, by);
    }

    /** Why what runs in a scratch on this machine could reach out; empty when it cannot. */
    public Optional<Problem> exposed() {
        return here.exposed();
    }

    /** Which server a scratch on this machine would get for this major version. */
    public ServerChoice server(int major) {
        return here.server(major);
    }

    /** Every PostgreSQL client program of this name on this machine, newest first. */
    public List<ClientProgram> clients(String program) {
        return here.clients(program);
    }

    private Stream<Placement> places() {
        return Stream.concat(Stream.of(here), kubernetes.stream());
    }

    /** Where the scratch of this name is; where none is, this machine says so. */
    private Placement place(String id) {
        return kubernetes.filter(cluster -> cluster.has(id)).orElse(here);
    }
}
