package dev.muster.web.pages;

import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Style, script and icon of the pages: the digest in their addresses lets browsers keep them for good. */
public final class StaticFiles implements Part {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    private final Map<String, Object> addresses = new LinkedHashMap<>();
    private final Map<String, Handler> files = new HashMap<>();

    public StaticFiles() {
        take("style", "style.css", "/web/style.css", "text/css; charset=utf-8");
        take("script", "muster.js", "/web/muster.js", "text/javascript; charset=utf-8");
        take("drill", "drill.js", "/web/drill.js", "text/javascript; charset=utf-8");
        take("htmx", "htmx.js", HTMX, "text/javascript; charset=utf-8");
        take("icon", "icon.svg", "/web/icon.svg", "image/svg+xml");
    }

    /** Where each file is, by what it is for. */
    Map<String, Object> addresses() {
        return addresses;
    }

    @Override
    public void add(Routes routes) {
        files.forEach((address, answer) -> routes.open(HandlerType.GET, address, answer));
    }

    private void take(String purpose, String name, String resource, String type) {
        byte[] content = read(resource);
        String address = "/static/" + digest(content) + "/" + name;
        addresses.put(purpose, address);
        files.put(
                address,
                request -> request.header("Cache-Control", "public, max-age=31536000, immutable")
                        .header("X-Content-Type-Options", "nosniff")
                        .contentType(type)
                        .result(content));
    }

    private static byte[] read(String resource) {
        try (InputStream input = StaticFiles.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("the program has no " + resource);
            }
            return input.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
