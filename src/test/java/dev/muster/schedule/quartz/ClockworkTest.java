package dev.muster.schedule.quartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockworkTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final List<Clockwork> started = new ArrayList<>();
    private Catalog catalog;

    @BeforeEach
    void opens() {
        catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
    }

    @AfterEach
    void closes() {
        started.forEach(Clockwork::close);
        catalog.close();
    }

    private Clockwork started(Supplier<Optional<Instant>> next) {
        Clockwork clockwork = new Clockwork(
                catalog,
                "a process",
                () -> {
                    looks.incrementAndGet();
                    return next.get();
                },
                heartbeats::incrementAndGet,
                () -> {});
        started.add(clockwork);
        clockwork.start();
        return clockwork;
    }

    private static Optional<Instant> soon() {
        return Optional.of(Instant.now().plusMillis(300));
    }

    @Test
    void looks_at_once_and_again_when_a_slot_is_due() {
        started(ClockworkTest::soon);

        // Long before the next look that comes by itself.
        await().atMost(LONGEST).until(() -> looks.get() >= 3);
    }

    @Test
    void a_look_that_fails_is_not_the_last() {
        Clockwork first = started(() -> {
            throw new IllegalStateException("trouble");
        });
        await().atMost(LONGEST).until(() -> looks.get() == 1);
        first.close();
        started(ClockworkTest::soon);

        await().atMost(LONGEST).until(() -> looks.get() >= 3);
    }

    @Test
    void a_heartbeat_that_was_due_while_nobody_was_there_is_made_up_for_once() {
        started(Optional::empty).close();
        catalog.work(handle -> handle.execute(
                "update qrtz_triggers set next_fire_time = ? where trigger_name = 'heartbeat of the ledger'",
                Instant.now().minus(Duration.ofHours(30)).toEpochMilli()));
        int before = looks.get();
        started(ClockworkTest::soon);

        await().atMost(LONGEST).until(() -> heartbeats.get() > 0 && looks.get() > before + 2);
        assertThat(heartbeats).hasValue(1);
    }
}
