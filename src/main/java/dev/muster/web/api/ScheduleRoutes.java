package dev.muster.web.api;

import dev.muster.drill.Slot;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Right;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** Past and coming slots. */
final class ScheduleRoutes implements Part {
    private static final Duration USUAL = Duration.ofDays(31);
    private static final Duration LONGEST = Duration.ofDays(400);

    private final BiFunction<Instant, Instant, List<Slot>> slots;
    private final Clock clock;

    ScheduleRoutes(BiFunction<Instant, Instant, List<Slot>> slots, Clock clock) {
        this.slots = slots;
        this.clock = clock;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/schedule", Right.READ, this::list);
    }

    private void list(Context request) {
        Query query = new Query(request, "from", "to");
        Instant from = query.instant("from").orElseGet(clock::instant);
        Instant to = query.instant("to").orElseGet(() -> from.plus(USUAL));
        if (to.isBefore(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Query.wrong(
                    "to", "is before `from` or long after it", "Ask for at most " + LONGEST.toDays() + " days.");
        }
        Json.answer(
                request,
                new Section()
                        .with("from", from)
                        .with("to", to)
                        .with("slots", Documents.list(slots.apply(from, to), ScheduleRoutes::slot)));
    }

    private static Section slot(Slot slot) {
        return new Section()
                .with("runbook", slot.runbook())
                .with("system", slot.system())
                .with("due", slot.due())
                .with("state", slot.state().name())
                .with("why", slot.why())
                .with("drill", slot.drill());
    }
}
