package dev.muster.web.api;

import dev.muster.drill.OpenScratch;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;

/** Scratches that are open, and how to keep or remove one. */
final class ScratchRoutes implements Part {
    private static final String SCRATCHES = "/api/v1/scratches";
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Reaper reaper;
    private final Audited audited;

    ScratchRoutes(Reaper reaper, Audited audited) {
        this.reaper = reaper;
        this.audited = audited;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, SCRATCHES, Right.READ, this::list);
        routes.add(HandlerType.POST, SCRATCHES + "/{scratch}/extend", Right.SCRATCH, this::extend);
        routes.add(HandlerType.DELETE, SCRATCHES + "/{scratch}", Right.SCRATCH, this::remove);
    }

    private void list(Context request) {
        Json.answer(request, new Section().with("scratches", Documents.list(reaper.scratches(), Documents::scratch)));
    }

    /** By how much longer a scratch is to stay. */
    record Extend(String by) {}

    private void extend(Context request) {
        OpenScratch scratch = find(request);
        Duration by = Asked.duration(
                "by", Asked.needed("by", Json.body(request, Extend.class).by()));
        if (by.compareTo(LONGEST) > 0) {
            throw Query.wrong("by", "is too long", "Keep it for at most " + LONGEST.toDays() + "d.");
        }
        OpenScratch extended = reaper.extend(scratch.id(), by);
        audited.done(request, Action.EXTEND_SCRATCH, scratch.id());
        Json.answer(request, Documents.scratch(extended));
    }

    private void remove(Context request) {
        OpenScratch scratch = find(request);
        Section receipt = Documents.receipt(reaper.remove(scratch.id()));
        audited.done(request, Action.REMOVE_SCRATCH, scratch.id());
        Json.answer(request, receipt);
    }

    private OpenScratch find(Context request) {
        String id = Names.in(request, "scratch");
        return reaper.scratches().stream()
                .filter(scratch -> scratch.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Names.unknown("scratch", id, SCRATCHES));
    }
}
