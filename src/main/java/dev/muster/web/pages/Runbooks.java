package dev.muster.web.pages;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.people.Right;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The runbooks as they are now, with every mistake in them, and what each would do. */
public final class Runbooks implements Part {
    private final Layout layout;
    private final Supplier<List<Shelved>> runbooks;
    private final Listing<Shelved> listing = new Listing<>(
            "runbooks",
            List.of(
                    Listing.Column.by("name", "Runbook", (Shelved one) -> Optional.of(one.name())),
                    Listing.Column.by("state", "State", (Shelved one) -> Optional.of(ShelfRow.state(one))),
                    Listing.Column.by(
                            "system", "System", (Shelved one) -> one.good().map(Runbook::system)),
                    Listing.Column.unsorted("Schedule"),
                    Listing.Column.unsorted("Version")),
            one -> one.name() + " "
                    + one.good()
                            .map(good -> good.title() + " " + good.system() + " " + good.owner())
                            .orElse(""),
            views(),
            50);

    /** @param runbooks all of them, as they are now */
    public Runbooks(Layout layout, Supplier<List<Shelved>> runbooks) {
        this.layout = layout;
        this.runbooks = runbooks;
    }

    private static Map<String, Predicate<Shelved>> views() {
        Map<String, Predicate<Shelved>> views = new LinkedHashMap<>();
        views.put("All", one -> true);
        views.put("With mistakes", one -> !one.misprints().isEmpty());
        return views;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/runbooks", Right.READ, this::list);
        routes.add(HandlerType.GET, "/runbooks/{runbook}", Right.READ, this::one);
    }

    private void list(Context request) {
        List<Shelved> all = runbooks.get();
        layout.answer(
                request,
                "runbooks",
                "runbooks",
                Map.of(
                        "all",
                        all.size(),
                        "runbooks",
                        listing.shown(request, all).with(ShelfRow::of)));
    }

    private void one(Context request) {
        String name = request.pathParam("runbook");
        Shelved found = runbooks.get().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                "There is no runbook of this name",
                                name.substring(0, Math.min(name.length(), 100)),
                                "See /runbooks for all of them.")));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("runbook", ShelfRow.of(found));
        model.put("read", layout.words().moment(found.read()));
        found.good().ifPresent(good -> model.put("plan", plan(good)));
        layout.answer(request, "runbooks", "runbook", model);
    }

    private Map<String, Object> plan(Runbook runbook) {
        Words words = layout.words();
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("owner", runbook.owner());
        plan.put("scenario", runbook.scenario().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        plan.put("rpo", words.duration(runbook.objectives().rpo()));
        plan.put("rto", words.duration(runbook.objectives().rto()));
        runbook.governance().provenEvery().ifPresent(every -> plan.put("provenEvery", words.duration(every)));
        plan.put(
                "processes",
                runbook.processes().values().stream()
                        .map(process -> Map.of(
                                "name", process.name(),
                                "rpo", words.duration(process.objectives().rpo()),
                                "rto", words.duration(process.objectives().rto()),
                                "proof", String.join(", ", process.proof())))
                        .toList());
        List<Map<String, Object>> backups = new ArrayList<>();
        runbook.backups()
                .forEach((asset, source) -> backups.add(Map.of(
                        "asset", asset.label(),
                        "vault", source.vault(),
                        "format", source.format().label(),
                        "prefix", source.prefix(),
                        "select", source.select().label())));
        plan.put("backups", backups);
        plan.put("scratch", runbook.scratch().on().name().toLowerCase(Locale.ROOT));
        plan.put("postgres", runbook.scratch().postgres());
        plan.put("timeToLive", words.duration(runbook.scratch().timeToLive()));
        plan.put("steps", runbook.steps().stream().map(Runbooks::step).toList());
        return plan;
    }

    private static Map<String, Object> step(Step step) {
        List<String> beside = step instanceof Step.Together together
                ? together.steps().stream().map(Step::label).toList()
                : List.of();
        return Map.of("label", step.label(), "beside", beside);
    }
}
