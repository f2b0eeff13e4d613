package dev.muster.web.pages.drill;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One drill: while it waits, while it runs, and once it has ended. */
final class DrillPage implements Part {
    private static final String SECTION = "drills";
    private static final int LONGEST_REASON = 500;

    private final Desk desk;
    private final Catalog catalog;
    private final EndedDrill ended;
    private final Deeds deeds;
    private final Layout layout;
    private final QueuedInWords queued;
    private final LivePicture picture;

    DrillPage(Desk desk, Catalog catalog, EndedDrill ended, Deeds deeds, Layout layout) {
        this.desk = desk;
        this.catalog = catalog;
        this.ended = ended;
        this.deeds = deeds;
        this.layout = layout;
        this.queued = new QueuedInWords(layout.words());
        this.picture = new LivePicture(layout.words());
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/drills/{drill}", Right.READ, this::show);
        routes.add(HandlerType.GET, "/drills/{drill}/now", Right.READ, this::now);
        routes.add(HandlerType.POST, "/drills/{drill}/approve", Right.APPROVE, this::approve);
        routes.add(HandlerType.POST, "/drills/{drill}/cancel", Right.START, this::cancel);
    }

    private void show(Context request) {
        String drill = request.pathParam("drill");
        Optional<QueuedDrill> asked = desk.find(drill);
        if (request.header("HX-Request") != null
                && asked.filter(DrillPage::waits).isEmpty()) {
            // Only the page of a drill that waits asks for itself again, and now another one takes its place.
            request.header("HX-Refresh", "true").status(HttpStatus.NO_CONTENT);
            return;
        }
        if (asked.filter(found -> found.state().open()).isPresent()) {
            showOpen(request, asked.get(), Map.of());
            return;
        }
        Optional<DrillSummary> past = past(drill);
        if (past.isPresent()) {
            Map<String, Object> model = new LinkedHashMap<>(ended.of(past.get()));
            asked.ifPresent(found -> model.put("asked", queued.of(found, Web.person(request))));
            layout.answer(request, SECTION, "drill-ended", model);
        } else {
            showOpen(request, asked.orElseThrow(() -> unknown(drill)), Map.of());
        }
    }

    private static boolean waits(QueuedDrill drill) {
        return drill.state() == QueuedDrill.State.WAITING || drill.state() == QueuedDrill.State.AWAITING_APPROVAL;
    }

    private void showOpen(Context request, QueuedDrill drill, Map<String, Object> more) {
        Map<String, Object> model = new LinkedHashMap<>(more);
        model.put("asked", queued.of(drill, Web.person(request)));
        if (drill.state() == QueuedDrill.State.RUNNING) {
            desk.live(drill.drill()).ifPresent(live -> model.put("live", picture.of(live)));
            layout.answer(request, SECTION, "drill-running", model);
        } else {
            layout.answer(request, SECTION, "drill-waiting", model);
        }
    }

    /** What changes while a drill runs, alone; once it does not run any more, the whole page is to be asked for. */
    private void now(Context request) {
        String drill = request.pathParam("drill");
        Optional<LiveDrill> live =
                desk.live(drill).filter(found -> found.verdict().isEmpty());
        if (live.isPresent()) {
            layout.answer(request, SECTION, "drill-now", Map.of("live", picture.of(live.get())));
        } else {
            request.header("HX-Refresh", "true").status(HttpStatus.NO_CONTENT);
        }
    }

    private void approve(Context request) {
        String drill = request.pathParam("drill");
        try {
            desk.approve(drill, Web.person(request).name());
            deeds.note(request, Action.APPROVE_DRILL, drill);
            request.redirect("/drills/" + drill, HttpStatus.SEE_OTHER);
        } catch (Refusal refused) {
            again(request, drill, refused);
        }
    }

    private void cancel(Context request) {
        String drill = request.pathParam("drill");
        String why = Optional.ofNullable(request.formParam("why")).orElse("").trim();
        try {
            if (why.isEmpty() || why.length() > LONGEST_REASON) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        new Problem(
                                why.isEmpty() ? "A reason is needed to stop a drill" : "The reason is too long",
                                "",
                                "Write in a sentence why, up to " + LONGEST_REASON
                                        + " characters: it stands in the evidence."));
            }
            desk.cancel(drill, Web.person(request).name(), why);
            deeds.note(request, Action.CANCEL_DRILL, drill);
            request.redirect("/drills/" + drill, HttpStatus.SEE_OTHER);
        } catch (Refusal refused) {
            again(request, drill, refused);
        }
    }

    /** The same page with what was wrong, while there is such a drill in the queue. */
    private void again(Context request, String drill, Refusal refused) {
        QueuedDrill asked =
                desk.find(drill).filter(found -> found.state().open()).orElseThrow(() -> refused);
        request.status(refused.reason() == Refusal.Reason.NOT_ALLOWED ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT);
        showOpen(request, asked, Map.of("problem", Words.problem(refused.problem())));
    }

    private Optional<DrillSummary> past(String drill) {
        return catalog.find(drill).filter(found -> found.drill().equals(drill));
    }

    private static Refusal unknown(String drill) {
        return new Refusal(
                Refusal.Reason.UNKNOWN,
                new Problem("There is no drill of this name", drill, "The page Drills lists all that there are."));
    }
}
