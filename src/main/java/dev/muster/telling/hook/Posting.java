package dev.muster.telling.hook;

import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.telling.Answer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Posts JSON to a server that nobody here answers for: it may be slow, talkative, elsewhere or not there.
 *
 * @param name the address without what may be secret in it
 * @param address asked for anew each time
 * @param whole how long it may take with everything
 */
public record Posting(String name, Supplier<Secret> address, Duration whole) {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(15);

    /** Posts with the usual patience. */
    public static Posting to(String name, Supplier<Secret> address) {
        return new Posting(name, address, WHOLE);
    }

    Answer post(Instant sent, byte[] body, Map<String, String> headers) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(address.get().reveal()))
                    .timeout(whole)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "Muster")
                    .POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            answer = HttpClient.newBuilder()
                    .connectTimeout(CONNECTING)
                    .followRedirects(Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .sendAsync(request.build(), information -> new FirstBytes());
        } catch (IllegalArgumentException malformed) {
            // Its message may hold the address, and that a secret.
            return Answer.refused(
                    "not sent", problem("The address cannot be used", "Correct it in the settings, under `telling:`."));
        }
        try {
            return new Reply(name, answer.get(whole.toMillis(), TimeUnit.MILLISECONDS), sent).answer();
        } catch (TimeoutException slow) {
            return silent("did not answer in time");
        } catch (ExecutionException failed) {
            return silent(why(Objects.requireNonNullElse(failed.getCause(), failed)));
        } finally {
            answer.cancel(true);
        }
    }

    private static String why(Throwable failed) {
        if (failed instanceof HttpTimeoutException) {
            return "did not answer in time";
        }
        if (failed instanceof SSLException) {
            return "has a certificate that this machine does not trust, or speaks no TLS";
        }
        return failed instanceof ConnectException
                ? "cannot be reached"
                : "did not answer (" + failed.getClass().getSimpleName() + ")";
    }

    private Answer silent(String why) {
        return Answer.notNow(
                "no answer",
                problem(
                        "The server " + why,
                        "See that it works, that it can be reached from here, and that its address under `telling:` in"
                                + " the settings is right."));
    }

    private Problem problem(String what, String remedy) {
        return new Problem(what, name, remedy);
    }
}
