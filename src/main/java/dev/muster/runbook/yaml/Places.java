package dev.muster.runbook.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each key and each value of a file stands. */
final class Places {
    private final Place start;
    private final Map<List<String>, Place> keys = new HashMap<>();
    private final Map<List<String>, Place> values = new HashMap<>();

    Places(String file) {
        this.start = new Place(file, 1, 1);
    }

    Place start() {
        return start;
    }

    void key(List<String> path, Place place) {
        keys.put(List.copyOf(path), place);
    }

    void value(List<String> path, Place place) {
        values.put(List.copyOf(path), place);
    }

    /** Where a value stands; of a value that is missing, where it should be. */
    Place ofValue(List<String> path) {
        return Optional.ofNullable(values.get(path)).orElseGet(() -> ofKey(path));
    }

    /** Where a key stands; of one that is missing, the nearest thing around it. */
    Place ofKey(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            List<String> around = path.subList(0, length);
            Place place = keys.getOrDefault(around, values.get(around));
            if (place != null) {
                return place;
            }
        }
        return start;
    }
}
