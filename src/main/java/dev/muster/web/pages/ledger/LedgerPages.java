package dev.muster.web.pages.ledger;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.ledger.Ledger;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.pages.Address;
import dev.muster.web.pages.Days;
import dev.muster.web.pages.Errand;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Leaves;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger: its events, whether it is whole, and the checkpoints that were kept of it. */
public final class LedgerPages implements Part {
    private static final int ON_PAGE = 100;
    private static final int CHECKPOINTS = 10;
    private static final List<String> FILTERS = List.of("kind", "drill", "from", "to");

    private final Ledger ledger;
    private final List<String> destinations;
    private final Layout layout;
    private final Errand<Verified> verifying;

    /** @param destinations where checkpoints are put beside being kept here, each by its name */
    public LedgerPages(Ledger ledger, List<String> destinations, Layout layout, Clock clock) {
        this.ledger = ledger;
        this.destinations = List.copyOf(destinations);
        this.layout = layout;
        this.verifying = new Errand<>("verifying the ledger", clock);
    }

    /** What came out when the ledger was verified up to its last event at that time. */
    private record Verified(long events, List<Problem> problems, List<Problem> remarks) {}

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/ledger", Right.READ, this::show);
        routes.add(HandlerType.GET, "/ledger/state", Right.READ, this::state);
        routes.add(HandlerType.POST, "/ledger/verify", Right.READ, this::verify);
    }

    private void show(Context request) {
        Address asked = Address.of(request, FILTERS);
        Days days = Days.of(asked, layout.words().zone());
        boolean audits = Web.person(request).may(Right.AUDIT);
        List<LedgerEvent> all = ledger.events();
        List<LedgerEvent> found = new ArrayList<>(all.stream()
                .filter(event -> audits || event.kind() != EventKind.ACTED)
                .filter(event -> asked.value("kind")
                        .filter(kind -> !kind.equals(event.kind().name()))
                        .isEmpty())
                .filter(event -> asked.value("drill")
                        .filter(drill -> !drill.equals(event.drill()))
                        .isEmpty())
                .filter(event -> days.from().filter(event.at()::isBefore).isEmpty())
                .filter(event ->
                        days.to().filter(to -> !event.at().isBefore(to)).isEmpty())
                .toList());
        Collections.reverse(found);
        Leaves leaves = new Leaves(asked, found.size(), ON_PAGE);
        Map<String, Object> model = new LinkedHashMap<>(stateModel());
        model.put(
                "events",
                found.stream()
                        .skip(leaves.first())
                        .limit(ON_PAGE)
                        .map(this::event)
                        .toList());
        model.put("leaves", leaves.model());
        model.put("asked", asked.values());
        model.put("audits", audits);
        model.put("kinds", Arrays.stream(EventKind.values()).map(Enum::name).toList());
        days.problem().ifPresent(problem -> model.put("problem", problem));
        model.put("size", all.size());
        model.put("checkpoints", checkpoints());
        model.put("destinations", destinations);
        model.put(
                "waiting",
                ledger.outbox().waiting().stream().map(Words::problem).toList());
        layout.answer(request, "ledger", "ledger", model);
    }

    private void state(Context request) {
        layout.answer(request, "ledger", "ledger-state", stateModel());
    }

    private void verify(Context request) {
        verifying.begin(() -> {
            // Read first: what is added meanwhile is not claimed to be verified.
            long events = ledger.events().size();
            List<Problem> problems = ledger.verify();
            return new Verified(events, problems, problems.isEmpty() ? ledger.remarks() : List.of());
        });
        request.redirect("/ledger", HttpStatus.SEE_OTHER);
    }

    private Map<String, Object> stateModel() {
        Errand.State<Verified> state = verifying.state();
        Map<String, Object> model = new LinkedHashMap<>();
        state.since().ifPresent(since -> model.put("since", layout.words().moment(since)));
        state.latest().ifPresent(latest -> {
            model.put("verifiedAt", layout.words().moment(latest.at()));
            latest.trouble().ifPresent(trouble -> model.put("trouble", Words.problem(trouble)));
            latest.result().ifPresent(verified -> {
                model.put("verified", verified.events());
                model.put(
                        "wrong",
                        verified.problems().stream().map(Words::problem).toList());
                model.put(
                        "remarks",
                        verified.remarks().stream().map(Words::problem).toList());
            });
        });
        return model;
    }

    private Map<String, Object> event(LedgerEvent event) {
        return Map.of(
                "sequence", event.sequence(),
                "at", layout.words().moment(event.at()),
                "kind", event.kind().name(),
                "drill", event.drill(),
                "details", event.details(),
                "digest", event.digest());
    }

    private List<Map<String, Object>> checkpoints() {
        List<Map<String, Object>> rows = new ArrayList<>();
        ledger.checkpoints()
                .all()
                .forEach(checkpoint -> rows.add(Map.of(
                        "size", checkpoint.size(),
                        "at", layout.words().moment(checkpoint.at()),
                        "root", checkpoint.root())));
        Collections.reverse(rows);
        return rows.subList(0, Math.min(rows.size(), CHECKPOINTS));
    }
}
