package dev.muster.telling.metrics;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.news.Waiting;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Forecast;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Runbook;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The sources of metrics, each of what it is handed. */
public final class Sources {
    private Sources() {}

    /** How the systems stand, what their last drills found, and what is planned. */
    public static Source catalog(Figures figures, Slots slots, Supplier<List<Runbook>> runbooks, Clock clock) {
        SystemFamilies systems = new SystemFamilies(figures, clock);
        SlotFamilies planned = new SlotFamilies(slots, clock);
        return new Source("catalog", () -> {
            List<Family> families = new ArrayList<>(systems.of(runbooks.get()));
            families.addAll(planned.families());
            return families;
        });
    }

    /** What waits and what runs. */
    public static Source queue(Supplier<List<QueuedDrill>> open) {
        return new Source("queue", () -> {
            List<QueuedDrill> drills = open.get();
            Family count = new Family("muster_queue_drills", "Drills that are asked for and have not ended.", "state");
            for (QueuedDrill.State state : QueuedDrill.State.values()) {
                if (state.open()) {
                    count.add(
                            drills.stream()
                                    .filter(drill -> drill.state() == state)
                                    .count(),
                            label(state));
                }
            }
            Family oldest = new Family(
                    "muster_queue_oldest_waiting_timestamp_seconds",
                    "When the drill was asked for that waits longest; absent when none waits.");
            drills.stream()
                    .filter(drill -> drill.state() == QueuedDrill.State.WAITING)
                    .map(QueuedDrill::askedAt)
                    .min(Instant::compareTo)
                    .ifPresent(oldest::add);
            return List.of(count, oldest);
        });
    }

    /**
     * The scratches of this machine.
     *
     * @param leftBehind how many of them nobody uses any more
     */
    public static Source scratches(IntSupplier open, IntSupplier leftBehind) {
        return new Source(
                "scratches",
                () -> List.of(
                        new Family("muster_scratches_open", "Scratches on this machine.").add(open.getAsInt()),
                        new Family(
                                        "muster_scratches_left_behind",
                                        "Scratches on this machine that no drill uses and nobody keeps.")
                                .add(leftBehind.getAsInt())));
    }

    /**
     * The ledger's size and its last checkpoint.
     *
     * @param checkpointed when it was signed last
     */
    public static Source ledger(LongSupplier bytes, Supplier<Optional<Instant>> checkpointed) {
        return new Source("ledger", () -> {
            Family checkpoint = new Family(
                    "muster_ledger_last_checkpoint_timestamp_seconds",
                    "When the ledger was signed last; absent when it never was.");
            checkpointed.get().ifPresent(checkpoint::add);
            return List.of(
                    new Family("muster_ledger_size_bytes", "How long the ledger is.").add(bytes.getAsLong()),
                    checkpoint);
        });
    }

    /** What is to be expected. */
    public static Source forecasts(Supplier<List<Forecast>> forecasts) {
        return new Source("forecasts", () -> {
            Family breach = new Family(
                    "muster_forecast_breach_timestamp_seconds",
                    "When a target is going to be missed as things grow; absent when that is not foreseen.",
                    "system",
                    "process",
                    "objective");
            forecasts.get().stream()
                    .filter(forecast -> forecast.stage().isEmpty())
                    .forEach(forecast -> forecast.breach()
                            .ifPresent(at -> breach.add(
                                    at, forecast.system(), forecast.process().orElse(""), label(forecast.of()))));
            return List.of(breach);
        });
    }

    /** What receivers have not been told yet. */
    public static Source deliveries(Supplier<Waiting> deliveries) {
        return new Source("deliveries", () -> {
            Waiting waiting = deliveries.get();
            Family since = new Family(
                    "muster_deliveries_oldest_waiting_timestamp_seconds",
                    "Since when the oldest message waits that no receiver has taken; absent when none waits.");
            waiting.since().ifPresent(since::add);
            return List.of(
                    new Family("muster_deliveries_waiting", "Messages that no receiver has taken yet.")
                            .add(waiting.messages()),
                    since);
        });
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
