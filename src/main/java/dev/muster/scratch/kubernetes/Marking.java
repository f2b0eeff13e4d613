package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes what a scratch is known by, before anything else of it exists, and takes over nothing that is there already. */
final class Marking {
    private final Cluster cluster;
    private final Naming naming;

    Marking(Cluster cluster, Naming naming) {
        this.cluster = cluster;
        this.naming = naming;
    }

    /** @param wanted the namespace or, where that is an administrator's, the service account */
    HasMetadata mark(HasMetadata wanted) throws InterruptedException {
        if (naming.fixed().isPresent()) {
            demandPrepared();
        }
        try {
            return cluster.create(wanted);
        } catch (Refused refused) {
            if (!refused.refusal().exists()) {
                throw refused;
            }
            return there(wanted).filter(there -> sameHand(there, wanted)).orElseThrow(() -> taken(wanted));
        }
    }

    /** Lets everything else go with the mark, where it shares its namespace with others. */
    List<HasMetadata> owned(HasMetadata mark, List<HasMetadata> contents) {
        if (naming.fixed().isPresent()) {
            contents.forEach(object -> object.getMetadata()
                    .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                            .withApiVersion(mark.getApiVersion())
                            .withKind(mark.getKind())
                            .withName(mark.getMetadata().getName())
                            .withUid(mark.getMetadata().getUid())
                            .withBlockOwnerDeletion(true)
                            .build())));
        }
        return contents;
    }

    private void demandPrepared() throws InterruptedException {
        Namespace there = cluster.namespace(naming.namespace())
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "There is no namespace " + naming.namespace(),
                        "scratch.kubernetes.namespace in the runbook",
                        "Let an administrator make it, with the label " + Labels.SCRATCH + "=" + Labels.ALLOWED
                                + ", or leave it out and let each drill have its own.")));
        Map<String, String> labels = there.getMetadata().getLabels();
        Guard.admitPrepared(naming.namespace(), labels == null ? Map.of() : labels);
    }

    private Optional<HasMetadata> there(HasMetadata wanted) throws InterruptedException {
        return Optional.ofNullable(cluster.ask(
                Cluster.name(wanted), () -> cluster.client().resource(wanted).get()));
    }

    /** Whether it was made by the very request whose answer was lost. */
    private boolean sameHand(HasMetadata there, HasMetadata wanted) {
        Map<String, String> written = there.getMetadata().getAnnotations();
        Map<String, String> meant = wanted.getMetadata().getAnnotations();
        return Standing.of(there, naming.installation()).isPresent()
                && there.getMetadata().getDeletionTimestamp() == null
                && List.of(Labels.OWNER, Labels.DRILL, Labels.OPENED_AT).stream()
                        .allMatch(each -> Objects.equals(meant.get(each), written.get(each)));
    }

    private CouldNotRun taken(HasMetadata wanted) {
        return new CouldNotRun(new Problem(
                "It is there already, and not made for this drill: a scratch never moves into what others have made",
                Cluster.name(wanted) + " in " + cluster.name(),
                "See whose it is with `kubectl get " + Cluster.name(wanted)
                        + " -o yaml`; once it is gone, run the drill" + " again."));
    }
}
