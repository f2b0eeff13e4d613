package dev.muster.evidence;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps known secrets out of a document, and notes each place where one was about to stand. */
final class Masking {
    private static final String MASK = "******";
    // Anything shorter stands in ordinary words as well, and masking those would destroy the record.
    private static final int SHORTEST = 4;

    private final List<String> secrets;
    private final List<String> places = new ArrayList<>();

    Masking(List<Secret> secrets) {
        this.secrets = secrets.stream()
                .map(Secret::reveal)
                .filter(value -> value.length() >= SHORTEST)
                .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    Map<String, @Nullable Object> masked(Map<String, @Nullable Object> document) {
        return masked("", document);
    }

    private Map<String, @Nullable Object> masked(String place, Map<?, ?> map) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = masked(place, String.valueOf(key));
            result.put(name, maskedValue(place.isEmpty() ? name : place + "." + name, value));
        });
        return result;
    }

    private @Nullable Object maskedValue(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return masked(place, map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            for (int index = 0; index < list.size(); index++) {
                result.add(maskedValue(place + "[" + index + "]", list.get(index)));
            }
            return result;
        }
        return value instanceof String text ? masked(place, text) : value;
    }

    /** Whether a text may stand as it is. */
    boolean keeps(String place, String text) {
        return masked(place, text).equals(text);
    }

    String masked(String place, String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        if (!masked.equals(text)) {
            places.add(place);
        }
        return masked;
    }

    /** One finding for each place. */
    List<Finding> findings() {
        return places.stream()
                .distinct()
                .map(place -> new Finding(
                        Finding.Severity.MAJOR,
                        new Problem(
                                "A secret was about to be written into the evidence and has been masked",
                                place,
                                "Find out how it came there, and change the secret: other output may show it.")))
                .toList();
    }
}
