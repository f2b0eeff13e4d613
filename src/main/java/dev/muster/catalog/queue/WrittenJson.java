package dev.muster.catalog.queue;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Wish;
import tools.jackson.databind.json.JsonMapper;

/** What is kept in the tables as one text. */
final class WrittenJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private WrittenJson() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Wish wish(String text) {
        return MAPPER.readValue(text, Wish.class);
    }

    static LiveDrill picture(String text) {
        return MAPPER.readValue(text, LiveDrill.class);
    }
}
