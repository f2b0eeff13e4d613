package dev.muster.web.api;

import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the API that programs read. */
final class OpenApi implements Part {
    private final byte[] document;

    OpenApi() {
        try (InputStream yaml = Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.yaml"))) {
            this.document = JsonMapper.shared().writeValueAsBytes(new YAMLMapper().readTree(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void add(Routes routes) {
        routes.open(
                HandlerType.GET,
                "/openapi.json",
                request -> request.contentType("application/json").result(document));
    }
}
