package dev.muster.telling.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The values of one metric. What is not known is left out, so that nobody takes it for a zero. */
public final class Family {
    private static final double NANOS = 1e9;

    private final MetricMetadata about;
    private final String[] labels;
    private final List<GaugeDataPointSnapshot> values = new ArrayList<>();

    Family(String name, String help, String... labels) {
        this.about = new MetricMetadata(name, help);
        this.labels = labels;
    }

    /** @param of a value for each label */
    Family add(double value, String... of) {
        values.add(new GaugeDataPointSnapshot(value, Labels.of(labels, of), null));
        return this;
    }

    Family add(long value, String... of) {
        return add((double) value, of);
    }

    Family add(Duration value, String... of) {
        return add(value.getSeconds() + value.getNano() / NANOS, of);
    }

    Family add(Instant value, String... of) {
        return add(value.getEpochSecond() + value.getNano() / NANOS, of);
    }

    Family add(boolean value, String... of) {
        return add(value ? 1 : 0, of);
    }

    MetricSnapshot snapshot() {
        return new GaugeSnapshot(about, values);
    }
}
