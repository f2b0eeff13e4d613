package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is asked of a cluster's API server, with patience, in the name of Muster. */
final class Cluster {
    /** Who owns the fields that Muster sets. */
    static final String FIELD_MANAGER = "muster";

    private final KubernetesClient client;
    private final Patience patience;

    Cluster(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = new Patience(patience);
    }

    /** The same cluster for those who cannot wait as long. */
    Cluster within(Duration other) {
        return new Cluster(client, other);
    }

    KubernetesClient client() {
        return client;
    }

    /** What it is called in messages. */
    String name() {
        return context()
                .map(context -> "the cluster of the context " + context)
                .orElseGet(() -> "the cluster " + client.getMasterUrl());
    }

    /** The context that people would name to reach it. */
    Optional<String> context() {
        return Optional.ofNullable(client.getConfiguration().getCurrentContext())
                .map(NamedContext::getName);
    }

    Optional<Namespace> namespace(String name) throws InterruptedException {
        return Optional.ofNullable(patience.ask(
                "namespace " + name, () -> client.namespaces().withName(name).get()));
    }

    /** Makes what must not be there yet: other than applying, this never takes over what somebody else has made. */
    <T extends HasMetadata> T create(T object) throws InterruptedException {
        return patience.ask(name(object), () -> client.resource(object).create());
    }

    void apply(HasMetadata object) throws InterruptedException {
        patience.ask(
                name(object),
                () -> client.resource(object).fieldManager(FIELD_MANAGER).serverSideApply());
    }

    /** Writes on an object, as long as it is still the same one. */
    <T extends HasMetadata> T annotate(T object, Map<String, String> annotations) throws InterruptedException {
        Map<String, Object> patch =
                Map.of("metadata", Map.of("uid", object.getMetadata().getUid(), "annotations", annotations));
        return patience.ask(
                name(object),
                () -> client.resource(object)
                        .patch(
                                new PatchContext.Builder()
                                        .withPatchType(PatchType.JSON_MERGE)
                                        .withFieldManager(FIELD_MANAGER)
                                        .build(),
                                client.getKubernetesSerialization().asJson(patch)));
    }

    /** Deletes an object, as long as it is still the same one; one that is gone already is fine. */
    void delete(HasMetadata object) throws InterruptedException {
        delete(object, "Background");
    }

    /** As {@link #delete}, and it is gone only when all that belongs to it is. */
    void deleteWithAll(HasMetadata object) throws InterruptedException {
        delete(object, "Foreground");
    }

    private void delete(HasMetadata object, String policy) throws InterruptedException {
        ObjectMeta meta = object.getMetadata();
        String path = path(object) + "/" + meta.getName();
        try {
            patience.ask(
                    name(object),
                    () -> client.raw(
                            path,
                            "DELETE",
                            new DeleteOptionsBuilder()
                                    .withPropagationPolicy(policy)
                                    .withNewPreconditions()
                                    .withUid(meta.getUid())
                                    .endPreconditions()
                                    .build()));
        } catch (Refused refused) {
            if (!refused.refusal().missing()) {
                throw refused;
            }
        }
    }

    <T> T ask(String object, Supplier<T> request) throws InterruptedException {
        return patience.ask(object, request);
    }

    private static String path(HasMetadata object) {
        String version = object.getApiVersion();
        String root = version.contains("/") ? "/apis/" + version : "/api/" + version;
        String namespace = object.getMetadata().getNamespace();
        return (namespace == null ? root : root + "/namespaces/" + namespace) + "/" + object.getPlural();
    }

    /** An object as people look for it. */
    static String name(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind().toLowerCase(Locale.ROOT) + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }
}
