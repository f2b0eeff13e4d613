package dev.muster.runbook.manifest;

import dev.muster.runbook.yaml.Entry;
import java.util.List;
import java.util.Set;

/** What the pods of an application may ask for. */
final class PodRules {
    private static final Set<String> POD = Set.of(
            "containers",
            "initContainers",
            "volumes",
            "restartPolicy",
            "terminationGracePeriodSeconds",
            "activeDeadlineSeconds",
            "securityContext",
            "nodeSelector",
            "tolerations",
            "affinity",
            "topologySpreadConstraints",
            "imagePullSecrets",
            "automountServiceAccountToken",
            "serviceAccountName",
            "serviceAccount",
            "enableServiceLinks",
            "hostname",
            "subdomain",
            "dnsPolicy",
            "schedulerName");
    private static final Set<String> CONTAINER = Set.of(
            "name",
            "image",
            "imagePullPolicy",
            "command",
            "args",
            "workingDir",
            "env",
            "envFrom",
            "ports",
            "resources",
            "volumeMounts",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle",
            "securityContext",
            "restartPolicy",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "stdin",
            "tty");
    private static final Set<String> PORT = Set.of("name", "containerPort", "protocol");
    private static final Set<String> MOUNT = Set.of("name", "mountPath", "subPath", "readOnly");
    private static final Set<String> POD_SECURITY = Set.of(
            "runAsUser",
            "runAsGroup",
            "runAsNonRoot",
            "fsGroup",
            "fsGroupChangePolicy",
            "supplementalGroups",
            "seccompProfile");
    private static final Set<String> CONTAINER_SECURITY = Set.of(
            "runAsUser",
            "runAsGroup",
            "runAsNonRoot",
            "readOnlyRootFilesystem",
            "allowPrivilegeEscalation",
            "privileged",
            "capabilities",
            "seccompProfile");
    private static final Set<String> VOLUME =
            Set.of("name", "emptyDir", "configMap", "secret", "persistentVolumeClaim", "downwardAPI", "projected");
    /** The Secret with the way to the restored database, which comes without being described. */
    private static final String DATABASE = "muster-database";

    private final List<Entry> objects;
    private final Fault fault;

    PodRules(List<Entry> objects, Fault fault) {
        this.objects = objects;
        this.fault = fault;
    }

    void look(Entry pod) {
        fault.only(pod, POD);
        fault.notTrue(pod.at("automountServiceAccountToken"));
        for (String key : List.of("serviceAccountName", "serviceAccount")) {
            known("ServiceAccount", pod.at(key));
        }
        security(pod.at("securityContext"), POD_SECURITY);
        pod.at("volumes").items().forEach(this::volume);
        pod.at("initContainers").items().forEach(this::container);
        pod.at("containers").items().forEach(this::container);
        if (pod.at("containers").items().isEmpty()) {
            fault.at(pod, "has no containers", "Give its pods `containers`.");
        }
    }

    private void container(Entry container) {
        fault.only(container, CONTAINER);
        image(container);
        container.at("ports").items().forEach(port -> fault.only(port, PORT));
        container.at("volumeMounts").items().forEach(mount -> fault.only(mount, MOUNT));
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            elsewhere(container.at(probe));
        }
        for (String moment : List.of("postStart", "preStop")) {
            elsewhere(container.at("lifecycle").at(moment));
        }
        Entry security = container.at("securityContext");
        security(security, CONTAINER_SECURITY);
        fault.notTrue(security.at("privileged"));
        fault.notTrue(security.at("allowPrivilegeEscalation"));
        if (!security.at("capabilities").at("add").items().isEmpty()) {
            fault.at(security.at("capabilities").at("add"), "wants further capabilities", "Remove `add`.");
        }
        container.at("env").items().forEach(variable -> {
            known("Secret", variable.at("valueFrom").at("secretKeyRef").at("name"));
            known("ConfigMap", variable.at("valueFrom").at("configMapKeyRef").at("name"));
        });
        container.at("envFrom").items().forEach(source -> {
            known("Secret", source.at("secretRef").at("name"));
            known("ConfigMap", source.at("configMapRef").at("name"));
        });
    }

    /** Probes are made by the node, whose network no policy of the namespace holds. */
    private void elsewhere(Entry action) {
        for (String kind : List.of("httpGet", "tcpSocket")) {
            if (action.at(kind).at("host").present()) {
                fault.at(
                        action.at(kind).at("host"),
                        "lets the node connect to a host of its choice",
                        "Remove `host`, so that the container itself is asked.");
            }
        }
    }

    private void security(Entry security, Set<String> allowed) {
        fault.only(security, allowed);
        if (security.at("runAsUser").number().orElse(1) == 0
                || !security.at("runAsNonRoot").flag().orElse(true)) {
            fault.at(security, "runs as root", "Give it runAsUser with a number above zero, and runAsNonRoot: true.");
        }
        security.at("seccompProfile")
                .at("type")
                .text()
                .filter(type -> !type.equals("RuntimeDefault"))
                .ifPresent(type -> fault.at(
                        security.at("seccompProfile"),
                        "has the seccomp profile " + type,
                        "Let it be RuntimeDefault, or leave it out."));
    }

    /** Whoever reads the manifests has to see which bytes run, and from where they are. */
    private void image(Entry container) {
        String image = container.at("image").text().orElse("");
        String name = image.replaceFirst("@sha256:[0-9a-f]{64}$", "");
        String registry = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
        String tag = name.substring(name.lastIndexOf('/') + 1).replaceFirst("^[^:]*:?", "");
        if (!registry.contains(".") && !registry.contains(":") && !registry.equals("localhost")) {
            fault.at(
                    container.at("image"),
                    image.isEmpty() ? "has a container without an image" : "names no registry for the image " + image,
                    "Write the image with its registry, such as registry.example.com/shop:4.2.");
        } else if (name.equals(image) && (tag.isEmpty() || tag.equals("latest"))) {
            fault.at(
                    container.at("image"),
                    "does not say which " + image + " it means",
                    "Name the image by its digest, or by a tag other than latest.");
        }
    }

    private void volume(Entry volume) {
        fault.only(volume, VOLUME);
        known("Secret", volume.at("secret").at("secretName"));
        known("ConfigMap", volume.at("configMap").at("name"));
        known("PersistentVolumeClaim", volume.at("persistentVolumeClaim").at("claimName"));
        for (Entry source : volume.at("projected").at("sources").items()) {
            fault.only(source, Set.of("secret", "configMap", "downwardAPI"));
            known("Secret", source.at("secret").at("name"));
            known("ConfigMap", source.at("configMap").at("name"));
        }
    }

    /** What else is in the namespace is the scratch's own: the way to the vault, its volume, its rights. */
    private void known(String kind, Entry reference) {
        String name = reference.text().orElse("");
        boolean described = objects.stream()
                .anyMatch(
                        object -> object.at("kind").text().filter(kind::equals).isPresent()
                                && object.at("metadata")
                                        .at("name")
                                        .text()
                                        .filter(name::equals)
                                        .isPresent());
        boolean usual = (kind.equals("Secret") && name.equals(DATABASE))
                || (kind.equals("ServiceAccount") && name.equals("default"));
        if (reference.present() && !described && !usual) {
            fault.at(
                    reference,
                    "uses the " + kind + " " + name + ", which is not among the manifests",
                    "Describe it there"
                            + (kind.equals("Secret")
                                    ? "; the way to the restored database is in the Secret " + DATABASE + "."
                                    : "."));
        }
    }
}
