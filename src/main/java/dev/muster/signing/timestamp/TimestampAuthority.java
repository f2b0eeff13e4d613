package dev.muster.signing.timestamp;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.jspecify.annotations.Nullable;

/** Asks an authority to say when it saw something, and believes its answer only when it is one to that question. */
public final class TimestampAuthority {
    private static final int NONCE_BITS = 64;
    private static final int GRANTED = 200;

    private final TimestampSettings settings;
    private final HttpClient client;

    public TimestampAuthority(TimestampSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.timeout())
                .build();
    }

    /**
     * A timestamp over these bytes, as {@code openssl ts} keeps it.
     *
     * @throws CouldNotRun when the authority is silent, refuses, or answers with anything but that
     */
    public byte[] stamp(byte[] message) throws InterruptedException {
        TimeStampRequest request = request(message);
        try {
            byte[] answer = ask(request.getEncoded());
            checked(request, answer, message);
            return answer;
        } catch (IOException silent) {
            throw refused(Objects.requireNonNullElse(silent.getMessage(), silent.toString()), silent);
        }
    }

    private TimeStampRequest request(byte[] message) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        settings.policy().map(ASN1ObjectIdentifier::new).ifPresent(generator::setReqPolicy);
        return generator.generate(
                TSPAlgorithms.SHA256, Digests.sha256(message), new BigInteger(NONCE_BITS, new SecureRandom()));
    }

    private byte[] ask(byte[] question) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question));
        credentials().ifPresent(secret -> request.header("Authorization", secret.reveal()));
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request.build(), about -> new ShortBody(Timestamp.LARGEST));
        try {
            // The request's own limit ends with the first byte of the answer.
            HttpResponse<byte[]> answer = asked.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != GRANTED) {
                throw new IOException("it answers with HTTP status " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException silent
                    ? new IOException(reason(silent), silent)
                    : new IOException("" + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new IOException(
                    "it has not answered within " + settings.timeout().toSeconds() + " s", late);
        } finally {
            asked.cancel(true);
        }
    }

    private static String reason(IOException silent) {
        return silent.getMessage() == null
                ? "it cannot be reached: " + silent.getClass().getSimpleName()
                : silent.getMessage();
    }

    private Optional<Secret> credentials() {
        return settings.user().map(user -> {
            String password =
                    settings.password().map(Supplier::get).map(Secret::reveal).orElse("");
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new Secret("Basic " + Base64.getEncoder().encodeToString(both));
        });
    }

    private void checked(TimeStampRequest request, byte[] answer, byte[] message) {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            response.validate(request);
            if (response.getTimeStampToken() == null) {
                throw refused(
                        "it refuses: " + Objects.requireNonNullElse(response.getStatusString(), "no reason given"),
                        null);
            }
        } catch (IOException | TSPException other) {
            throw refused("its answer is none to this question: " + other.getMessage(), other);
        }
        Timestamp timestamp = Timestamp.read(answer)
                .filter(read -> read.covers(message))
                .orElseThrow(() -> refused("the signature of its answer does not hold", null));
        if (!timestamp.leadsTo(Anchors.of(settings.certificate()))) {
            throw refused(
                    "its answer was signed by " + timestamp.authority() + ", whose certificate does not lead to one in "
                            + settings.certificate(),
                    null);
        }
    }

    private CouldNotRun refused(String why, @Nullable Exception cause) {
        Problem problem = new Problem(
                "The timestamp authority gave no timestamp: " + why,
                settings.url().toString(),
                "The evidence is sound without; once the authority answers as it should, add the timestamp with"
                        + " `muster evidence complete`. `timestamp` in the settings names the authority.");
        return cause == null ? new CouldNotRun(problem) : new CouldNotRun(problem, cause);
    }
}
