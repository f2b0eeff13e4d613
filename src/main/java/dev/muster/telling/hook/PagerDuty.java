package dev.muster.telling.hook;

import dev.muster.drill.News;
import dev.muster.drill.Secret;
import dev.muster.evidence.record.Json;
import dev.muster.telling.Answer;
import dev.muster.telling.Channel;
import dev.muster.telling.Message;
import dev.muster.template.Legible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Somebody on call, by events as PagerDuty takes them in version 2: an incident for each system, which ends when it
 * passes again.
 *
 * @param key what routes an event to those on call
 */
public record PagerDuty(Posting posting, Supplier<Secret> key) implements Channel {
    /** Where PagerDuty itself takes events. */
    public static final String ADDRESS = "https://events.pagerduty.com/v2/enqueue";

    private static final int LONGEST_SUMMARY = 1024;
    private static final int LONGEST_KEY = 255;
    /** What is about something beside a system's standing does not end when the system passes. */
    private static final Set<News.Kind> BESIDE = Set.of(News.Kind.LEFT_BEHIND, News.Kind.EXPIRING);

    @Override
    public String place() {
        return posting.name();
    }

    @Override
    public List<Supplier<Secret>> secrets() {
        return List.of(key);
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", key.get().reveal());
        event.put("event_action", message.good() ? "resolve" : "trigger");
        event.put("dedup_key", incident(message.news()));
        event.put("client", "Muster");
        if (!message.good()) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put(
                    "summary",
                    clipped(
                            message.words("pagerduty.ftl", UnaryOperator.identity())
                                    .strip(),
                            LONGEST_SUMMARY));
            payload.put("source", Legible.of(message.news().subject()));
            payload.put("severity", severity(message.news().kind()));
            payload.put("timestamp", message.news().at().toString());
            payload.put("custom_details", message.facts());
            event.put("payload", payload);
        }
        return posting.post(message.sent(), Json.compact(event), Map.of());
    }

    private static String incident(News news) {
        String about =
                BESIDE.contains(news.kind()) ? news.subject() : news.system().orElse(news.subject());
        return clipped("muster: " + Legible.of(about), LONGEST_KEY);
    }

    private static String severity(News.Kind kind) {
        return switch (kind) {
            case FAILED -> "critical";
            case COULD_NOT_RUN, OVERDUE -> "error";
            default -> "warning";
        };
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
