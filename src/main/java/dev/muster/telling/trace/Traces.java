package dev.muster.telling.trace;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.News;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Teller;
import dev.muster.drill.TimelineEntry;
import dev.muster.drill.Verdict;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an OpenTelemetry collector of each drill when it has ended: the drill is a trace, and each stage a span. What
 * waits to be sent is limited, and a collector that is away costs a drill nothing.
 */
public final class Traces implements Teller, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

    private static final Duration TO_THE_END = Duration.ofSeconds(2);
    private static final AttributeKey<List<String>> NOT_PASSED =
            AttributeKey.stringArrayKey("muster.checks.not_passed");

    private final OpenTelemetrySdk telemetry;
    private final Tracer tracer;

    private Traces(OpenTelemetrySdk telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.muster");
    }

    /** Traces as the customary variables ask for them; absent when they do not, or not for what can be done. */
    public static Optional<Traces> asked(Map<String, String> environment) {
        Exporting exporting = new Exporting(environment);
        if (!exporting.wanted()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Traces(exporting.begin()));
        } catch (ConfigurationException | IllegalStateException | IllegalArgumentException wrong) {
            LOG.error(
                    "No traces are sent ({}). Look at the variables that begin with OTEL_: Muster sends by"
                            + " OTEL_TRACES_EXPORTER=otlp and OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.",
                    wrong.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void ended(DrillRecord record, Optional<Path> bundle) {
        Span drill = about(record).startSpan();
        Context within = Context.root().with(drill);
        for (Stretch stretch : Stretch.of(record.timeline())) {
            Span stage = tracer.spanBuilder(stretch.stage.label())
                    .setParent(within)
                    .setStartTimestamp(stretch.started())
                    .setAttribute("muster.stage", stretch.stage.label())
                    .startSpan();
            stretch.works.forEach(work -> add(work, within.with(stage)));
            stage.end(stretch.finished());
        }
        if (record.verdict() == Verdict.PASSED) {
            drill.setStatus(StatusCode.OK);
        } else {
            drill.setStatus(StatusCode.ERROR, record.verdict().name());
        }
        drill.end(record.finished());
        LOG.info("drill {} is trace {}", record.drill(), drill.getSpanContext().getTraceId());
    }

    /** Names and figures alone: the words of a problem can hold what the evidence blacks out. */
    private SpanBuilder about(DrillRecord record) {
        SpanBuilder drill = tracer.spanBuilder(
                        "drill " + record.request().runbook().name())
                .setNoParent()
                .setStartTimestamp(record.planned())
                .setAttribute("muster.drill", record.drill())
                .setAttribute("muster.system", record.request().runbook().system())
                .setAttribute("muster.runbook", record.request().runbook().name())
                .setAttribute("muster.trigger", record.request().trigger().name())
                .setAttribute("muster.verdict", record.verdict().name())
                .setAttribute(
                        "muster.fetched.bytes",
                        record.objectsRead().stream()
                                .mapToLong(ObjectRead::bytes)
                                .sum())
                .setAttribute(
                        NOT_PASSED,
                        record.checks().stream()
                                .filter(check -> check.verdict() != Verdict.PASSED)
                                .map(CheckResult::name)
                                .toList());
        record.rpo().achieved().ifPresent(loss -> drill.setAttribute("muster.rpo.seconds", loss.toSeconds()));
        record.rto().achieved().ifPresent(time -> drill.setAttribute("muster.rto.seconds", time.toSeconds()));
        return drill;
    }

    private void add(TimelineEntry work, Context stage) {
        tracer.spanBuilder(work.work())
                .setParent(stage)
                .setStartTimestamp(work.started())
                .startSpan()
                .end(work.finished());
    }

    /** Of what concerns no drill that was conducted, there is no trace. */
    @Override
    public void tell(News news) {}

    /** Sends what waits, if that is soon done. */
    @Override
    public void close() {
        if (!telemetry
                .getSdkTracerProvider()
                .shutdown()
                .join(TO_THE_END.toMillis(), TimeUnit.MILLISECONDS)
                .isSuccess()) {
            LOG.warn("The collector has not taken every trace within {} s; those are lost.", TO_THE_END.toSeconds());
        }
    }
}
