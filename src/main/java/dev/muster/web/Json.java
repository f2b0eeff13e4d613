package dev.muster.web;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.evidence.record.Section;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** JSON as the service writes it, and as strictly as it reads it. */
public final class Json {
    private static final int DEEPEST = 20;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, Json::nothingElse)
            .build();

    private Json() {}

    private static void nothingElse(MutableCoercionConfig texts) {
        texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** Answers with a document. */
    public static void answer(Context request, Section document) {
        request.contentType("application/json").result(bytes(document));
    }

    public static byte[] bytes(Section document) {
        return MAPPER.writeValueAsBytes(document.values());
    }

    /** What a request brings; anything that does not belong there is refused. */
    public static <T> T body(Context request, Class<T> type) {
        String declared = request.contentType();
        if (declared == null || !declared.split(";", 2)[0].trim().equalsIgnoreCase("application/json")) {
            throw new UnsupportedMediaTypeResponse();
        }
        try {
            T body = MAPPER.readValue(request.bodyAsBytes(), type);
            if (body != null) {
                return body;
            }
            throw wrong("The request holds `null`", "");
        } catch (UnrecognizedPropertyException unknown) {
            throw wrong(
                    "`" + shortened(unknown.getPropertyName()) + "` is not a field of this request; it takes "
                            + unknown.getKnownPropertyIds(),
                    "");
        } catch (DatabindException misfit) {
            throw wrong("A field of the request is not what it has to be", place(misfit));
        } catch (JacksonException noJson) {
            throw wrong("The request is not JSON", place(noJson));
        }
    }

    private static String place(JacksonException wrong) {
        return wrong.getLocation() == null
                ? ""
                : "line " + wrong.getLocation().getLineNr() + ", column "
                        + wrong.getLocation().getColumnNr();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static Refusal wrong(String what, String where) {
        return new Refusal(
                Refusal.Reason.INVALID, new Problem(what, where, "/openapi.json says what each request takes."));
    }
}
