package dev.muster.backup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A security token service on loopback that gives the same keys to all who sign their question, until it is told to refuse. */
public final class TokenServer implements AutoCloseable {
    /** The keys that it gives. */
    public static final String ACCESS_KEY = "ASIASESSION";

    public static final String SECRET_KEY = "the-secret-of-the-session";
    public static final String TOKEN = "the-token-of-the-session";
    public static final String ROLE = "arn:aws:iam::123456789012:role/drills";

    private static final Pattern SIGNED = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/sts/aws4_request, SignedHeaders=\\S+, Signature=[0-9a-f]{64}");

    private final HttpServer server;
    private final Clock clock;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile String given = ACCESS_KEY;
    private volatile Optional<Answer> refusal = Optional.empty();

    /** Who asked for keys, and for which. */
    public record Asked(String accessKey, String region, Map<String, String> fields) {
        public String field(String name) {
            return Optional.ofNullable(fields.get(name)).orElse("");
        }
    }

    private record Answer(int status, String body) {}

    public TokenServer(Clock clock) throws IOException {
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the settings of a vault say that is opened by it. */
    public SessionSettings session() {
        return new SessionSettings(ROLE, Optional.of(endpoint()), Optional.empty(), Optional.empty());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Gives keys that no vault knows. */
    public void give(String accessKey) {
        given = accessKey;
    }

    /** Gives no more keys, for a reason as such services write it. */
    public void refuse(int status, String code, String message) {
        answer(
                status,
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>");
    }

    /** Answers so from now on. */
    public void answer(int status, String body) {
        refusal = Optional.of(new Answer(status, body));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = refusal.orElseGet(() -> keys(
                fields(form),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse("")));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer keys(Map<String, String> fields, String signature) {
        Matcher signed = SIGNED.matcher(signature);
        if (!signed.matches() || !"AssumeRole".equals(fields.get("Action"))) {
            return new Answer(
                    403, "<ErrorResponse><Error><Code>MissingAuthenticationToken</Code></Error></ErrorResponse>");
        }
        asked.add(new Asked(signed.group(1), signed.group(2), fields));
        Duration lasts = Duration.ofSeconds(Long.parseLong(fields.getOrDefault("DurationSeconds", "3600")));
        return new Answer(
                200, """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                  <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
                    <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>
                </AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>
                """.formatted(given, SECRET_KEY, TOKEN, clock.instant().plus(lasts)));
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : form.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
