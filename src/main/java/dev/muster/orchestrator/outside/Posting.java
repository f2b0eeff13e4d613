package dev.muster.orchestrator.outside;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts a text to a server that nobody here answers for: it may be slow, talkative or not there. */
record Posting(String name) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 64 * 1024;

    /** What the server said. */
    record Answer(int status, String text) {}

    Answer post(String address, String text, String... headers) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(PATIENCE)
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .POST(BodyPublishers.ofString(text))
                    .build();
            for (int index = 0; index < headers.length; index += 2) {
                request = HttpRequest.newBuilder(request, (key, value) -> true)
                        .header(headers[index], headers[index + 1])
                        .build();
            }
            HttpResponse<InputStream> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Answer(response.statusCode(), new String(body.readNBytes(MOST), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException failed) {
            // The message may hold the address, and that a secret.
            throw new CouldNotRun(
                    new Problem(
                            "The server did not answer (" + failed.getClass().getSimpleName() + ")",
                            name,
                            "See that its address in `ledger:` of the settings is right and that it can be reached from"
                                    + " here. It is tried again with the next checkpoint."),
                    failed);
        }
    }
}
