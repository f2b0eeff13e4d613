package dev.muster.telling.hook;

import dev.muster.drill.Secret;
import dev.muster.evidence.record.Json;
import dev.muster.telling.Answer;
import dev.muster.telling.Channel;
import dev.muster.telling.Message;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A chat with webhooks as Slack has them. */
public record Slack(Posting posting) implements Channel {
    private static final int LONGEST = 3000;

    @Override
    public String place() {
        return posting.name();
    }

    @Override
    public List<Supplier<Secret>> secrets() {
        return List.of(posting.address());
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        String text = message.words("slack.ftl", Slack::escaped).strip();
        return posting.post(
                message.sent(),
                Json.compact(Map.of("text", text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")),
                Map.of());
    }

    /** What the chat would take for a link, a mention of people or a channel stays text. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
