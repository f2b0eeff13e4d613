package dev.muster.web.api;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Right;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The ledger's events, and whether they are as they were written. */
final class LedgerRoutes implements Part {
    private static final String LEDGER = "/api/v1/ledger";
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Ledger ledger;
    private final Supplier<Checkpoint> checkpoint;
    private final Clock clock;
    private volatile Optional<Verified> verified = Optional.empty();
    private final Semaphore verifying = new Semaphore(1);

    /** @param checkpoint signs what the ledger is now */
    LedgerRoutes(Ledger ledger, Supplier<Checkpoint> checkpoint, Clock clock) {
        this.ledger = ledger;
        this.checkpoint = checkpoint;
        this.clock = clock;
    }

    /** What a look through the whole ledger has found. */
    private record Verified(Instant at, int events, List<Problem> problems) {}

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, LEDGER, Right.READ, this::list);
        routes.add(HandlerType.GET, LEDGER + "/checkpoint", Right.EXPORT, this::checkpoint);
        routes.add(HandlerType.GET, LEDGER + "/verify", Right.READ, this::verified);
        routes.add(HandlerType.POST, LEDGER + "/verify", Right.EXPORT, this::verify);
    }

    private void list(Context request) {
        Query query = new Query(request, "after", "limit", "drill");
        long after = query.whole("after", 0, 0, Long.MAX_VALUE);
        int limit = query.number("limit", USUAL, 1, MOST);
        Optional<String> drill = query.text("drill");
        boolean audits = Web.person(request).may(Right.AUDIT);
        List<LedgerEvent> found = ledger.events().stream()
                .filter(event -> event.sequence() > after)
                .filter(event -> drill.map(name -> name.equals(event.drill())).orElse(true))
                // Who did what is for those who audit.
                .filter(event -> audits || event.kind() != EventKind.ACTED)
                .limit(limit + 1L)
                .toList();
        List<LedgerEvent> page = found.subList(0, Math.min(limit, found.size()));
        Json.answer(
                request,
                new Section()
                        .with("events", Documents.list(page, Documents::event))
                        .with(
                                "next",
                                found.size() > limit
                                        ? LEDGER + "?after="
                                                + page.get(limit - 1).sequence() + "&limit=" + limit
                                                + drill.map(name -> "&drill=" + Names.checked("drill", name))
                                                        .orElse("")
                                        : null));
    }

    private void checkpoint(Context request) {
        Json.answer(request, Documents.checkpoint(checkpoint.get()));
    }

    private void verified(Context request) {
        Json.answer(request, document(verified));
    }

    private void verify(Context request) throws InterruptedException {
        Json.answer(request, Busy.during(verifying, "The ledger is being verified already", () -> {
            List<Problem> problems = ledger.verify();
            int events = problems.isEmpty() ? ledger.events().size() : 0;
            Verified now = new Verified(clock.instant(), events, problems);
            verified = Optional.of(now);
            return document(verified);
        }));
    }

    private static Section document(Optional<Verified> verified) {
        return new Section()
                .with("at", verified.map(Verified::at))
                .with("valid", verified.map(found -> found.problems().isEmpty()))
                .with(
                        "events",
                        verified.filter(found -> found.problems().isEmpty()).map(Verified::events))
                .with("problems", verified.map(found -> Documents.list(found.problems(), Documents::problem)));
    }
}
