package dev.muster.telling.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Stage;
import dev.muster.drill.TimelineEntry;
import dev.muster.evidence.Records;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final Instant START = Instant.parse("2026-11-01T03:00:00Z");

    private static List<Span> sent(Map<String, String> environment, Collector collector, DrillRecord record) {
        try (Traces traces = Traces.asked(environment).orElseThrow()) {
            traces.ended(record, Optional.empty());
        }
        return collector.taken.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    private static Map<String, String> attributes(List<KeyValue> of) {
        return of.stream()
                .collect(Collectors.toMap(KeyValue::getKey, one -> text(one.getValue()), (a, b) -> b, TreeMap::new));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(TracesTest::text)
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_drill_is_a_trace_and_a_stage_a_span_with_the_times_that_they_had() throws Exception {
        try (Collector collector = new Collector(false)) {
            DrillRecord record = Records.passed();
            List<Span> spans = sent(Map.of(ENDPOINT, collector.address()), collector, record);

            Span drill = named(spans, "drill odoo-monthly");
            assertThat(drill.getParentSpanId()).isEmpty();
            assertThat(drill.getStartTimeUnixNano()).isEqualTo(nanos(record.planned()));
            assertThat(drill.getEndTimeUnixNano()).isEqualTo(nanos(record.finished()));
            assertThat(drill.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
            assertThat(attributes(drill.getAttributesList()))
                    .containsEntry("muster.drill", record.drill())
                    .containsEntry("muster.system", "odoo-distribution")
                    .containsEntry("muster.verdict", "PASSED")
                    .containsEntry("muster.checks.not_passed", "[]")
                    .containsKeys("muster.fetched.bytes", "muster.rpo.seconds", "muster.rto.seconds");
            Span fetch = named(spans, "fetch");
            assertThat(fetch.getParentSpanId()).isEqualTo(drill.getSpanId());
            assertThat(fetch.getStartTimeUnixNano())
                    .isEqualTo(nanos(record.timeline().get(2).started()));
            assertThat(fetch.getEndTimeUnixNano())
                    .isEqualTo(nanos(record.timeline().get(3).finished()));
            assertThat(named(spans, "database").getParentSpanId())
                    .isEqualTo(named(spans, "restore").getSpanId());
            assertThat(spans)
                    .hasSize(1 + 6 + record.timeline().size())
                    .allMatch(span -> span.getTraceId().equals(drill.getTraceId()));
            ResourceSpans resource = collector.taken.get(0);
            assertThat(attributes(resource.getResource().getAttributesList())).containsEntry("service.name", "muster");
        }
    }

    @Test
    void a_drill_that_failed_is_an_error_and_names_its_checks_without_their_words() throws Exception {
        try (Collector collector = new Collector(false)) {
            DrillRecord record = Records.failed();
            Map<String, String> environment =
                    Map.of(ENDPOINT, collector.address(), "OTEL_SERVICE_NAME", "rehearsals", "HOME", "/");
            List<Span> spans = sent(environment, collector, record);

            Span drill = named(spans, "drill odoo-monthly");
            assertThat(drill.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(drill.getStatus().getMessage()).isEqualTo("FAILED");
            assertThat(attributes(drill.getAttributesList()))
                    .containsEntry("muster.checks.not_passed", "[attachments-present]");
            assertThat(spans.toString())
                    .doesNotContain(record.checks().stream()
                            .flatMap(check -> check.problem().stream())
                            .findFirst()
                            .orElseThrow()
                            .what());
            assertThat(attributes(collector.taken.get(0).getResource().getAttributesList()))
                    .containsEntry("service.name", "rehearsals");
        }
    }

    @Test
    void nothing_is_sent_unless_somebody_asks_or_when_it_is_turned_off() {
        assertThat(Traces.asked(Map.of())).isEmpty();
        assertThat(Traces.asked(Map.of("OTEL_SERVICE_NAME", "muster"))).isEmpty();
        assertThat(Traces.asked(Map.of(ENDPOINT, "http://127.0.0.1:1", "OTEL_SDK_DISABLED", "true")))
                .isEmpty();
        assertThat(Traces.asked(Map.of(ENDPOINT, "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER", "none")))
                .isEmpty();
    }

    @Test
    void variables_that_ask_for_what_cannot_be_done_stop_nothing() {
        assertThat(Traces.asked(Map.of("OTEL_TRACES_EXPORTER", "pigeon"))).isEmpty();
        assertThat(Traces.asked(Map.of(ENDPOINT, "no address at all"))).isEmpty();
        assertThat(Traces.asked(Map.of(ENDPOINT, "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .isEmpty();
    }

    @Test
    void a_collector_that_hangs_holds_up_no_drill_and_the_end_for_two_seconds_at_most() throws Exception {
        try (Collector hanging = new Collector(true)) {
            Map<String, String> little = Map.of(
                    ENDPOINT,
                    hanging.address(),
                    "OTEL_BSP_MAX_QUEUE_SIZE",
                    "32",
                    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                    "16");
            Traces traces = Traces.asked(little).orElseThrow();
            traces.ended(Records.passed(), Optional.empty());
            long begun = System.nanoTime();
            for (int drill = 0; drill < 20; drill++) {
                traces.ended(Records.passed(), Optional.empty());
            }
            Duration told = Duration.ofNanos(System.nanoTime() - begun);
            begun = System.nanoTime();
            traces.close();
            Duration closed = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(told).isLessThan(Duration.ofSeconds(5));
            assertThat(closed).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_stage_that_comes_twice_is_two_spans_unless_it_never_ended_between() {
        List<Stretch> stretches = Stretch.of(List.of(
                entry(Stage.FETCH, 0, 10),
                entry(Stage.RESTORE, 4, 20),
                entry(Stage.FETCH, 5, 12),
                entry(Stage.RESTORE, 21, 22),
                entry(Stage.FETCH, 30, 40)));

        assertThat(stretches)
                .extracting(stretch -> stretch.stage + " "
                        + Duration.between(START, stretch.started()).toSeconds() + " to "
                        + Duration.between(START, stretch.finished()).toSeconds())
                .containsExactly("FETCH 0 to 12", "RESTORE 4 to 22", "FETCH 30 to 40");
    }

    private static TimelineEntry entry(Stage stage, int from, int to) {
        return new TimelineEntry(stage, "work", START.plusSeconds(from), START.plusSeconds(to));
    }
}
