package dev.muster.web.api;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.History;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Verdict;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.schedule.Desk;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.limit.RateLimits;
import dev.muster.web.stream.LiveDocument;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drills: those that were, those that run or wait, and how to start, approve and stop one. */
final class DrillRoutes implements Part {
    private static final String DRILLS = "/api/v1/drills";
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int LONGEST_REASON = 500;

    private final Desk desk;
    private final Catalog catalog;
    private final History history;
    private final DrillFiles files;
    private final RateLimits starts;
    private final Audited audited;

    DrillRoutes(Desk desk, Catalog catalog, DrillFiles files, RateLimits starts, Audited audited) {
        this.desk = desk;
        this.catalog = catalog;
        this.history = new History(catalog);
        this.files = files;
        this.starts = starts;
        this.audited = audited;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, DRILLS, Right.READ, this::list);
        routes.add(HandlerType.POST, DRILLS, Right.START, this::start);
        routes.add(HandlerType.GET, DRILLS + "/{drill}", Right.READ, this::one);
        routes.add(HandlerType.POST, DRILLS + "/{drill}/cancel", Right.START, this::cancel);
        routes.add(HandlerType.POST, DRILLS + "/{drill}/approve", Right.APPROVE, this::approve);
    }

    private void list(Context request) {
        Query query = new Query(request, "system", "runbook", "verdict", "from", "to", "after", "limit");
        int limit = query.number("limit", USUAL, 1, MOST);
        List<DrillSummary> found = history.page(
                new History.Filter(
                        query.text("system"),
                        query.text("runbook"),
                        query.word("verdict", Verdict.class),
                        query.instant("from"),
                        query.instant("to")),
                query.text("after"),
                limit + 1);
        List<DrillSummary> page = found.subList(0, Math.min(limit, found.size()));
        Json.answer(
                request,
                new Section()
                        .with("queue", Documents.list(desk.open(), QueueDocument::of))
                        .with("drills", Documents.list(page, DrillRoutes::document))
                        .with("next", found.size() > limit ? next(request, page.get(limit - 1)) : null));
    }

    private static String next(Context request, DrillSummary last) {
        return DRILLS + "?"
                + Stream.concat(
                                request.queryParamMap().entrySet().stream()
                                        .filter(parameter -> !parameter.getKey().equals("after"))
                                        .map(parameter -> Map.entry(
                                                parameter.getKey(),
                                                parameter.getValue().get(0))),
                                Stream.of(Map.entry("after", last.drill())))
                        .map(parameter -> parameter.getKey() + "="
                                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static Section document(DrillSummary drill) {
        return Documents.drill(drill)
                .with("evidence", drill.bundle().map(file -> DRILLS + "/" + drill.drill() + "/evidence"));
    }

    private void one(Context request) throws InterruptedException {
        String drill = Names.in(request, "drill");
        Optional<QueuedDrill> queued = desk.find(drill);
        Optional<DrillSummary> known =
                catalog.find(drill).filter(found -> found.drill().equals(drill));
        if (queued.isEmpty() && known.isEmpty()) {
            throw Names.unknown("drill", drill, DRILLS);
        }
        Section document = new Section()
                .with("drill", drill)
                .with("queue", queued.map(QueueDocument::of))
                .with("live", desk.live(drill).map(LiveDocument::of))
                .with("summary", known.map(DrillRoutes::document));
        if (known.isPresent()) {
            document.with("record", files.record(known.get()));
        } else {
            document.with("record", null);
        }
        Json.answer(request, document);
    }

    /** A drill that is to be started. */
    record Start(
            String runbook,
            @Nullable String at,
            @Nullable Map<String, String> backups,
            @Nullable Map<String, String> set,
            @Nullable String keep) {}

    private void start(Context request) {
        String person = Web.person(request).name();
        starts.count(person);
        Start start = Json.body(request, Start.class);
        String runbook = Names.checked("runbook", Asked.needed("runbook", start.runbook()));
        QueuedDrill queued = desk.ask(
                new Asked(start.at(), start.backups(), start.set(), start.keep()).wish(runbook),
                person,
                Optional.ofNullable(request.header("Idempotency-Key")));
        audited.done(request, Action.START_DRILL, queued.drill());
        request.status(HttpStatus.ACCEPTED).header("Location", DRILLS + "/" + queued.drill());
        Json.answer(request, QueueDocument.of(queued));
    }

    /** Why a drill is to be stopped. */
    record Cancel(@Nullable String why) {}

    private void cancel(Context request) {
        String drill = Names.in(request, "drill");
        String why = Optional.ofNullable(Json.body(request, Cancel.class).why()).orElse("");
        if (why.length() > LONGEST_REASON) {
            throw Query.wrong("why", "is too long", "Write at most " + LONGEST_REASON + " characters.");
        }
        QueuedDrill stopped = desk.cancel(drill, Web.person(request).name(), why);
        audited.done(request, Action.CANCEL_DRILL, drill);
        Json.answer(request, QueueDocument.of(stopped));
    }

    private void approve(Context request) {
        String drill = Names.in(request, "drill");
        QueuedDrill approved = desk.approve(drill, Web.person(request).name());
        audited.done(request, Action.APPROVE_DRILL, drill);
        Json.answer(request, QueueDocument.of(approved));
    }
}
