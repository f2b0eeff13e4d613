package dev.muster.web.pages.drill;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillSummary;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Verification;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.VerificationInWords;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report of a drill as it lies in its bundle, that bundle to take away, and whether it is as it was signed. */
final class ReportPage implements Part {
    /** Around the frame that holds the report. */
    private static final String AROUND =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none';"
                    + " base-uri 'none'";

    /** The report brings its own style and nothing else; it was written by a drill and is trusted with nothing. */
    private static final String REPORT = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline';"
            + " img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final String POLICY = "Content-Security-Policy";

    private final BundleFiles bundles;
    private final Path keys;
    private final Deeds deeds;
    private final Layout layout;

    ReportPage(Catalog catalog, Path keys, Deeds deeds, Layout layout) {
        this.bundles = new BundleFiles(catalog);
        this.keys = keys;
        this.deeds = deeds;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/drills/{drill}/report", Right.READ, this::show);
        routes.add(HandlerType.GET, "/drills/{drill}/report/document", Right.READ, this::document);
        routes.add(HandlerType.GET, "/drills/{drill}/report/paper", Right.EXPORT, this::paper);
        routes.add(HandlerType.GET, "/drills/{drill}/bundle", Right.EXPORT, this::bundle);
        routes.add(HandlerType.GET, "/drills/{drill}/verification", Right.READ, this::verify);
    }

    private void show(Context request) {
        DrillSummary drill = asked(request);
        bundles.bundle(drill);
        request.header(POLICY, AROUND);
        layout.answer(request, "drills", "report", Map.of("drill", DrillInWords.of(drill, layout.words())));
    }

    private void document(Context request) {
        byte[] report = BundleFiles.of(bundles.bundle(asked(request)), Bundle.REPORT);
        request.header(POLICY, REPORT);
        request.header("X-Frame-Options", "SAMEORIGIN");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Cache-Control", "no-store");
        request.contentType("text/html; charset=utf-8").result(report);
    }

    private void paper(Context request) {
        DrillSummary drill = asked(request);
        byte[] paper = BundleFiles.of(bundles.bundle(drill), Bundle.PAPER);
        taken(request, "report-" + drill.drill() + ".pdf", "application/pdf");
        request.result(paper);
    }

    private void bundle(Context request) throws IOException {
        DrillSummary drill = asked(request);
        Path bundle = bundles.bundle(drill);
        taken(request, "drill-" + drill.drill() + ".zip", "application/zip");
        request.result(Files.newInputStream(bundle));
    }

    private void taken(Context request, String name, String type) {
        deeds.note(request, Action.EXPORT, name);
        request.header(
                "Content-Disposition", "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Cache-Control", "no-store");
        request.contentType(type);
    }

    private void verify(Context request) {
        DrillSummary drill = asked(request);
        Verification verification = Evidence.verify(bundles.bundle(drill), keys);
        Map<String, Object> model = new LinkedHashMap<>(VerificationInWords.of(verification));
        model.put("drill", DrillInWords.of(drill, layout.words()));
        layout.answer(request, "drills", "verification", model);
    }

    private DrillSummary asked(Context request) {
        return bundles.drill(request.pathParam("drill"));
    }
}
