package dev.muster.web.pages.export;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.pack.Period;
import dev.muster.orchestrator.followup.Exporting;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Errand;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Quarter;
import dev.muster.web.pages.VerificationInWords;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an auditor gets all evidence of a period, signed and verified. */
public final class ExportPages implements Part {
    private final Packs packs;
    private final Path keys;
    private final Deeds deeds;
    private final Layout layout;

    /**
     * Exports into a folder.
     *
     * @param keys the folder with the public keys that are trusted
     */
    public ExportPages(Path folder, Exporting exporting, Path keys, Deeds deeds, Layout layout, Clock clock) {
        this.packs = new Packs(folder, exporting, keys, clock);
        this.keys = keys;
        this.deeds = deeds;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/exports", Right.EXPORT, request -> show(request, Optional.empty()));
        routes.add(HandlerType.GET, "/exports/state", Right.EXPORT, this::state);
        routes.add(HandlerType.POST, "/exports", Right.EXPORT, this::begin);
        routes.add(HandlerType.GET, "/exports/{pack}", Right.EXPORT, this::download);
        routes.add(HandlerType.GET, "/exports/{pack}/verification", Right.EXPORT, this::verify);
    }

    private void show(Context request, Optional<Problem> problem) {
        Map<String, Object> model = new LinkedHashMap<>(stateModel());
        LocalDate today = LocalDate.ofInstant(layout.words().now(), ZoneOffset.UTC);
        model.put("quarters", Quarter.offered(today));
        model.put(
                "from",
                given(request, "from").orElse(Quarter.of(today).before().first().toString()));
        model.put(
                "to",
                given(request, "to").orElse(Quarter.of(today).before().last().toString()));
        List<Map<String, Object>> rows = new ArrayList<>();
        packs.all().forEach(pack -> rows.add(pack(pack)));
        model.put("packs", rows);
        problem.ifPresent(found -> model.put("problem", Words.problem(found)));
        layout.answer(request, "exports", "exports", model);
    }

    private void state(Context request) {
        if (packs.state().since().isEmpty()) {
            // The list has one more.
            request.header("HX-Refresh", "true").status(HttpStatus.NO_CONTENT);
            return;
        }
        layout.answer(request, "exports", "exports-state", stateModel());
    }

    private void begin(Context request) {
        Period period;
        try {
            period = new Period(
                    LocalDate.parse(given(request, "from").orElse("")),
                    LocalDate.parse(given(request, "to").orElse("")));
        } catch (DateTimeException | IllegalArgumentException none) {
            request.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(
                    request,
                    Optional.of(new Problem(
                            "These days make no period",
                            given(request, "from").orElse("") + " to "
                                    + given(request, "to").orElse(""),
                            "Give both days like 2026-01-31, the first one first.")));
            return;
        }
        if (!packs.begin(period)) {
            request.status(HttpStatus.CONFLICT);
            show(
                    request,
                    Optional.of(
                            new Problem("Another pack is being made", "", "Wait until it is there, then ask again.")));
            return;
        }
        deeds.note(request, Action.EXPORT, "evidence from " + period.first() + " to " + period.last());
        request.redirect("/exports", HttpStatus.SEE_OTHER);
    }

    private static Optional<String> given(Context request, String name) {
        return Optional.ofNullable(request.formParam(name))
                .or(() -> Optional.ofNullable(request.queryParam(name)))
                .filter(text -> text.length() <= 20);
    }

    private void download(Context request) throws IOException {
        Path pack = asked(request);
        deeds.note(request, Action.EXPORT, pack.getFileName().toString());
        request.header("Content-Disposition", "attachment; filename=\"" + pack.getFileName() + "\"");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Cache-Control", "no-store");
        request.contentType("application/zip").result(Files.newInputStream(pack));
    }

    private void verify(Context request) {
        Path pack = asked(request);
        Map<String, Object> model = new LinkedHashMap<>(VerificationInWords.of(Evidence.verify(pack, keys)));
        model.put("pack", pack.getFileName().toString());
        layout.answer(request, "exports", "verification", model);
    }

    private Path asked(Context request) {
        String name = request.pathParam("pack");
        return packs.find(name)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem("There is no pack of this name", name, "Make it again on the page Export.")));
    }

    private Map<String, Object> stateModel() {
        Errand.State<Packs.Made> state = packs.state();
        Map<String, Object> model = new LinkedHashMap<>();
        state.since().ifPresent(since -> model.put("since", layout.words().moment(since)));
        state.latest()
                .flatMap(Errand.Outcome::trouble)
                .ifPresent(trouble -> model.put("trouble", Words.problem(trouble)));
        return model;
    }

    private Map<String, Object> pack(Path pack) {
        String name = pack.getFileName().toString();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        try {
            row.put("size", layout.words().size(Files.size(pack)));
            row.put(
                    "made",
                    layout.words().moment(Files.getLastModifiedTime(pack).toInstant()));
        } catch (IOException gone) {
            row.put("size", "");
        }
        packs.known(name).ifPresent(made -> {
            row.put("outcome", made.verification().outcome().name());
            row.put("missing", made.missing().stream().map(Words::problem).toList());
        });
        return row;
    }
}
