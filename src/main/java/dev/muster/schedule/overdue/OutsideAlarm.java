package dev.muster.schedule.overdue;

import dev.muster.drill.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody outside who raises an alarm when he has not been called for a while: he is called as long as all is well, and
 * so notices also that there is nobody left to call.
 */
public final class OutsideAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideAlarm.class);

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final String name;
    private final Supplier<Secret> address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();

    private Instant called = Instant.EPOCH;

    /** @param name the address without what is secret in it */
    public OutsideAlarm(String name, Supplier<Secret> address) {
        this.name = name;
        this.address = address;
    }

    /** Says that all is well, a few minutes after the last time. It waits for no answer. */
    public synchronized void allIsWell(Instant now) {
        if (!now.isBefore(called) && now.isBefore(called.plus(EVERY))) {
            return;
        }
        called = now;
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(address.get().reveal()))
                    .timeout(LONGEST)
                    .build();
            var unused = client.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failed) -> {
                if (failed != null) {
                    LOG.warn("{} did not answer: {}", name, failed.getClass().getSimpleName());
                } else if (answer.statusCode() / 100 != 2) {
                    LOG.warn("{} answered with {}", name, answer.statusCode());
                }
            });
        } catch (RuntimeException unable) {
            // The schedule goes on; who is not called raises the alarm.
            LOG.warn("{} could not be called: {}", name, unable.getClass().getSimpleName());
        }
    }
}
