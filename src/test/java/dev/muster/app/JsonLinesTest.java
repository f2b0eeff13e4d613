package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final JsonLines lines = new JsonLines();

    private String line(String message, Map<String, String> about, @Nullable Throwable thrown) {
        context.setMDCAdapter(new BasicMDCAdapter());
        about.forEach(context.getMDCAdapter()::put);
        Logger logger = context.getLogger("dev.muster.schedule");
        return new String(
                lines.encode(new LoggingEvent("", logger, Level.WARN, message, thrown, new Object[] {"x"})),
                StandardCharsets.UTF_8);
    }

    private static JsonNode read(String line) {
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        return JsonMapper.builder().build().readTree(line);
    }

    @Test
    void a_line_says_when_how_bad_who_what_and_of_which_drill() {
        JsonNode line = read(line("drill {} ended", Map.of("drill", "shop-1"), null));

        assertThat(line.path("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("logger").asString()).isEqualTo("dev.muster.schedule");
        assertThat(line.path("message").asString()).isEqualTo("drill x ended");
        assertThat(line.path("drill").asString()).isEqualTo("shop-1");
        assertThat(line.has("exception")).isFalse();
    }

    @Test
    void a_line_stays_one_whatever_is_said() {
        String hostile = "a\n{\"level\":\"ERROR\"}\r\t\u0000\u001b[31m\u2028\"\\ half \ud800 end";

        assertThat(read(line(hostile, Map.of("drill", "x\n\"}"), null))
                        .path("message")
                        .asString())
                .isEqualTo(hostile.replace('\ud800', '?'));
    }

    @Test
    void what_was_thrown_stands_in_the_same_line() {
        assertThat(read(line("failed", Map.of(), new IllegalStateException("two\nlines")))
                        .path("exception")
                        .asString())
                .startsWith("java.lang.IllegalStateException: two\nlines")
                .contains("at dev.muster.app.JsonLinesTest");
    }
}
