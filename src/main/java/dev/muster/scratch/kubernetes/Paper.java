package dev.muster.scratch.kubernetes;

import dev.muster.drill.Ensemble;
import dev.muster.drill.Progress;
import dev.muster.scratch.CompanionWish;
import dev.muster.scratch.Opening;
import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The namespace of a scratch that nobody opens: what would be applied there is written down, as far as it is known. */
final class Paper implements Ground {
    private final Naming naming;
    private final Opening opening;
    private final ClusterSettings settings;
    private final List<HasMetadata> written;
    private final List<String> supposed = new ArrayList<>();

    /** @param scratch what is applied before anything runs beside it */
    Paper(Naming naming, Opening opening, ClusterSettings settings, List<HasMetadata> scratch) {
        this.naming = naming;
        this.opening = opening;
        this.settings = settings;
        this.written = new ArrayList<>(scratch);
    }

    /** Writes down what is to run beside the scratch, in the order in which it would come. */
    void write(CompanionWish wish) throws InterruptedException {
        Map<String, String> blanks = new TreeMap<>();
        blanks.put("database", later("the name of the database's copy"));
        blanks.put("dbuser", later("the role that owns the copy"));
        if (wish.server().isPresent()) {
            blanks.putAll(write(wish.server().get()));
        } else {
            blanks.put("dbhost", address());
            blanks.put("dbport", later("the port at which the scratch lets the application in"));
        }
        for (Ensemble ensemble : wish.ensembles()) {
            demandOwnNamespace(KubernetesCompanions.APPLYING);
            blanks.put("port", Integer.toString(ensemble.address().port()));
            new EnsembleObjects(this, ensemble, blanks, Progress.SILENT).apply();
        }
    }

    private Map<String, String> write(ServerWish wish) throws InterruptedException {
        demandOwnNamespace(KubernetesCompanions.RESTORING);
        OperatorObjects objects = OperatorObjects.of(this, KubernetesCompanions.operator(wish), wish);
        objects.makeWay(this);
        written.addAll(objects.asking());
        return Map.of(
                "dbhost",
                later("the address of the restored server"),
                "dbport",
                Integer.toString(OperatorRecovery.POSTGRES));
    }

    /** Each object as YAML without its secrets, and a remark where it depends on the cluster. */
    List<String> read() {
        return written.stream()
                .map(object -> remark(object) + Preview.of(object))
                .toList();
    }

    private String remark(HasMetadata object) {
        return supposed.stream()
                .filter(group -> object.getApiVersion().startsWith(group + "/"))
                .findFirst()
                .map(group -> "# Where the cluster knows no " + group + ", this one is left out, and the next ones do"
                        + " without it.\n")
                .orElse("");
    }

    private static String later(String what) {
        return "<" + what + ", known when the drill runs>";
    }

    @Override
    public Naming naming() {
        return naming;
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public ClusterSettings settings() {
        return settings;
    }

    @Override
    public void apply(HasMetadata object) {
        written.add(object);
    }

    @Override
    public String address() {
        return later("the address of the scratch's pod");
    }

    @Override
    public Optional<String> address(String service) {
        return Optional.of(later("the address of the service " + service));
    }

    @Override
    public void widen(Widening more) {
        written.stream()
                .filter(ResourceQuota.class::isInstance)
                .map(ResourceQuota.class::cast)
                .reduce((before, now) -> now)
                .map(more::of)
                .ifPresent(written::add);
    }

    @Override
    public List<ApiServer> apiServers() {
        return List.of(new ApiServer(
                later("the address of the API server"), new IntOrString(later("the port of the API server"))));
    }

    /** Nobody asks the cluster; an object that depends on it says so. */
    @Override
    public boolean knows(String group) {
        supposed.add(group);
        return true;
    }
}
