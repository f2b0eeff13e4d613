package dev.muster.check.application;

import dev.muster.drill.Application;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until an application says that it is well. */
record Health(Started started, Application application, Clock clock) {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int WELL = 200;

    /** Why it is not up; absent once it is. */
    Optional<String> await(Duration spent) throws InterruptedException {
        Instant end = clock.instant().plus(application.within()).minus(spent);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(ANSWER)
                .build();
        HttpRequest request = HttpRequest.newBuilder(started.address().resolve(application.health()))
                .timeout(ANSWER)
                .build();
        String last = "it listened on no port";
        while (clock.instant().isBefore(end)) {
            if (started.running().exit().isPresent()) {
                return Optional.of(
                        "it ended with exit code " + started.running().exit().getAsInt());
            }
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == WELL) {
                    return Optional.empty();
                }
                last = application.health() + " answered with status " + status;
            } catch (IOException notYet) {
                last = application.health() + " gave no answer";
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return Optional.of("after " + application.within().toSeconds() + " s " + last);
    }
}
