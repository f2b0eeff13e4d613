package dev.muster.telling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every alert of the shipped rules speaks when its condition holds, alone, and is silent when that almost holds. */
@Needs("promtool")
class AlertsTest {
    private static final Path RULES = Path.of("config/prometheus/alerts.yaml");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    private static final int HOUR = 3600;
    /** Eight days after the beginning of time, at which these tests begin. */
    private static final int NOW = 8 * 24 * HOUR;

    /** An estate of which nothing is wrong. */
    private static final Map<String, String> WELL = Map.ofEntries(
            Map.entry("up{job=\"muster\", instance=\"a\"}", always(1)),
            Map.entry("muster_source_up{job=\"muster\", source=\"catalog\"}", always(1)),
            Map.entry("muster_schedule_last_look_timestamp_seconds", ago(60)),
            Map.entry("muster_drill_last_verdict{system=\"erp\", runbook=\"m\", verdict=\"passed\"}", always(1)),
            Map.entry("muster_drill_last_verdict{system=\"erp\", runbook=\"m\", verdict=\"failed\"}", always(0)),
            Map.entry("muster_drill_last_verdict{system=\"erp\", runbook=\"m\", verdict=\"could_not_run\"}", always(0)),
            Map.entry("muster_drill_last_verdict{system=\"erp\", runbook=\"m\", verdict=\"aborted\"}", always(0)),
            Map.entry(
                    "muster_drill_rpo_achieved_seconds{system=\"erp\", runbook=\"m\", process=\"sale\"}", always(900)),
            Map.entry("muster_drill_rpo_target_seconds{system=\"erp\", runbook=\"m\", process=\"sale\"}", always(900)),
            Map.entry("muster_drill_rto_achieved_seconds{system=\"erp\", runbook=\"m\", process=\"\"}", always(7200)),
            Map.entry("muster_drill_rto_target_seconds{system=\"erp\", runbook=\"m\", process=\"\"}", always(7200)),
            Map.entry("muster_drill_detection_ratio{system=\"erp\", runbook=\"m\"}", "0.8x15 0.9x100"),
            Map.entry("muster_system_overdue{system=\"erp\"}", always(0)),
            Map.entry("muster_system_standing{system=\"erp\", standing=\"proven\"}", always(1)),
            Map.entry("muster_system_standing{system=\"erp\", standing=\"never_proven\"}", always(0)),
            Map.entry("muster_system_missed_slots{system=\"erp\"}", always(0)),
            Map.entry("muster_scratches_left_behind", always(0)),
            Map.entry("muster_ledger_last_checkpoint_timestamp_seconds", ago(47 * HOUR)),
            Map.entry("muster_queue_oldest_waiting_timestamp_seconds", ago(6 * HOUR)),
            Map.entry("muster_deliveries_oldest_waiting_timestamp_seconds", ago(HOUR)),
            Map.entry(
                    "muster_forecast_breach_timestamp_seconds{system=\"erp\", process=\"\", objective=\"rto\"}",
                    ago(-61 * 24 * HOUR)));

    /** What happens, by the alert that it is for; the second is not quite it. */
    private static final Map<String, List<Happening>> HAPPENINGS = Map.ofEntries(
            Map.entry("MusterDrillFailed", of("verdict=\"failed\"", always(1), "0x20 1x5 0x100")),
            Map.entry("MusterDrillCouldNotRun", of("verdict=\"aborted\"", always(1), always(0))),
            Map.entry("MusterRpoMissed", of("muster_drill_rpo_achieved", always(901), always(900))),
            Map.entry("MusterRtoMissed", of("muster_drill_rto_achieved", always(7201), always(1))),
            Map.entry("MusterDetectionFell", of("detection_ratio", "0.9x15 0.8x100", always(1))),
            Map.entry("MusterSystemOverdue", of("muster_system_overdue", always(1), always(0))),
            Map.entry("MusterSystemNeverProven", of("standing=\"never_proven\"", always(1), "0x5 1x200")),
            Map.entry("MusterSlotMissed", of("muster_system_missed_slots", always(1), "1x15 0x100")),
            Map.entry("MusterQueueStuck", of("muster_queue_oldest", ago(6 * HOUR + 1), ago(-HOUR))),
            Map.entry("MusterScheduleAsleep", of("muster_schedule_last_look", ago(901), ago(900))),
            Map.entry("MusterBreachForeseen", of("muster_forecast_breach", ago(-59 * 24 * HOUR), ago(-60 * 24 * HOUR))),
            Map.entry("MusterDown", of("instance=", always(0), "1x31 0x0")),
            Map.entry("MusterAbsent", of("instance=", "_x200", always(1))),
            Map.entry("MusterSourceAway", of("muster_source_up", always(0), "1x31 0x0")),
            Map.entry("MusterScratchLeftBehind", of("muster_scratches_left_behind", always(2), "0x31 2x0")),
            Map.entry("MusterLedgerCheckpointOld", of("muster_ledger_last", ago(48 * HOUR + 1), ago(48 * HOUR))),
            Map.entry("MusterDeliveriesStuck", of("muster_deliveries_oldest", ago(HOUR + 1), ago(0))));

    @TempDir
    Path folder;

    /** Other values of the series that has this in its name. */
    private record Happening(String series, String values) {
        String in(Map<String, String> estate) {
            StringBuilder lines = new StringBuilder();
            assertThat(estate.keySet()).filteredOn(this::meant).hasSize(1);
            estate.forEach((name, usual) -> lines.append("      - series: '")
                    .append(name)
                    .append("'\n        values: '")
                    .append(meant(name) ? values : usual)
                    .append("'\n"));
            return lines.toString();
        }

        private boolean meant(String name) {
            return name.contains(series);
        }
    }

    private static List<Happening> of(String series, String speaks, String silent) {
        return List.of(new Happening(series, speaks), new Happening(series, silent));
    }

    private static String always(int value) {
        return value + "x200";
    }

    private static String ago(int seconds) {
        return always(NOW - seconds);
    }

    private static String run(Path folder, String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        String said = "exit " + process.waitFor() + "\n" + Files.readString(output);
        return said;
    }

    @Test
    void every_alert_fires_alone_on_its_condition_and_is_silent_otherwise() throws Exception {
        List<String> alerts = ALERT.matcher(Files.readString(RULES))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(new TreeSet<>(HAPPENINGS.keySet())).isEqualTo(new TreeSet<>(alerts));
        List<String> tests = new ArrayList<>();
        new TreeMap<>(HAPPENINGS).forEach((alert, happenings) -> {
            tests.add(test(happenings.get(0), "[{labels: '{alertname=\"" + alert + "\"}', value: 1}]"));
            tests.add(test(happenings.get(1), "[]"));
        });
        Path file = Files.writeString(
                folder.resolve("tests.yaml"),
                "rule_files: [\"" + RULES.toAbsolutePath() + "\"]\nevaluation_interval: 6h\ntests:\n"
                        + String.join("", tests));

        assertThat(run(folder, "promtool", "test", "rules", file.toString())).startsWith("exit 0\n");
    }

    private static String test(Happening happening, String expected) {
        return """
                  - interval: 6h
                    input_series:
                %s    promql_expr_test:
                      - expr: count by (alertname) (ALERTS{alertstate="firing"})
                        eval_time: 192h
                        exp_samples: %s
                """.formatted(happening.in(WELL), expected);
    }

    @Test
    void the_rules_are_as_prometheus_wants_them_and_each_says_what_to_do() throws Exception {
        assertThat(run(folder, "promtool", "check", "rules", "--lint=all", "--lint-fatal", RULES.toString()))
                .startsWith("exit 0\n");
        assertThat(run(folder, "promtool", "check", "config", "config/prometheus/prometheus.yaml"))
                .startsWith("exit 0\n");
        String rules = Files.readString(RULES);
        for (String part : List.of("- alert: ", "severity: ", " summary: ", " description: ")) {
            assertThat(rules.split(part, -1)).as(part).hasSize(HAPPENINGS.size() + 1);
        }
    }
}
