package dev.muster.schedule.queue;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Sample;
import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.Fleet;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.drill.Wish;
import dev.muster.ledger.Ledger;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.schedule.fleet.SampleNote;
import dev.muster.schedule.fleet.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Begins the drills of a fleet's slot: whom it drills is in the catalog and in the ledger before any of them is asked
 * for. Any number of processes may try, one plans each slot.
 */
public final class FleetFilling {
    /** Whoever plans a slot begins its drills at once; after this long somebody else sees to it. */
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    private final Calling rolls;
    private final CalendarFolder calendars;
    private final Fleets fleets;
    private final Sampler sampler;
    private final Slots slots;
    private final Queue queue;
    private final Library library;
    private final BiConsumer<QueuedDrill, Problem> refusing;
    private final Ledger ledger;

    /** @param refusing notes that a drill could not even be planned */
    public FleetFilling(
            Calling rolls,
            CalendarFolder calendars,
            Fleets fleets,
            Slots slots,
            Queue queue,
            Library library,
            BiConsumer<QueuedDrill, Problem> refusing,
            Ledger ledger,
            Clock clock) {
        this.rolls = rolls;
        this.calendars = calendars;
        this.fleets = fleets;
        this.sampler = new Sampler(fleets, clock);
        this.slots = slots;
        this.queue = queue;
        this.library = library;
        this.refusing = refusing;
        this.ledger = ledger;
    }

    /** Calls up the tenants of a fleet. */
    public interface Calling {
        Roll of(Runbook template) throws InterruptedException;
    }

    /** The fleet that a runbook is the template of; absent when it is about one system, or gone. */
    Optional<Runbook> template(String runbook) {
        return library.find(runbook).flatMap(Shelved::good).filter(Runbook::template);
    }

    void fill(Runbook template, Slot slot, Instant now) {
        Sampler.Plan plan = plan(template, slot.due());
        if (fleets.keep(slots, slot, plan.sample(), plan.come(), now)) {
            settle(plan.sample(), List.of());
        }
    }

    private Sampler.Plan plan(Runbook template, Instant due) {
        try {
            return sampler.plan(template, due, rolls.of(template), calendars.calendars());
        } catch (CouldNotRun unable) {
            return sampler.unable(template, due, unable.problem());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new CouldNotRun(
                    new Problem(
                            "Muster was asked to end while it called up the tenants",
                            template.file(),
                            "Nothing: the slot is planned when the service is there again."),
                    ending);
        }
    }

    /** Goes on where somebody planned a slot and died before its drills were in the queue. */
    void settleWhatWasLeft(Instant now) {
        List<Sample> left = fleets.unsettled(now.minus(AT_ONCE));
        if (left.isEmpty()) {
            return;
        }
        List<String> noted =
                ledger.events().stream().map(event -> event.drill()).distinct().toList();
        left.forEach(sample -> settle(sample, noted));
    }

    private void settle(Sample sample, List<String> noted) {
        Optional<Problem> problem = sample.problem();
        if (!noted.contains(sample.id())) {
            problem.ifPresentOrElse(
                    why -> refusing.accept(drill(sample, sample.id(), sample.fleet(), Map.of()), why),
                    () -> ledger.append(EventKind.SAMPLED, sample.id(), SampleNote.of(sample)));
        }
        fleets.settle(
                sample,
                queue,
                sample.choices().stream().map(choice -> drill(sample, choice)).toList());
    }

    private QueuedDrill drill(Sample sample, Choice choice) {
        return drill(
                sample,
                choice.drill(),
                choice.system(),
                Map.of(Fleet.TENANT, choice.tenant(), Fleet.SAMPLE, sample.id() + " " + choice.kind()));
    }

    private QueuedDrill drill(Sample sample, String name, String system, Map<String, String> values) {
        return new QueuedDrill(
                name,
                sample.fleet(),
                system,
                Optional.of(sample.slot()),
                1,
                sample.made(),
                QueueDesk.SCHEDULE,
                DrillRequest.Trigger.SCHEDULE,
                new Wish(sample.fleet(), Optional.empty(), Map.of(), values, Optional.empty()),
                template(sample.fleet())
                                .filter(one -> one.governance().approvalRequired())
                                .isPresent()
                        ? QueuedDrill.State.AWAITING_APPROVAL
                        : QueuedDrill.State.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
