package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Objects as people read them before anything of them is applied. */
final class Preview {
    private static final String HIDDEN = "***";

    private Preview() {}

    /** Each as YAML, without the values of secrets. */
    static List<String> of(List<HasMetadata> objects) {
        return objects.stream().map(Preview::of).toList();
    }

    static String of(HasMetadata object) {
        return Serialization.asYaml(hidden(object));
    }

    private static HasMetadata hidden(HasMetadata object) {
        if (object instanceof Secret secret) {
            Map<String, String> hidden = new TreeMap<>();
            Stream.of(secret.getData(), secret.getStringData())
                    .flatMap(entries -> entries == null ? Stream.empty() : entries.keySet().stream())
                    .forEach(name -> hidden.put(name, HIDDEN));
            return new SecretBuilder(secret)
                    .withData(Map.of())
                    .withStringData(hidden)
                    .build();
        }
        return object;
    }
}
