package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.neighbour.Neighbour;
import dev.muster.scratch.postgres.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens a scratch from within the pod that it is: for the Muster that works there. */
public final class PodScratches {
    /** The container that the database's server runs in. */
    public static final String DATABASE = "database";

    /** The container that an application runs in, where its image is not that of Muster. */
    public static final String APPLICATION = "application";

    private static final String CACHE = "postgres";

    private final Path folder;
    private final Duration patience;

    /**
     * @param folder what the containers share
     * @param patience how long the other containers may take until they are ready
     */
    public PodScratches(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /**
     * Waits for the other containers, and opens the scratch that they are part of.
     *
     * @param vaults where the backups are fetched from
     */
    public Scratch open(String id, ScratchPlan plan, boolean withApplication, List<Endpoint> vaults)
            throws InterruptedException {
        return within(id, plan, withApplication, PodNetwork.of(cluster(), vaults));
    }

    /** Where Kubernetes says to every container that its own server is. */
    private static Optional<Endpoint> cluster() {
        return Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_HOST"))
                .flatMap(host -> Endpoint.of((host.contains(":") ? "[" + host + "]" : host) + ":"
                        + Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_PORT"))
                                .orElse("443")));
    }

    LocalScratch within(String id, ScratchPlan plan, boolean withApplication, PodNetwork network)
            throws InterruptedException {
        Account account = Account.of(Optional.empty());
        NeighbourMachine database = met(DATABASE, account);
        Optional<NeighbourMachine> application =
                withApplication ? Optional.of(met(APPLICATION, account)) : Optional.empty();
        LocalHands own = new LocalHands(account, network, Servers.ofThisMachine(), folder.resolve(CACHE));
        LocalScratch scratch =
                new LocalScratch(id, folder, plan, new PodHands(database, application, own, network), reached -> {});
        scratch.makeFolders();
        network.within(scratch);
        return scratch;
    }

    private NeighbourMachine met(String name, Account account) throws InterruptedException {
        return new NeighbourMachine(Neighbour.meet(name, folder, account::own, patience));
    }
}
