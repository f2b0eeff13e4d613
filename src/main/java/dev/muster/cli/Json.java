package dev.muster.cli;

import dev.muster.evidence.record.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One JSON document on standard output: durations in seconds, instants in UTC, unknown is null. */
final class Json {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Adds a field; optional values, durations, instants, lists and further documents are written as JSON has them. */
    Json with(String name, @Nullable Object value) {
        fields.put(name, plain(value));
        return this;
    }

    /** A document that the API answers as well. */
    static Json of(Section section) {
        Json json = new Json();
        json.fields.putAll(section.values());
        return json;
    }

    static <T> List<Map<String, @Nullable Object>> list(Iterable<T> values, Function<T, Json> one) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        values.forEach(value -> list.add(one.apply(value).fields));
        return list;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    void print(Terminal terminal) {
        terminal.out()
                .println(JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(fields));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? plain(optional.get()) : null;
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() / 1000.0;
        }
        if (value instanceof Instant || value instanceof Path) {
            return value.toString();
        }
        if (value instanceof Json document) {
            return document.fields;
        }
        return value;
    }
}
