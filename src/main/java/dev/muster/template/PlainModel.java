package dev.muster.template;

import java.util.List;
import java.util.Map;

/** What a template may see: maps, lists, strings, numbers and booleans, and so nothing that can act. */
final class PlainModel {
    private PlainModel() {}

    static void demand(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> {
                demandText(key);
                demand(entry);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(PlainModel::demand);
        } else if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException("no value for a template: " + value);
        }
    }

    private static void demandText(Object key) {
        if (!(key instanceof String)) {
            throw new IllegalArgumentException("no key for a template: " + key);
        }
    }
}
