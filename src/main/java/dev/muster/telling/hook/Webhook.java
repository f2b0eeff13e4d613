package dev.muster.telling.hook;

import dev.muster.drill.Secret;
import dev.muster.evidence.record.Json;
import dev.muster.telling.Answer;
import dev.muster.telling.Channel;
import dev.muster.telling.KindWords;
import dev.muster.telling.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A program that is told in JSON, with a signature.
 *
 * @param secret what it knows the signature by
 */
public record Webhook(Posting posting, Supplier<Secret> secret) implements Channel {
    @Override
    public String place() {
        return posting.name();
    }

    @Override
    public List<Supplier<Secret>> secrets() {
        return List.of(posting.address(), secret);
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "type",
                "muster."
                        + (message.test()
                                ? "test"
                                : KindWords.label(message.news().kind())));
        document.put("timestamp", message.news().at().toString());
        document.put("data", message.facts());
        byte[] body = Json.compact(document);
        return posting.post(
                message.sent(),
                body,
                Signature.headers(message.id(), message.sent().getEpochSecond(), body, secret.get()));
    }
}
