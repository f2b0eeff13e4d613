package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CloudNativePG, with its plugin for Barman's cloud tools where that is there. */
final class CloudNativePg implements Operator {
    static final String CLUSTER = "restored";
    static final String STORES = "barmancloud.cnpg.io";

    private static final String GROUP = "postgresql.cnpg.io";
    private static final String ORIGIN = "origin";
    private static final String PLUGIN = "barman-cloud.cloudnative-pg.io";
    private static final String IMAGE = "ghcr.io/cloudnative-pg/postgresql:";
    private static final String HEALTHY = "Cluster in healthy state";
    private static final Pattern RECORD =
            Pattern.compile("\"error_severity\":\"([A-Z0-9]+)\".*?\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Override
    public ResourceDefinitionContext kind() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion("v1")
                .withKind("Cluster")
                .withPlural("clusters")
                .withNamespaced(true)
                .build();
    }

    @Override
    public Set<String> welcome() {
        return Set.of(STORES);
    }

    @Override
    public String name() {
        return "CloudNativePG";
    }

    @Override
    public List<HasMetadata> objects(
            ServerWish wish, Secret password, Naming naming, ClusterPlan plan, Grant grant, Set<String> present) {
        demandReachable(wish.store(), plan);
        boolean plugin = present.contains(STORES);
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(secret(
                named(naming, CLUSTER + "-superuser"),
                "kubernetes.io/basic-auth",
                Map.of("username", "postgres", "password", password.reveal())));
        objects.add(secret(named(naming, ORIGIN), "Opaque", credentials(wish.store())));
        if (plugin) {
            objects.add(generic(
                    STORES + "/v1",
                    "ObjectStore",
                    named(naming, ORIGIN),
                    Map.of("configuration", store(wish.store()))));
        }
        objects.add(
                generic(GROUP + "/v1", "Cluster", named(naming, CLUSTER), cluster(wish, naming, plan, grant, plugin)));
        return List.copyOf(objects);
    }

    /** No `backup` and no `plugins`: such a server has nowhere to write to. */
    private Map<String, Object> cluster(ServerWish wish, Naming naming, ClusterPlan plan, Grant grant, boolean plugin) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("instances", 1);
        spec.put("imageName", image(wish));
        if (!plan.placing().pullSecrets().isEmpty()) {
            spec.put(
                    "imagePullSecrets",
                    plan.placing().pullSecrets().stream()
                            .map(name -> Map.of("name", naming.object("pull-" + name)))
                            .toList());
        }
        spec.put("inheritedMetadata", Map.of("labels", labels(naming)));
        spec.put("enableSuperuserAccess", true);
        spec.put("superuserSecret", Map.of("name", CLUSTER + "-superuser"));
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("size", Quantities.bytes(grant.storage()).toString());
        wish.plan().storageClass().ifPresent(name -> storage.put("storageClass", name));
        spec.put("storage", storage);
        Map<String, String> share = Map.of(
                "cpu",
                grant.share().cpu(),
                "memory",
                Quantities.bytes(grant.share().memory()).toString());
        spec.put("resources", Map.of("requests", share, "limits", share));
        if (!plan.placing().nodeSelector().isEmpty()) {
            spec.put("affinity", Map.of("nodeSelector", plan.placing().nodeSelector()));
        }
        plan.placing().priorityClass().ifPresent(name -> spec.put("priorityClassName", name));
        spec.put("bootstrap", Map.of("recovery", recovery(wish)));
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("name", ORIGIN);
        if (plugin) {
            origin.put(
                    "plugin",
                    Map.of(
                            "name",
                            PLUGIN,
                            "parameters",
                            Map.of("barmanObjectName", ORIGIN, "serverName", server(wish))));
        } else {
            Map<String, Object> store = new LinkedHashMap<>(store(wish.store()));
            store.put("serverName", server(wish));
            origin.put("barmanObjectStore", store);
        }
        spec.put("externalClusters", List.of(origin));
        return spec;
    }

    private static Map<String, Object> recovery(ServerWish wish) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("backupID", wish.backup());
        RecoveryTarget wanted = wish.target();
        switch (wanted.kind()) {
            case TIME -> target.put("targetTime", wanted.value());
            case LSN -> target.put("targetLSN", wanted.value());
            case XID -> target.put("targetXID", wanted.value());
            case NAME -> target.put("targetName", wanted.value());
            case LATEST, DISASTER -> {}
        }
        Map<String, Object> recovery = new LinkedHashMap<>();
        recovery.put("source", ORIGIN);
        recovery.put("database", wish.plan().database());
        recovery.put("owner", wish.plan().owner());
        recovery.put("recoveryTarget", target);
        return recovery;
    }

    private static Map<String, Object> store(ServerWish.Store store) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("accessKeyId", Map.of("name", ORIGIN, "key", "access-key"));
        keys.put("secretAccessKey", Map.of("name", ORIGIN, "key", "secret-key"));
        keys.put("region", Map.of("name", ORIGIN, "key", "region"));
        store.sessionToken()
                .ifPresent(token -> keys.put("sessionToken", Map.of("name", ORIGIN, "key", "session-token")));
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("destinationPath", ("s3://" + store.bucket() + "/" + around(store)).replaceFirst("/$", ""));
        store.endpoint().ifPresent(endpoint -> configuration.put("endpointURL", endpoint.toString()));
        configuration.put("s3Credentials", keys);
        return configuration;
    }

    private static Map<String, String> credentials(ServerWish.Store store) {
        Map<String, String> credentials = new TreeMap<>();
        credentials.put("access-key", store.accessKey().reveal());
        credentials.put("secret-key", store.secretKey().reveal());
        credentials.put("region", store.region());
        store.sessionToken().ifPresent(token -> credentials.put("session-token", token.reveal()));
        return credentials;
    }

    /** The prefix ends with the folder that is named like the server. */
    private static String around(ServerWish.Store store) {
        return store.prefix().replaceFirst("[^/]*/?$", "");
    }

    private static String server(ServerWish wish) {
        String folder = wish.store().prefix().replaceFirst("/$", "");
        return wish.plan().server().orElse(folder.substring(folder.lastIndexOf('/') + 1));
    }

    /** The pods that the operator makes know no names but by the cluster's name server. */
    private static void demandReachable(ServerWish.Store store, ClusterPlan plan) {
        String host = store.endpoint()
                .map(endpoint -> String.valueOf(endpoint.getHost()))
                .orElse("amazonaws.com");
        if (!plan.dns() && !host.matches("[0-9.]+|\\[.*]")) {
            throw new CouldNotRun(new Problem(
                    "The vault " + store.vault() + " is named " + host
                            + ", and pods that an operator makes can look up no name while the name server is shut off",
                    "scratch.kubernetes.dns in the runbook",
                    "Say `dns: true` there; it is shut off again once all is restored."));
        }
    }

    @Override
    public List<HasMetadata> policies(Naming naming, List<ApiServer> apiServers) {
        return new OperatorPolicies(naming, Map.of("cnpg.io/cluster", CLUSTER), "cnpg.io/jobRole")
                .all(Map.of("app.kubernetes.io/name", "cloudnative-pg"), List.of(8000, 5432), apiServers);
    }

    @Override
    public State state(GenericKubernetesResource cluster) {
        String phase = cluster.get("status", "phase") instanceof String said ? said : "";
        Object ready = cluster.get("status", "readyInstances");
        boolean up = HEALTHY.equals(phase) && ready instanceof Number count && count.intValue() >= 1;
        return new State(up, phase, phase.startsWith("Cluster is in an unrecoverable state"));
    }

    @Override
    public String service(GenericKubernetesResource cluster) {
        Object written = cluster.get("status", "writeService");
        return written instanceof String name && !name.isEmpty() ? name : CLUSTER + "-rw";
    }

    @Override
    public String image(ServerWish wish) {
        return wish.plan().image().orElse(IMAGE + wish.postgres());
    }

    @Override
    public boolean recovers(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && "full-recovery".equals(labels.get("cnpg.io/jobRole"));
    }

    /** The server's log is wrapped in lines of JSON. */
    @Override
    public Optional<String> said(String line) {
        Matcher record = RECORD.matcher(line);
        return record.find()
                ? Optional.of(record.group(1) + ":  " + record.group(2).replaceAll("\\\\(.)", "$1"))
                : Optional.empty();
    }

    private static Map<String, String> labels(Naming naming) {
        Map<String, String> labels = new TreeMap<>(naming.labels());
        labels.put(Dressing.COMPANION, "database");
        return labels;
    }

    private static ObjectMeta named(Naming naming, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(naming.namespace())
                .withLabels(labels(naming))
                .build();
    }

    private static HasMetadata secret(ObjectMeta named, String type, Map<String, String> entries) {
        return new SecretBuilder()
                .withMetadata(named)
                .withType(type)
                .withStringData(entries)
                .build();
    }

    private static GenericKubernetesResource generic(
            String version, String kind, ObjectMeta named, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(version)
                .withKind(kind)
                .withMetadata(named)
                .withAdditionalProperties(Map.of("spec", spec))
                .build();
    }
}
