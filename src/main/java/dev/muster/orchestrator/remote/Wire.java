package dev.muster.orchestrator.remote;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.drill.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Muster's own values as lines of text. What is read can become nothing but what its type says: the other side is a place
 * that a backup was restored in, and may say anything.
 */
final class Wire {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new Kinds())
            .changeDefaultVisibility(visible -> visible.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule("no secrets").addSerializer(new NoSecrets()))
            .build();

    private Wire() {}

    /** One line, without its end. */
    static String line(Object value, Class<?> as) {
        return MAPPER.writerFor(as).writeValueAsString(value);
    }

    /** @throws JacksonException when the line is not what it should be */
    static <T> T read(String line, Class<T> as) {
        return MAPPER.readValue(line, as);
    }

    /** Of several kinds that a value may be, its text names the one that it is. */
    private static final class Kinds extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;
        private static final JsonTypeInfo.Value NAMED = JsonTypeInfo.Value.construct(
                JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "is", null, false, true, false);

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            return annotated.getRawType().isSealed() ? NAMED : super.findPolymorphicTypeInfo(config, annotated);
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
            Class<?> type = annotated.getRawType();
            return type.isSealed()
                    ? kinds(type)
                            .map(kind -> new NamedType(kind, kind.getSimpleName()))
                            .toList()
                    : super.findSubtypes(config, annotated);
        }

        private static Stream<Class<?>> kinds(Class<?> type) {
            return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Kinds::kinds) : Stream.of(type);
        }
    }

    /** A secret travels in Kubernetes' own keeping, and never in a line. */
    private static final class NoSecrets extends StdSerializer<Secret> {
        NoSecrets() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator generator, SerializationContext context) {
            throw new IllegalStateException("a secret was about to be said aloud");
        }
    }
}
