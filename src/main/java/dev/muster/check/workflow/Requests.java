package dev.muster.check.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Requests to the application over HTTP, all in one session as a browser has it. */
final class Requests {
    private static final int LARGEST = 64 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER))
            .connectTimeout(CONNECT)
            .build();

    Requests(URI address) {
        this.address = address;
    }

    Reply send(String method, String path, Map<String, String> headers, Optional<String> body)
            throws Refused, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.map(text -> HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8))
                                .orElse(HttpRequest.BodyPublishers.noBody()));
        headers.forEach((name, value) -> header(request, name, value));
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = response.body()) {
                byte[] bytes = content.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new Refused("its answer is longer than 64 MiB");
                }
                return Reply.plain(response.statusCode(), bytes);
            }
        } catch (IOException silent) {
            throw new Refused("it gave no answer: " + silent, silent);
        }
    }

    private URI uri(String path) throws Refused {
        try {
            return URI.create(address + path);
        } catch (IllegalArgumentException nonsense) {
            throw new Refused("the path " + path + " cannot be asked for", nonsense);
        }
    }

    private static void header(HttpRequest.Builder request, String name, String value) {
        request.setHeader(name, value.replaceAll("[\\r\\n]", " "));
    }
}
