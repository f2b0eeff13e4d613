package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.CompanionWish;
import dev.muster.scratch.Holder;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Placement;
import dev.muster.scratch.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scratches in a Kubernetes cluster. Whatever there is to know of them stands in the cluster itself. */
public final class KubernetesScratches implements Placement {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesScratches.class);

    /**
     * How long is waited for what.
     *
     * @param toReturn how long an API server may be away in the middle of a drill
     * @param toAnswer how long it may be away for those who only look
     * @param toGo how long each part of a scratch may take to go
     * @param toSpeakUp how long a process that could not reach the API server, and now can, may take to say so
     * @param toBeHeard how long nothing may be heard of a pod's node
     */
    record Limits(Duration toReturn, Duration toAnswer, Duration toGo, Duration toSpeakUp, Duration toBeHeard) {
        static final Limits USUAL = new Limits(
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2));
    }

    private final ClusterSettings settings;
    private final Clock clock;
    private final String version;
    private final Supplier<KubernetesClient> connection;
    private final Limits limits;
    private final Guard guard;
    private final SignsOfLife signs;
    private @Nullable Cluster cluster;

    /** @param version of Muster, for whoever finds a scratch */
    public KubernetesScratches(ClusterSettings settings, Clock clock, String version) {
        this(settings, clock, version, () -> Connection.to(settings, version), Limits.USUAL);
    }

    KubernetesScratches(
            ClusterSettings settings,
            Clock clock,
            String version,
            Supplier<KubernetesClient> connection,
            Limits limits) {
        this.settings = settings;
        this.clock = clock;
        this.version = version;
        this.connection = connection;
        this.limits = limits;
        this.guard = new Guard(settings.guard());
        this.signs = new SignsOfLife(clock);
    }

    /** Connected when it is first needed: a cluster that is away must not stop drills on this machine. */
    private synchronized Cluster cluster() {
        if (cluster == null) {
            Cluster connected = new Cluster(connection.get(), limits.toReturn());
            connected.context().ifPresent(guard::admitContext);
            cluster = connected;
        }
        return cluster;
    }

    @Override
    public Site open(Opening opening) {
        Cluster there = cluster();
        Naming naming = Naming.of(opening.drill(), opening.plan().cluster(), settings);
        guard.admitNamespace(naming.namespace());
        List<HasMetadata> objects = new Manifests(settings, Addresses.HERE).of(opening, stamp(opening));
        // A cancel between the making of the mark and its being known here would leave it behind.
        Marking marking = new Marking(there, naming);
        HasMetadata mark = Uninterrupted.run(() -> marking.mark(objects.get(0)));
        Standing standing = new Standing(Standing.id(naming), naming, mark);
        return new KubernetesScratch(
                there,
                standing,
                marking.owned(mark, objects.subList(1, objects.size())),
                opening,
                new KubernetesCompanions(there, standing.naming(), opening, settings),
                limits.toBeHeard(),
                new Removal(there, clock, limits.toGo()),
                signs.of(mark, there));
    }

    @Override
    public List<String> preview(Opening opening, CompanionWish beside) throws InterruptedException {
        settings.context().ifPresent(guard::admitContext);
        Naming naming = Naming.of(opening.drill(), opening.plan().cluster(), settings);
        guard.admitNamespace(naming.namespace());
        Paper paper = new Paper(
                naming, opening, settings, new Manifests(settings, Addresses.HERE).of(opening, stamp(opening)));
        paper.write(beside);
        return paper.read();
    }

    private Stamp stamp(Opening opening) {
        Instant now = clock.instant();
        return new Stamp(
                opening.drill(),
                opening.system(),
                now,
                now.plus(opening.plan().timeToLive()),
                Holder.self().toString(),
                version);
    }

    @Override
    public List<OpenScratch> list() {
        Instant now = clock.instant();
        return all().stream()
                .map(standing -> standing.described(now, cluster().name(), Reach.of(standing.naming(), cluster())))
                .toList();
    }

    @Override
    public int open() {
        return all().size();
    }

    @Override
    public int leftBehind() {
        Instant now = clock.instant();
        return (int) all().stream().filter(standing -> left(standing, now)).count();
    }

    private static boolean left(Standing standing, Instant now) {
        return standing.kept() ? standing.expires().isBefore(now) : !standing.owned(now);
    }

    @Override
    public boolean has(String id) {
        return Standing.isId(id) && find(id).isPresent();
    }

    @Override
    public TeardownReceipt remove(String id) {
        Standing standing = get(id);
        if (!standing.kept() && (standing.owned(clock.instant()) || speaksUp(standing))) {
            throw new CouldNotRun(new Problem(
                    "The scratch " + id + " is in use by the drill " + standing.drill(),
                    standing.owner(),
                    "Stop that drill: it removes its scratch itself. Otherwise its time ends at " + standing.expires()
                            + "."));
        }
        return removed(standing);
    }

    private TeardownReceipt removed(Standing standing) {
        return Uninterrupted.run(() -> new Removal(cluster(), clock, limits.toGo()).remove(standing));
    }

    /** Whether a silent owner was only kept from the API server, as this process may have been. */
    private boolean speaksUp(Standing standing) {
        return !standing.orphaned()
                && Uninterrupted.run(() -> Awaiting.seen(
                        cluster().client().resource(standing.mark()),
                        limits.toSpeakUp(),
                        mark -> mark.flatMap(there -> Standing.of(there, settings.installation()))
                                .filter(seen -> !seen.aliveAt().equals(standing.aliveAt()))
                                .isPresent()));
    }

    @Override
    public OpenScratch extend(String id, Duration by) {
        if (by.isNegative() || by.isZero()) {
            throw new CouldNotRun(new Problem(
                    "A scratch cannot be extended by " + by,
                    id,
                    "Give a time longer than nothing, or remove it with `muster scratch remove " + id + "`."));
        }
        Standing standing = get(id);
        String end = standing.expires().plus(by).toString();
        HasMetadata extended =
                Uninterrupted.run(() -> cluster().annotate(standing.mark(), Map.of(Labels.EXPIRES_AT, end)));
        return new Standing(id, standing.naming(), extended)
                .described(clock.instant(), cluster().name(), Reach.of(standing.naming(), cluster()));
    }

    private Standing get(String id) {
        return find(id).orElseThrow(() -> new CouldNotRun(new Problem(
                "There is no scratch " + id, cluster().name(), "`muster scratch list` names those that are there.")));
    }

    private Optional<Standing> find(String id) {
        return Uninterrupted.run(() -> new Roll(cluster().within(limits.toAnswer()), settings.installation()).find(id));
    }

    /** Every scratch there is, oldest first; none when the cluster cannot be asked, which must not stop others. */
    private List<Standing> all() {
        try {
            return Uninterrupted.run(() -> new Roll(cluster().within(limits.toAnswer()), settings.installation()).all())
                    .stream()
                    .sorted(Comparator.comparing(Standing::opened).thenComparing(Standing::id))
                    .toList();
        } catch (CouldNotRun unable) {
            LOG.warn("Nobody knows which scratches are open in Kubernetes. {}", unable.problem());
            return List.of();
        }
    }
}
