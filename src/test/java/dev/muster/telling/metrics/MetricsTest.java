package dev.muster.telling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.news.Waiting;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Figure;
import dev.muster.drill.Forecast;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Slot;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.testing.TurnedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(NOW);
    private Catalog catalog;
    private Figures figures;
    private Slots slots;

    @BeforeEach
    void open() {
        catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
        figures = new Figures(catalog);
        slots = new Slots(catalog);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private void drill(
            String id,
            String runbook,
            String system,
            Duration ago,
            Verdict verdict,
            Measured measured,
            OptionalDouble score) {
        Instant ended = NOW.minus(ago);
        catalog.remember(new DrillSummary(
                id,
                runbook,
                system,
                ended,
                Optional.of(ended),
                Optional.of(ended),
                Optional.of(verdict),
                ended,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
        figures.remember(new DrillFigures(
                new Outcome(id, runbook, system, ended, verdict, Optional.empty(), Optional.empty(), Optional.empty()),
                measured,
                Map.of(Stage.RESTORE, Duration.ofMillis(90_500)),
                OptionalLong.of(7_000_000),
                Optional.empty(),
                ended,
                1,
                1,
                Map.of(),
                score));
    }

    private static ProcessFigures took(Optional<Duration> rpo) {
        return new ProcessFigures(
                new Figure(Optional.of(Duration.ofMinutes(15)), rpo, "", Map.of()),
                new Figure(Optional.of(Duration.ofHours(2)), Optional.of(Duration.ofSeconds(80)), "", Map.of()));
    }

    private static QueuedDrill queued(String drill, QueuedDrill.State state, Duration ago) {
        return new QueuedDrill(
                drill,
                "monthly",
                "erp",
                Optional.empty(),
                1,
                NOW.minus(ago),
                "ada",
                DrillRequest.Trigger.OPERATOR,
                Wish.of("monthly"),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void passes(Duration time) {
        clock.to(clock.instant().plus(time));
    }

    private Source catalogSource() {
        return Sources.catalog(figures, slots, List::of, clock);
    }

    private Metrics metrics(Duration patience, Source... sources) {
        return new Metrics(List.of(sources), "1.2.3", patience, clock);
    }

    private static String text(Metrics metrics) throws InterruptedException {
        return metrics.text(Optional.empty()).words();
    }

    @Test
    void tells_of_each_system_what_its_last_drill_found() throws Exception {
        Measured measured = new Measured(
                Optional.of(took(Optional.of(Duration.ofMinutes(10)))),
                Map.of("sale", took(Optional.of(Duration.ofMillis(300_250)))));
        drill("a", "monthly", "erp", Duration.ofDays(40), Verdict.PASSED, measured, OptionalDouble.of(0.75));
        drill("b", "monthly", "erp", Duration.ofDays(3), Verdict.FAILED, measured, OptionalDouble.empty());
        drill("c", "weekly", "erp", Duration.ofDays(2), Verdict.PASSED, Measured.NOTHING, OptionalDouble.empty());

        assertThat(text(metrics(PATIENCE, catalogSource())))
                .contains(
                        "# TYPE muster_drill_last_verdict gauge\n",
                        "muster_system_last_success_timestamp_seconds{system=\"erp\"} 1.7950806E9\n",
                        "muster_system_standing{standing=\"no_promise\",system=\"erp\"} 1.0\n",
                        "muster_drill_last_verdict{runbook=\"monthly\",system=\"erp\",verdict=\"failed\"} 1.0\n",
                        "muster_drill_last_verdict{runbook=\"monthly\",system=\"erp\",verdict=\"passed\"} 0.0\n",
                        "muster_drill_last_verdict{runbook=\"weekly\",system=\"erp\",verdict=\"passed\"} 1.0\n",
                        "muster_drill_rpo_achieved_seconds{process=\"sale\",runbook=\"monthly\",system=\"erp\"} 300.25\n",
                        "muster_drill_rpo_achieved_seconds{process=\"\",runbook=\"monthly\",system=\"erp\"} 600.0\n",
                        "muster_drill_rto_target_seconds{process=\"sale\",runbook=\"monthly\",system=\"erp\"} 7200.0\n",
                        "muster_drill_stage_seconds{runbook=\"monthly\",stage=\"restore\",system=\"erp\"} 90.5\n",
                        "muster_drill_fetched_bytes{runbook=\"weekly\",system=\"erp\"} 7000000.0\n",
                        "muster_drill_detection_ratio{runbook=\"monthly\",system=\"erp\"} 0.75\n",
                        "muster_source_up{source=\"catalog\"} 1.0\n",
                        "muster_build{version=\"1.2.3\"} 1.0\n",
                        "process_cpu_seconds_total ");
    }

    @Test
    void what_is_not_known_is_left_out_and_no_zero() throws Exception {
        Measured unmeasured = new Measured(Optional.of(took(Optional.empty())), Map.of());
        drill("a", "monthly", "erp", Duration.ofDays(3), Verdict.PASSED, unmeasured, OptionalDouble.empty());
        Source empty = Sources.queue(List::of);
        Source unsigned = Sources.ledger(() -> 0, Optional::empty);

        assertThat(text(metrics(PATIENCE, catalogSource(), empty, unsigned)))
                .contains(
                        "muster_drill_rpo_target_seconds{",
                        "muster_queue_drills{state=\"waiting\"} 0.0\n",
                        "muster_ledger_size_bytes 0.0\n")
                .doesNotContain(
                        "muster_drill_rpo_achieved_seconds{",
                        "muster_drill_detection_ratio{",
                        "muster_system_overdue{",
                        "muster_system_promise_seconds{",
                        "muster_queue_oldest_waiting_timestamp_seconds ",
                        "muster_ledger_last_checkpoint_timestamp_seconds ");
    }

    @Test
    void tells_of_slots_the_queue_scratches_the_ledger_and_what_is_to_come() throws Exception {
        Watched watched = new Watched("monthly", "erp", NOW, "", NOW);
        slots.watch(watched);
        slots.watch(new Watched("weekly", "crm", NOW, "", NOW));
        slots.sketch(
                watched,
                watched,
                Optional.empty(),
                List.of(planned(Duration.ofDays(-2)), planned(Duration.ofDays(-1)), planned(Duration.ofDays(5))),
                NOW);
        for (PlannedSlot slot : slots.due(NOW)) {
            slots.end(
                    new Slot("monthly", "erp", slot.due(), Slot.State.MISSED, Optional.of("asleep"), Optional.empty()),
                    false,
                    NOW);
        }
        slots.looked(NOW);
        Forecast forecast = new Forecast(
                "erp",
                Optional.of("sale"),
                Forecast.Of.RTO,
                Optional.empty(),
                NOW,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofDays(10))),
                12,
                "");

        assertThat(text(metrics(
                        PATIENCE,
                        catalogSource(),
                        Sources.queue(() -> List.of(
                                queued("a", QueuedDrill.State.RUNNING, Duration.ofHours(3)),
                                queued("b", QueuedDrill.State.WAITING, Duration.ofHours(1)),
                                queued("c", QueuedDrill.State.WAITING, Duration.ofHours(2)))),
                        Sources.scratches(() -> 3, () -> 1),
                        Sources.ledger(() -> 4711, () -> Optional.of(NOW)),
                        Sources.forecasts(() -> List.of(forecast)),
                        Sources.deliveries(() -> new Waiting(2, Optional.of(NOW))))))
                .contains(
                        "muster_system_next_slot_timestamp_seconds{system=\"erp\"} 1.7956854E9\n",
                        "muster_system_missed_slots{system=\"erp\"} 2.0\n",
                        "muster_system_missed_slots{system=\"crm\"} 0.0\n",
                        "muster_schedule_last_look_timestamp_seconds 1.7952534E9\n",
                        "muster_queue_drills{state=\"running\"} 1.0\n",
                        "muster_queue_drills{state=\"waiting\"} 2.0\n",
                        "muster_queue_drills{state=\"awaiting_approval\"} 0.0\n",
                        "muster_queue_oldest_waiting_timestamp_seconds 1.7952462E9\n",
                        "muster_scratches_open 3.0\n",
                        "muster_scratches_left_behind 1.0\n",
                        "muster_ledger_size_bytes 4711.0\n",
                        "muster_ledger_last_checkpoint_timestamp_seconds 1.7952534E9\n",
                        "muster_forecast_breach_timestamp_seconds{objective=\"rto\",process=\"sale\",system=\"erp\"} 1.7961174E9\n",
                        "muster_deliveries_waiting 2.0\n",
                        "muster_deliveries_oldest_waiting_timestamp_seconds 1.7952534E9\n");
    }

    private static PlannedSlot planned(Duration ahead) {
        return new PlannedSlot("monthly", "erp", NOW.plus(ahead), NOW.plus(ahead), Optional.empty());
    }

    @Test
    void the_settings_page_rules_and_dashboard_speak_of_the_metrics_that_there_are() throws Exception {
        Set<String> real = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/muster/telling/metrics"))) {
            for (Path file : files.toList()) {
                real.addAll(names(Files.readString(file)));
            }
        }

        assertThat(names(Files.readString(Path.of("config/README.md")))).isEqualTo(real);
        assertThat(real)
                .containsAll(names(Files.readString(Path.of("config/prometheus/alerts.yaml"))))
                .containsAll(names(Files.readString(Path.of("config/grafana/muster.json"))));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\bmuster_[a-z]\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_hostile_name_stays_a_name() throws Exception {
        drill(
                "a",
                "m",
                "x\"} 1\nmuster_system_overdue{y=\"\\",
                Duration.ofDays(3),
                Verdict.PASSED,
                Measured.NOTHING,
                OptionalDouble.empty());

        assertThat(text(metrics(PATIENCE, catalogSource())))
                .contains("{system=\"x\\\"} 1\\nmuster_system_overdue{y=\\\"\\\\\"}")
                .doesNotContain("\nmuster_system_overdue{y=");
    }

    @Test
    void writes_as_open_metrics_for_who_asks() throws Exception {
        Metrics metrics = metrics(PATIENCE, Sources.scratches(() -> 0, () -> 0));
        Metrics.Text text = metrics.text(
                Optional.of("application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5"));

        assertThat(text.type()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text.words()).contains("muster_scratches_open 0.0\n").endsWith("# EOF\n");
        assertThat(metrics.text(Optional.of("text/html,*/*;q=0.1")).type()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void a_source_that_is_away_takes_its_figures_with_it_and_nothing_else() throws Exception {
        Source away = new Source("catalog", () -> {
            throw new CouldNotRun(new Problem("The catalog could not be asked", "jdbc:x", "See that it is up."));
        });

        assertThat(text(metrics(PATIENCE, away, Sources.scratches(() -> 3, () -> 0))))
                .contains(
                        "muster_source_up{source=\"catalog\"} 0.0\n",
                        "muster_source_up{source=\"scratches\"} 1.0\n",
                        "muster_scratches_open 3.0\n")
                .doesNotContain("muster_system_");
    }

    @Test
    void a_source_that_hangs_is_asked_once_and_not_waited_for() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Source hanging = new Source("catalog", () -> {
            asked.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        Metrics metrics = metrics(Duration.ofMillis(50), hanging);
        for (int scrape = 0; scrape < 3; scrape++) {
            assertThat(text(metrics)).contains("muster_source_up{source=\"catalog\"} 0.0\n");
            passes(Duration.ofMinutes(1));
        }
        assertThat(asked).hasValue(1);
        end.countDown();
    }

    @Test
    void many_who_ask_make_it_read_once_in_ten_seconds() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Metrics metrics = metrics(PATIENCE, Sources.scratches(asked::incrementAndGet, () -> 0));
        text(metrics);
        passes(Duration.ofSeconds(10));
        text(metrics);
        assertThat(asked).hasValue(1);
        passes(Duration.ofMillis(1));
        assertThat(text(metrics)).contains("muster_scratches_open 2.0\n");
    }

    @Test
    @Tag("long")
    void five_hundred_systems_are_read_in_half_a_second() throws Exception {
        Measured measured =
                new Measured(Optional.of(took(Optional.empty())), Map.of("a", took(Optional.of(Duration.ofHours(1)))));
        for (int system = 0; system < 500; system++) {
            for (int drill = 0; drill < 20; drill++) {
                drill(
                        system + "-" + drill,
                        "monthly",
                        "system-" + system,
                        Duration.ofDays(drill),
                        Verdict.PASSED,
                        measured,
                        OptionalDouble.of(0.5));
            }
        }
        Metrics metrics = metrics(PATIENCE, catalogSource());
        List<Duration> took = new ArrayList<>();
        for (int scrape = 0; scrape < 40; scrape++) {
            passes(Duration.ofMinutes(1));
            long begun = System.nanoTime();
            assertThat(text(metrics)).contains("system-499");
            took.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        assertThat(took.stream().skip(20).sorted().skip(10).findFirst().orElseThrow())
                .isLessThan(Duration.ofMillis(500));
    }
}
