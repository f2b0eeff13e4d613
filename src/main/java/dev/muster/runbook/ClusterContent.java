package dev.muster.runbook;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.ClusterPlan.Placing;
import dev.muster.drill.ClusterPlan.Toleration;
import dev.muster.drill.ClusterPlan.Volume;
import dev.muster.runbook.yaml.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a runbook without mistakes asks of Kubernetes. */
final class ClusterContent {
    private final Entry asked;

    ClusterContent(Entry asked) {
        this.asked = asked;
    }

    /** @param application the image of the application that the drill starts */
    ClusterPlan plan(Optional<String> application) {
        return new ClusterPlan(
                asked.at("namespace").text(),
                asked.at("image").text(),
                volume(asked.at("volume")),
                asked.at("cpu").present() ? Optional.of(asked.at("cpu").scalar()) : Optional.empty(),
                size(asked.at("memory")),
                size(asked.at("sharedMemory")),
                asked.at("user").number(),
                application,
                asked.at("dns").flag().orElse(false),
                new Placing(
                        texts(asked.at("pullSecrets")),
                        textsByName(asked.at("nodeSelector")),
                        asked.at("tolerations").items().stream()
                                .map(ClusterContent::toleration)
                                .toList(),
                        asked.at("priorityClass").text(),
                        textsByName(asked.at("annotations"))));
    }

    private static Volume volume(Entry volume) {
        Optional<String> storageClass = volume.at("storageClass").text();
        return new Volume(
                volume.at("kind")
                        .text()
                        .map(kind -> Volume.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                        .orElse(storageClass.isPresent() ? Volume.Kind.CLAIM : Volume.Kind.EMPTY),
                storageClass);
    }

    private static Toleration toleration(Entry toleration) {
        return new Toleration(
                toleration.at("key").text(),
                toleration.at("operator").text(),
                toleration.at("value").text(),
                toleration.at("effect").text());
    }

    private static OptionalLong size(Entry size) {
        return size.text().map(Amounts::size).orElse(OptionalLong.empty());
    }

    private static List<String> texts(Entry list) {
        return list.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    private static Map<String, String> textsByName(Entry mapping) {
        Map<String, String> texts = new TreeMap<>();
        mapping.entries().forEach((name, value) -> value.text().ifPresent(text -> texts.put(name, text)));
        return texts;
    }
}
