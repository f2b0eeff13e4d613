package dev.muster.schedule.overdue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.Watch;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.schedule.slot.SlotKeeping;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that nobody has proven for too long is noticed without anybody asking. */
class OverdueTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(BEGIN);
    private RunbookFolder runbooks;
    private Library library;
    private Catalog catalog;
    private Ledger ledger;
    private SlotKeeping slots;
    private Overdue overdue;

    @BeforeEach
    void begins() throws IOException {
        runbooks = new RunbookFolder(folder.resolve("runbooks"));
        write("30d");
        library = runbooks.library(clock);
        catalog = Catalog.open("jdbc:h2:mem:overdue" + folder.getFileName() + ";DB_CLOSE_DELAY=-1");
        ledger = Ledger.open(folder.resolve("ledger"), clock);
        slots = new SlotKeeping(library, new CalendarFolder(folder.resolve("calendars")), new Slots(catalog), ledger);
        overdue = new Overdue(library, catalog, ledger);
    }

    private void write(String provenEvery) throws IOException {
        runbooks.write(
                "shop",
                "{ cron: \"0 0 3 1 * ?\" }",
                "objectives: { rpo: 1h, rto: 4h, provenEvery: " + provenEvery + " }");
    }

    private void later(int days) {
        clock.to(BEGIN.plus(Duration.ofDays(days)));
        slots.look(clock.instant());
    }

    private List<String> systemsOverdue() {
        return overdue.look(clock.instant()).stream().map(Proven::system).toList();
    }

    private List<LedgerEvent> alarms() {
        return ledger.events().stream()
                .filter(event -> event.kind() == EventKind.OVERDUE)
                .toList();
    }

    private void passes(String drill) {
        catalog.remember(new DrillSummary(
                drill,
                "shop",
                "shop-system",
                clock.instant(),
                Optional.of(clock.instant()),
                Optional.of(clock.instant()),
                Optional.of(Verdict.PASSED),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
        new Figures(catalog)
                .remember(new DrillFigures(
                        new Outcome(
                                drill,
                                "shop",
                                "shop-system",
                                clock.instant(),
                                Verdict.PASSED,
                                Optional.empty(),
                                Optional.empty(),
                                library.find("shop").flatMap(one -> one.good()).map(Runbook::sha256)),
                        Measured.NOTHING,
                        Map.of(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    @Test
    void a_system_that_never_passed_is_overdue_after_the_promised_time() {
        later(0);
        later(30);
        assertThat(systemsOverdue()).isEmpty();
        later(31);
        assertThat(systemsOverdue()).containsExactly("shop-system");
        assertThat(alarms())
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("system", "shop-system")
                        .containsEntry("since", "2026-12-21T12:00:00Z"));
    }

    @Test
    void the_ledger_has_each_time_of_being_overdue_once() {
        later(0);
        later(31);
        assertThat(systemsOverdue()).isNotEmpty();
        later(40);
        assertThat(systemsOverdue()).isNotEmpty();
        assertThat(alarms()).hasSize(1);
        passes("shop-1");
        assertThat(systemsOverdue()).isEmpty();
        later(71);
        assertThat(systemsOverdue()).isNotEmpty();
        assertThat(alarms()).hasSize(2);
        assertThat(alarms().get(1).details()).containsEntry("last passed", "shop-1");
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void a_system_whose_runbook_changed_is_not_proven_since() throws IOException {
        later(0);
        assertThat(overdue.systems(clock.instant()).get(0).changed()).isEmpty();
        passes("shop-1");
        assertThat(overdue.systems(clock.instant()).get(0).changed()).contains(false);
        write("40d");
        later(1);
        assertThat(overdue.systems(clock.instant()).get(0).changed()).contains(true);
        passes("shop-2");
        assertThat(overdue.systems(clock.instant()).get(0).changed()).contains(false);
    }

    @Test
    void outside_they_are_called_as_long_as_all_is_well_and_not_when_it_is_not() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        outside.start();
        try {
            String address = "http://127.0.0.1:" + outside.getAddress().getPort() + "/ping";
            Watch watch =
                    new Watch(slots, overdue, Optional.of(new OutsideAlarm("the service", () -> new Secret(address))));
            watch.look(clock.instant());
            await().until(() -> calls.get() == 1);
            watch.look(clock.instant());
            clock.to(BEGIN.plusSeconds(300));
            watch.look(clock.instant());
            await().until(() -> calls.get() == 2);
            clock.to(BEGIN.plus(Duration.ofDays(31)));
            watch.look(clock.instant());
            assertThat(alarms()).hasSize(1);
            passes("shop-1");
            watch.look(clock.instant());
            await().until(() -> calls.get() == 3);
        } finally {
            outside.stop(0);
        }
    }

    @Test
    void an_alarm_that_cannot_be_called_stops_nothing() {
        OutsideAlarm nowhere = new OutsideAlarm("the service", () -> new Secret("http://127.0.0.1:1/ping"));
        OutsideAlarm nonsense = new OutsideAlarm("the service", () -> new Secret("no address"));
        nowhere.allIsWell(BEGIN);
        nonsense.allIsWell(BEGIN);
        new Watch(slots, overdue, Optional.of(nowhere)).look(BEGIN);
        assertThat(new Slots(catalog).lastLook()).contains(BEGIN);
    }
}
