package dev.muster.telling.trace;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sets OpenTelemetry up by its customary environment variables. */
final class Exporting {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final String DISABLED = "OTEL_SDK_DISABLED";

    private final Map<String, String> environment;

    Exporting(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether anybody wants traces. */
    boolean wanted() {
        return !value(DISABLED).equalsIgnoreCase("true")
                && !value(EXPORTER).equals("none")
                && !(value(ENDPOINT) + value(TRACES_ENDPOINT) + value(EXPORTER)).isEmpty();
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    OpenTelemetrySdk begin() {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(
                        () -> Map.of("otel.service.name", "muster", "otel.exporter.otlp.protocol", "http/protobuf"))
                .addPropertiesCustomizer(properties -> asked())
                .build()
                .getOpenTelemetrySdk();
    }

    /** Metrics are read from Muster, and logs go to standard error: OpenTelemetry has neither of them. */
    private Map<String, String> asked() {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
            }
        });
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        return properties;
    }
}
