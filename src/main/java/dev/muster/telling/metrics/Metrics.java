package dev.muster.telling.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Everything that this service tells machines of itself, in figures. Answers also while its sources are away. */
public final class Metrics {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final PrometheusRegistry machine = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Executor threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Current> sources;
    private final String version;

    public Metrics(List<Source> sources, String version, Clock clock) {
        this(sources, version, PATIENCE, clock);
    }

    /** @param patience how long a source is waited for */
    Metrics(List<Source> sources, String version, Duration patience, Clock clock) {
        this.sources = sources.stream()
                .map(source -> new Current(source, threads, patience, clock))
                .toList();
        this.version = version;
        JvmMetrics.builder().register(machine);
    }

    /**
     * The figures as text.
     *
     * @param type what it is, as HTTP names it
     */
    public record Text(String type, String words) {}

    /**
     * The figures of now.
     *
     * @param accept what whoever asks can read, in the words of HTTP
     */
    public Text text(Optional<String> accept) throws InterruptedException {
        ExpositionFormatWriter writer = accept.filter(words -> words.contains("application/openmetrics-text"))
                .<ExpositionFormatWriter>map(words -> formats.getOpenMetricsTextFormatWriter())
                .orElseGet(formats::getPrometheusTextFormatWriter);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Text(writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }

    private MetricSnapshots snapshots() throws InterruptedException {
        Family up = new Family("muster_source_up", "Whether this part of Muster could be asked for figures.", "source");
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        machine.scrape().forEach(all::metricSnapshot);
        Map<Current, CompletableFuture<List<Family>>> readings = new LinkedHashMap<>();
        sources.forEach(source -> readings.put(source, source.read()));
        for (Map.Entry<Current, CompletableFuture<List<Family>>> reading : readings.entrySet()) {
            Optional<List<Family>> families = reading.getKey().wait(reading.getValue());
            up.add(families.isPresent(), reading.getKey().name());
            families.orElse(List.of()).forEach(family -> all.metricSnapshot(family.snapshot()));
        }
        return all.metricSnapshot(up.snapshot())
                .metricSnapshot(new Family("muster_build", "Which Muster this is; always 1.", "version")
                        .add(1, version)
                        .snapshot())
                .build();
    }
}
