package dev.muster.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What ends is told a month, a week and a day before, and once it has ended. */
class ExpiryTest {
    private static final Instant END = Instant.parse("2026-12-31T00:00:00Z");

    private static Optional<News> told(int hoursBefore) {
        return new Expiry("the key for evidence", "/keys/evidence-key.pem", END, "Get a new one.")
                .news(END.minus(Duration.ofHours(hoursBefore)));
    }

    @Test
    void each_threshold_is_a_news_of_its_own_and_says_when_and_what_to_do() {
        assertThat(told(30 * 24 + 1)).isEmpty();
        assertThat(told(30 * 24)).hasValueSatisfying(news -> {
            assertThat(news.kind()).isEqualTo(News.Kind.EXPIRING);
            assertThat(news.what()).contains("within 30 days", END.toString());
            assertThat(news.problem().orElseThrow().remedy()).isEqualTo("Get a new one.");
        });
        List<String> ids = IntStream.rangeClosed(-48, 40 * 24)
                .mapToObj(ExpiryTest::told)
                .flatMap(Optional::stream)
                .map(NewsId::of)
                .toList();
        assertThat(new TreeSet<>(ids)).hasSize(4);
        assertThat(told(-1).orElseThrow().what()).contains("has ended");
    }
}
