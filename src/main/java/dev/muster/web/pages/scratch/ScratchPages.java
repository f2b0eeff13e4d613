package dev.muster.web.pages.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.orchestrator.Reaper;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.runbook.Amounts;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every scratch that is open: how to reach it, how long it stays, and an end to it. */
public final class ScratchPages implements Part {
    private final Reaper reaper;
    private final Deeds deeds;
    private final Layout layout;

    public ScratchPages(Reaper reaper, Deeds deeds, Layout layout) {
        this.reaper = reaper;
        this.deeds = deeds;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/scratches", Right.READ, request -> show(request, Optional.empty()));
        routes.add(HandlerType.POST, "/scratches/{scratch}/extend", Right.SCRATCH, this::extend);
        routes.add(HandlerType.POST, "/scratches/{scratch}/remove", Right.SCRATCH, this::remove);
    }

    private void show(Context request, Optional<Problem> problem) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("scratches", reaper.scratches().stream().map(this::scratch).toList());
        problem.ifPresent(found -> model.put("problem", Words.problem(found)));
        layout.answer(request, "scratches", "scratches", model);
    }

    private void extend(Context request) {
        String id = request.pathParam("scratch");
        String by = Optional.ofNullable(request.formParam("by")).orElse("");
        attempt(request, () -> {
            reaper.extend(
                    id,
                    Amounts.duration(by)
                            .orElseThrow(() -> new CouldNotRun(new Problem(
                                    "This is no length of time", by, "Write how much longer, like 90m, 4h or 2d."))));
            deeds.note(request, Action.EXTEND_SCRATCH, id + " by " + by);
        });
    }

    private void remove(Context request) {
        String id = request.pathParam("scratch");
        attempt(request, () -> {
            TeardownReceipt receipt = reaper.remove(id);
            deeds.note(request, Action.REMOVE_SCRATCH, id);
            if (!receipt.removed()) {
                throw new CouldNotRun(new Problem(
                        "Not all of the scratch could be removed",
                        String.join(", ", receipt.leftBehind()),
                        "Remove what is named here by hand, then remove the scratch again."));
            }
        });
    }

    private void attempt(Context request, Runnable deed) {
        try {
            deed.run();
            request.redirect("/scratches", HttpStatus.SEE_OTHER);
        } catch (CouldNotRun unable) {
            request.status(HttpStatus.CONFLICT);
            show(request, Optional.of(unable.problem()));
        }
    }

    private Map<String, Object> scratch(OpenScratch scratch) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", scratch.id());
        row.put("drill", scratch.drill());
        row.put("state", scratch.kept() ? "kept" : scratch.owned() ? "in use" : "left behind");
        row.put("opened", layout.words().moment(scratch.opened()));
        row.put("expires", layout.words().moment(scratch.expires()));
        row.put("over", scratch.expires().isBefore(layout.words().now()));
        row.put("size", layout.words().size(scratch.bytes()));
        row.put("processes", scratch.processes().size());
        row.put("place", scratch.place());
        row.put("reach", scratch.reach());
        return row;
    }
}
