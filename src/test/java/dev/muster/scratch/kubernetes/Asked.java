package dev.muster.scratch.kubernetes;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that came to a staged server.
 *
 * @param query what is given several times stands there once, with spaces in between
 */
record Asked(String method, String path, Map<String, String> query, String body, String form) {

    static Asked of(RecordedRequest request) {
        URI uri = URI.create(request.getPath());
        return new Asked(
                request.getMethod(),
                uri.getPath(),
                query(uri.getRawQuery()),
                request.getBody() == null ? "" : request.getUtf8Body(),
                String.valueOf(request.getHeader("Content-Type")));
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new TreeMap<>();
        for (String one : (text == null ? "" : text).split("&", -1)) {
            String[] parts = one.split("=", 2);
            String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            query.merge(parts[0], value, (before, next) -> before + " " + next);
        }
        return query;
    }
}
