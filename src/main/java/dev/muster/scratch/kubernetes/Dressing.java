package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Manifest;
import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the objects of an application part of a scratch: they get its labels and what is to be filled in, and their pods
 * what a restricted namespace demands where they do not say it themselves.
 */
final class Dressing {
    /** On everything that runs beside a scratch: what it is. */
    static final String COMPANION = "muster.dev/companion";

    private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "StatefulSet", "Job");
    private static final Pattern BLANK = Pattern.compile("(?<![${])\\{([a-z]+)}");

    private final KubernetesSerialization serialization;
    private final Naming naming;
    private final ClusterPlan.Placing placing;
    private final List<String> pullSecrets;
    private final Map<String, String> blanks;

    /** @param blanks what is filled in, by name; other names in braces stay as they are */
    Dressing(
            KubernetesSerialization serialization,
            Naming naming,
            ClusterPlan.Placing placing,
            List<String> pullSecrets,
            Map<String, String> blanks) {
        this.serialization = serialization;
        this.naming = naming;
        this.placing = placing;
        this.pullSecrets = List.copyOf(pullSecrets);
        this.blanks = Map.copyOf(blanks);
    }

    /** @param aliases the names that its pods know without a name server */
    HasMetadata dressed(Manifest manifest, List<HostAlias> aliases) {
        Map<String, Object> object = read(manifest);
        object.remove("status");
        Map<String, Object> metadata = below(object, "metadata");
        metadata.remove("creationTimestamp");
        metadata.put("namespace", naming.namespace());
        label(metadata);
        String kind = manifest.kind();
        if (kind.equals("ConfigMap")) {
            fillAll(below(object, "data"));
        } else if (kind.equals("Secret")) {
            fillAll(below(object, "stringData"));
        } else if (kind.equals("ServiceAccount")) {
            object.put("automountServiceAccountToken", false);
        } else if (kind.equals("Pod")) {
            pod(below(object, "spec"), aliases);
        } else if (WITH_TEMPLATE.contains(kind)) {
            Map<String, Object> spec = below(object, "spec");
            Map<String, Object> template = below(spec, "template");
            label(below(template, "metadata"));
            pod(below(template, "spec"), aliases);
            mappings(spec.get("volumeClaimTemplates")).forEach(claim -> label(below(claim, "metadata")));
        }
        return serialization.unmarshal(serialization.asJson(object));
    }

    private Map<String, Object> read(Manifest manifest) {
        try {
            return mapping(serialization.unmarshal(manifest.content(), Map.class));
        } catch (RuntimeException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            manifest.label() + " cannot be read: " + unreadable.getMessage(),
                            manifest.file(),
                            "Correct the file; `kubectl apply --dry-run=client -f` says what is wrong with it."),
                    unreadable);
        }
    }

    private void label(Map<String, Object> metadata) {
        Map<String, Object> labels = below(metadata, "labels");
        labels.putAll(naming.labels());
        labels.put(COMPANION, "application");
    }

    private void pod(Map<String, Object> spec, List<HostAlias> aliases) {
        spec.put("automountServiceAccountToken", false);
        spec.putIfAbsent("enableServiceLinks", false);
        if (!aliases.isEmpty()) {
            spec.put("hostAliases", aliases);
        }
        if (!pullSecrets.isEmpty()) {
            spec.putIfAbsent(
                    "imagePullSecrets",
                    pullSecrets.stream().map(name -> Map.of("name", name)).toList());
        }
        if (!placing.nodeSelector().isEmpty()) {
            spec.putIfAbsent("nodeSelector", placing.nodeSelector());
        }
        if (!placing.tolerations().isEmpty()) {
            spec.putIfAbsent(
                    "tolerations",
                    placing.tolerations().stream().map(Dressing::toleration).toList());
        }
        Map<String, Object> security = below(spec, "securityContext");
        security.putIfAbsent("runAsNonRoot", true);
        security.putIfAbsent("seccompProfile", Map.of("type", "RuntimeDefault"));
        for (String list : List.of("initContainers", "containers")) {
            mappings(spec.get(list)).forEach(this::container);
        }
    }

    private void container(Map<String, Object> container) {
        Map<String, Object> security = below(container, "securityContext");
        security.putIfAbsent("allowPrivilegeEscalation", false);
        security.put("capabilities", Map.of("drop", List.of("ALL")));
        for (String words : List.of("command", "args")) {
            if (container.get(words) instanceof List<?> list) {
                container.put(words, list.stream().map(this::filled).toList());
            }
        }
        mappings(container.get("env"))
                .forEach(variable -> variable.computeIfPresent("value", (key, text) -> filled(text)));
    }

    private void fillAll(Map<String, Object> texts) {
        texts.replaceAll((key, text) -> filled(text));
    }

    private Object filled(Object text) {
        return BLANK.matcher(String.valueOf(text))
                .replaceAll(found -> Matcher.quoteReplacement(blanks.getOrDefault(found.group(1), found.group())));
    }

    private static Map<String, Object> toleration(ClusterPlan.Toleration asked) {
        Map<String, Object> toleration = new TreeMap<>();
        asked.key().ifPresent(key -> toleration.put("key", key));
        asked.operator().ifPresent(operator -> toleration.put("operator", operator));
        asked.value().ifPresent(value -> toleration.put("value", value));
        asked.effect().ifPresent(effect -> toleration.put("effect", effect));
        return toleration;
    }

    /** The mapping under a key, which is made where there is none. */
    private static Map<String, Object> below(Map<String, Object> around, String key) {
        Map<String, Object> inner = around.get(key) instanceof Map<?, ?> there ? mapping(there) : new LinkedHashMap<>();
        around.put(key, inner);
        return inner;
    }

    /** The mappings of a list, to be changed where they are. */
    private static List<Map<String, Object>> mappings(@Nullable Object list) {
        List<Map<String, Object>> mappings = new ArrayList<>();
        if (list instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> there) {
                    mappings.add(mapping(there));
                }
            }
        }
        return mappings;
    }

    /** What was read of JSON has texts for keys. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Map<?, ?> read) {
        return (Map<String, Object>) read;
    }
}
