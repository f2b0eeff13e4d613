package dev.muster.evidence.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of a document in the making: named values in the order in which a reader wants them. */
public final class Section {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Section with(String name, @Nullable Object value) {
        values.put(name, plain(value));
        return this;
    }

    public Map<String, @Nullable Object> values() {
        return values;
    }

    /** Instants in ISO 8601 UTC, durations in seconds with decimals, what is unknown as null. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Section section) {
            return section.values();
        }
        if (value instanceof Duration duration) {
            return BigDecimal.valueOf(duration.getSeconds())
                    .add(BigDecimal.valueOf(duration.getNano(), 9))
                    .setScale(3, RoundingMode.HALF_UP);
        }
        if (value instanceof Instant instant) {
            return instant.toString();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
            return plain;
        }
        return value;
    }
}
