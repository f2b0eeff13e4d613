package dev.muster.web.api;

import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.drill.Wish;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Right;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.concurrent.Semaphore;

/** Runbooks, as they are now, and what a drill of one would use. */
final class RunbookRoutes implements Part {
    private static final String RUNBOOKS = "/api/v1/runbooks";

    private final Library library;
    private final Planning planning;
    /** To plan, vaults are listed. */
    private final Semaphore plans = new Semaphore(2);

    RunbookRoutes(Library library, Planning planning) {
        this.library = library;
        this.planning = planning;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, RUNBOOKS, Right.READ, this::list);
        routes.add(HandlerType.GET, RUNBOOKS + "/{runbook}", Right.READ, this::one);
        routes.add(HandlerType.POST, RUNBOOKS + "/{runbook}/plan", Right.START, this::plan);
    }

    private void list(Context request) {
        Json.answer(request, new Section().with("runbooks", Documents.list(library.runbooks(), RunbookRoutes::brief)));
    }

    private void one(Context request) {
        Shelved found = find(request);
        Json.answer(
                request,
                brief(found)
                        .with(
                                "objectives",
                                found.good().map(Runbook::objectives).map(RunbookRoutes::objectives))
                        .with(
                                "processes",
                                found.good()
                                        .map(runbook -> Documents.list(
                                                runbook.processes().values(),
                                                process -> objectives(process.objectives())
                                                        .with("name", process.name()))))
                        .with(
                                "steps",
                                found.good()
                                        .map(runbook -> runbook.steps().stream()
                                                .map(Step::label)
                                                .toList()))
                        .with("misprints", Documents.list(found.misprints(), RunbookRoutes::misprint)));
    }

    private Shelved find(Context request) {
        String name = Names.in(request, "runbook");
        return library.find(name).orElseThrow(() -> Names.unknown("runbook", name, RUNBOOKS));
    }

    static Section objectives(Objectives objectives) {
        return new Section().with("rpoSeconds", objectives.rpo()).with("rtoSeconds", objectives.rto());
    }

    private static Section brief(Shelved shelved) {
        return new Section()
                .with("name", shelved.name())
                .with("title", shelved.good().map(Runbook::title))
                .with("system", shelved.good().map(Runbook::system))
                .with("owner", shelved.good().map(Runbook::owner))
                .with(
                        "approvalRequired",
                        shelved.good().map(Runbook::governance).map(Governance::approvalRequired))
                .with(
                        "state",
                        shelved.misprints().isEmpty() ? "GOOD" : shelved.good().isPresent() ? "KEPT" : "BAD")
                .with("sha256", shelved.good().map(Runbook::sha256))
                .with("read", shelved.read())
                .with("commit", shelved.good().flatMap(Runbook::commit));
    }

    private static Section misprint(Misprint misprint) {
        return Documents.problem(misprint.problem())
                .with("line", misprint.line())
                .with("column", misprint.column());
    }

    private void plan(Context request) throws InterruptedException {
        Shelved found = find(request);
        Wish wish = Json.body(request, Asked.class).wish(found.name());
        String by = Web.person(request).name();
        Json.answer(
                request,
                Documents.plan(
                        Busy.during(plans, "Plans are being made already", () -> planning.plan(found, wish, by))));
    }
}
