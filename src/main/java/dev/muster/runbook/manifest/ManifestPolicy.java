package dev.muster.runbook.manifest;

import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects may stand beside a scratch: such as cannot leave its namespace, its rights or its network. */
final class ManifestPolicy {
    private static final Map<String, String> KINDS = Map.of(
            "ConfigMap", "v1",
            "Secret", "v1",
            "Service", "v1",
            "ServiceAccount", "v1",
            "PersistentVolumeClaim", "v1",
            "Pod", "v1",
            "Deployment", "apps/v1",
            "StatefulSet", "apps/v1",
            "Job", "batch/v1");
    private static final Set<String> TOP = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "spec",
            "status",
            "data",
            "stringData",
            "binaryData",
            "immutable",
            "type",
            "automountServiceAccountToken",
            "imagePullSecrets");
    private static final Set<String> METADATA = Set.of("name", "labels", "annotations", "creationTimestamp");
    private static final Set<String> SECRETS = Set.of(
            "Opaque",
            "kubernetes.io/basic-auth",
            "kubernetes.io/tls",
            "kubernetes.io/dockerconfigjson",
            "kubernetes.io/ssh-auth");
    private static final Set<String> SERVICE = Set.of(
            "type",
            "clusterIP",
            "clusterIPs",
            "selector",
            "ports",
            "sessionAffinity",
            "sessionAffinityConfig",
            "publishNotReadyAddresses",
            "ipFamilyPolicy",
            "ipFamilies",
            "internalTrafficPolicy");
    /** Names that the scratch itself uses in its namespace. */
    private static final Set<String> TAKEN = Set.of("drill", "database", "vault", "dns");

    private final List<Entry> objects;
    private final List<Misprint> misprints = new ArrayList<>();

    ManifestPolicy(List<Entry> objects) {
        this.objects = objects;
    }

    /** Every violation there is. */
    List<Misprint> misprints() {
        Map<String, Entry> seen = new HashMap<>();
        for (Entry object : objects) {
            Fault fault = new Fault(object, misprints);
            if (!kind(object, fault)) {
                continue;
            }
            Entry before = seen.putIfAbsent(fault.label(), object);
            if (before != null) {
                fault.at(object.at("metadata"), "is described twice", "It stands in " + before.where() + " already.");
            }
            fault.only(object, TOP);
            metadata(object.at("metadata"), true, fault);
            special(object, fault);
        }
        return List.copyOf(misprints);
    }

    private static boolean kind(Entry object, Fault fault) {
        String kind = object.at("kind").text().orElse("");
        String version = object.at("apiVersion").text().orElse("");
        if (version.equals(KINDS.get(kind))) {
            return true;
        }
        if (kind.isEmpty() || version.isEmpty()) {
            fault.at(object, "is no object of Kubernetes", "Give it apiVersion, kind and metadata.");
        } else {
            fault.at(
                    object.at("kind"),
                    "(" + version + ") is none of the kinds that may stand beside a scratch"
                            + (version.startsWith("networking.k8s.io/") || version.contains("rbac.")
                                    ? ", since it says what may be reached or done there"
                                    : ""),
                    "Leave it out. There may be "
                            + String.join(", ", KINDS.keySet().stream().sorted().toList()) + ".");
        }
        return false;
    }

    private static void metadata(Entry metadata, boolean named, Fault fault) {
        String name = metadata.at("name").text().orElse("");
        if (named && !name.matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")) {
            fault.at(metadata, "has no sound name", "Give it metadata.name of small letters, digits and hyphens.");
        }
        if (named && (TAKEN.contains(name) || name.startsWith("muster"))) {
            fault.at(metadata.at("name"), "has a name that the scratch itself uses", "Call it otherwise.");
        }
        if (metadata.at("namespace").present()) {
            fault.at(
                    metadata.at("namespace"),
                    "names a namespace, but each drill has one of its own",
                    "Remove `namespace`, in kustomization.yaml as well.");
        }
        for (String key : List.of("finalizers", "ownerReferences")) {
            if (metadata.at(key).present()) {
                fault.at(metadata.at(key), "has " + key + ", which would outlive the drill", "Remove them.");
            }
        }
        metadata.entries().keySet().stream()
                .filter(key -> !METADATA.contains(key))
                .filter(key ->
                        !Set.of("namespace", "finalizers", "ownerReferences").contains(key))
                .forEach(key -> fault.at(
                        metadata.at(key),
                        "has metadata." + key + ", which only a cluster sets",
                        "Write what `kubectl kustomize` writes, not what `kubectl get` shows."));
        for (String key : List.of("labels", "annotations")) {
            metadata.at(key).entries().forEach((label, value) -> {
                if (label.matches("(?:[^/]*\\.)?(?:muster\\.dev|cnpg\\.io)/.*")) {
                    fault.at(value, "has " + key + "." + label + ", which is for others to set", "Remove it.");
                }
            });
        }
    }

    private void special(Entry object, Fault fault) {
        Entry spec = object.at("spec");
        switch (object.at("kind").text().orElse("")) {
            case "Service" -> service(spec, fault);
            case "Secret" ->
                object.at("type")
                        .text()
                        .filter(type -> !SECRETS.contains(type))
                        .ifPresent(type -> fault.at(
                                object.at("type"),
                                "is of the type " + type + ", by which a token would be made",
                                "Let it be Opaque."));
            case "ServiceAccount" -> fault.notTrue(object.at("automountServiceAccountToken"));
            case "PersistentVolumeClaim" -> claim(spec, fault);
            case "Pod" -> new PodRules(objects, fault).look(spec);
            case "StatefulSet" -> {
                template(spec, fault);
                spec.at("volumeClaimTemplates").items().forEach(claim -> claim(claim.at("spec"), fault));
            }
            case "Deployment", "Job" -> template(spec, fault);
            default -> {}
        }
    }

    private void template(Entry spec, Fault fault) {
        metadata(spec.at("template").at("metadata"), false, fault);
        new PodRules(objects, fault).look(spec.at("template").at("spec"));
    }

    private static void service(Entry spec, Fault fault) {
        fault.only(spec, SERVICE);
        spec.at("type")
                .text()
                .filter(type -> !type.equals("ClusterIP"))
                .ifPresent(type -> fault.at(
                        spec.at("type"),
                        "is of the type " + type + ", which reaches out of the cluster",
                        "Let it be ClusterIP."));
        spec.at("clusterIP")
                .text()
                .filter(address -> !address.isEmpty() && !address.equals("None"))
                .ifPresent(address -> fault.at(
                        spec.at("clusterIP"), "wants an address that production may have", "Remove clusterIP."));
        for (Entry port : spec.at("ports").items()) {
            if (port.at("nodePort").number().orElse(0) != 0) {
                fault.at(port.at("nodePort"), "wants a port of the nodes", "Remove nodePort.");
            }
        }
        if (spec.at("selector").entries().isEmpty()) {
            fault.at(spec, "selects no pods, so that it could lead anywhere", "Give it spec.selector.");
        }
    }

    private static void claim(Entry spec, Fault fault) {
        for (String key : List.of("volumeName", "selector", "dataSource", "dataSourceRef")) {
            if (spec.at(key).present()) {
                fault.at(
                        spec.at(key),
                        "wants a volume that is there already",
                        "Remove " + key + "; a drill's volumes are empty.");
            }
        }
    }
}
