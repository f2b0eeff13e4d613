package dev.muster.web.pages.drill;

import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fleet;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Wish;
import dev.muster.orchestrator.Planner;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
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
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where somebody starts a drill. */
final class StartPage implements Part {
    private final Desk desk;
    private final Library library;
    private final Planner planner;
    private final Deeds deeds;
    private final Layout layout;
    private final PlanInWords words;
    private final Clock clock;

    StartPage(Desk desk, Library library, Planner planner, Deeds deeds, Layout layout, Clock clock) {
        this.desk = desk;
        this.library = library;
        this.planner = planner;
        this.deeds = deeds;
        this.layout = layout;
        this.words = new PlanInWords(layout.words());
        this.clock = clock;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/start", Right.START, this::offer);
        routes.add(HandlerType.GET, "/start/plan", Right.START, this::plan);
        routes.add(HandlerType.POST, "/start", Right.START, this::ask);
    }

    private void offer(Context request) throws InterruptedException {
        Optional<Runbook> chosen = chosen(request.queryParam("runbook"));
        Map<String, Object> model = model(chosen);
        if (chosen.isPresent()) {
            WishForm form = WishForm.read(request, chosen.get(), clock.instant());
            // Without a script the plan is asked for by a button.
            if (request.queryParam("show") != null) {
                model.putAll(planned(chosen.get(), form));
            }
            fill(model, form, UUID.randomUUID().toString());
        }
        layout.answer(request, "start", "start", model);
    }

    private void plan(Context request) throws InterruptedException {
        Runbook runbook = demanded(request.queryParam("runbook"));
        WishForm form = WishForm.read(request, runbook, clock.instant());
        Map<String, Object> model = new LinkedHashMap<>(planned(runbook, form));
        model.put("values", form.values());
        layout.answer(request, "start", "plan", model);
    }

    private void ask(Context request) {
        Runbook runbook = demanded(request.formParam("runbook"));
        WishForm form = WishForm.read(request, runbook, clock.instant());
        String key = Optional.ofNullable(request.formParam("key"))
                .filter(given -> given.length() <= 100)
                .orElseGet(() -> UUID.randomUUID().toString());
        if (form.sound()) {
            try {
                QueuedDrill asked = desk.ask(form.wish(), Web.person(request).name(), Optional.of(key));
                deeds.note(request, Action.START_DRILL, asked.drill());
                request.redirect("/drills/" + asked.drill(), HttpStatus.SEE_OTHER);
                return;
            } catch (Refusal refused) {
                form.wrong("runbook", refused.problem());
            } catch (CouldNotRun unable) {
                form.wrong("runbook", unable.problem());
            }
        }
        Map<String, Object> model = model(Optional.of(runbook));
        fill(model, form, key);
        request.status(HttpStatus.UNPROCESSABLE_CONTENT);
        layout.answer(request, "start", "start", model);
    }

    private Map<String, Object> planned(Runbook runbook, WishForm form) throws InterruptedException {
        if (!form.sound()) {
            return Map.of("problems", form.problems());
        }
        if (runbook.template()) {
            return Map.of("trouble", Words.problem(Fleet.tenantWanted().problem()));
        }
        Wish wish = form.wish();
        DrillRequest asked = new DrillRequest(
                runbook,
                wish.at().orElse(clock.instant()),
                "",
                DrillRequest.Trigger.OPERATOR,
                wish.named(runbook),
                wish.overrides(),
                wish.keep());
        try {
            return Map.of("plan", words.of(planner.plan(asked, Optional.empty())));
        } catch (BadBackup none) {
            return Map.of("trouble", Words.problem(none.problem()));
        } catch (CouldNotRun unable) {
            return Map.of("trouble", Words.problem(unable.problem()));
        }
    }

    private Map<String, Object> model(Optional<Runbook> chosen) {
        Map<String, Object> model = new LinkedHashMap<>();
        List<Shelved> all = library.runbooks();
        model.put(
                "runbooks",
                all.stream()
                        .flatMap(shelved -> shelved.good().stream())
                        .map(words::of)
                        .toList());
        model.put(
                "bad", all.stream().filter(shelved -> shelved.good().isEmpty()).count());
        chosen.ifPresent(runbook -> model.put("chosen", words.of(runbook)));
        return model;
    }

    private static void fill(Map<String, Object> model, WishForm form, String key) {
        model.put("values", form.values());
        model.put("problems", form.problems());
        model.put("key", key);
    }

    private Optional<Runbook> chosen(String name) {
        return Optional.ofNullable(name).filter(given -> !given.isEmpty()).map(this::demanded);
    }

    private Runbook demanded(String name) {
        return Optional.ofNullable(name)
                .flatMap(library::find)
                .flatMap(Shelved::good)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                "There is no runbook of this name that can be used",
                                name == null ? "" : name,
                                "Choose one of those on the page Start, and see the page Runbooks for what is wrong with"
                                        + " the others.")));
    }
}
