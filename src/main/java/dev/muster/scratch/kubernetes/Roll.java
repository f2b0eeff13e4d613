package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the scratches of an installation by what is written on them. */
final class Roll {
    private final Cluster cluster;
    private final String installation;

    Roll(Cluster cluster, String installation) {
        this.cluster = cluster;
        this.installation = installation;
    }

    List<Standing> all() throws InterruptedException {
        List<HasMetadata> marks = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        try {
            marks.addAll(namespaces(Naming.ofInstallation(installation)));
            namespaces(Map.of(Labels.SCRATCH, Labels.ALLOWED))
                    .forEach(namespace -> shared.add(namespace.getMetadata().getName()));
        } catch (Refused refused) {
            if (!refused.refusal().unwelcome()) {
                throw refused;
            }
            // Who may not list namespaces works in one that is an administrator's: that of the context.
            shared.add(Optional.ofNullable(cluster.client().getNamespace()).orElseThrow(() -> refused));
        }
        for (String namespace : shared) {
            marks.addAll(accounts(namespace));
        }
        return marks.stream()
                .flatMap(mark -> Standing.of(mark, installation).stream())
                .toList();
    }

    Optional<Standing> find(String id) throws InterruptedException {
        String namespace = Standing.namespace(id);
        List<HasMetadata> marks = new ArrayList<>();
        if (namespace.equals(id)) {
            cluster.namespace(namespace).ifPresent(marks::add);
        } else {
            marks.addAll(accounts(namespace));
        }
        return marks.stream()
                .flatMap(mark -> Standing.of(mark, installation).stream())
                .filter(standing -> standing.id().equals(id))
                .findFirst();
    }

    private List<Namespace> namespaces(Map<String, String> labels) throws InterruptedException {
        KubernetesClient client = cluster.client();
        return cluster.ask(
                "namespaces",
                () -> client.namespaces().withLabels(labels).list().getItems());
    }

    private List<ServiceAccount> accounts(String namespace) throws InterruptedException {
        KubernetesClient client = cluster.client();
        return cluster.ask(
                "serviceaccounts in " + namespace,
                () -> client.serviceAccounts()
                        .inNamespace(namespace)
                        .withLabels(Naming.ofInstallation(installation))
                        .list()
                        .getItems());
    }
}
