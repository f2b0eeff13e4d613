package dev.muster.telling;

import dev.muster.drill.News;
import dev.muster.drill.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of something that is needed until it is replaced.
 *
 * @param subject a key or a certificate, by what it is for
 * @param where it lies
 * @param remedy how it is replaced
 */
public record Expiry(String subject, String where, Instant until, String remedy) {
    /** So many days before, it is told; the shortest first. */
    private static final List<Integer> DAYS = List.of(1, 7, 30);

    /** What there is to tell of it now: once at each of those days, and once when it has ended. */
    public Optional<News> news(Instant now) {
        return when(now).map(when -> {
            String what = "It " + when + ": " + until;
            return new News(
                    News.Kind.EXPIRING,
                    subject,
                    Optional.empty(),
                    Optional.empty(),
                    now,
                    what,
                    Optional.of(new Problem(what, where, remedy)));
        });
    }

    private Optional<String> when(Instant now) {
        if (!now.isBefore(until)) {
            return Optional.of("has ended");
        }
        return DAYS.stream()
                .filter(days -> !now.plus(Duration.ofDays(days)).isBefore(until))
                .findFirst()
                .map(days -> days == 1 ? "ends within a day" : "ends within " + days + " days");
    }
}
