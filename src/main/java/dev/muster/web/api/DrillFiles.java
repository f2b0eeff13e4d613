package dev.muster.web.api;

import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.evidence.Evidence;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a drill has left: its bundle, and its report in each form. */
final class DrillFiles implements Part {
    private static final Map<String, String> FORMATS = Map.of(
            "html", "text/html; charset=utf-8",
            "pdf", "application/pdf",
            "json", "application/json",
            "summary", "text/html; charset=utf-8",
            "summary-pdf", "application/pdf",
            "markdown", "text/markdown; charset=utf-8");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Catalog catalog;
    private final Evidence evidence;
    private final Path folder;
    /** To set a report costs a second of a processor. */
    private final Semaphore setting = new Semaphore(2);

    /** @param folder where bundles lie; one elsewhere is not handed out */
    DrillFiles(Catalog catalog, Evidence evidence, Path folder) {
        this.catalog = catalog;
        this.evidence = evidence;
        this.folder = folder;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/drills/{drill}/evidence", Right.EXPORT, this::bundle);
        routes.add(HandlerType.GET, "/api/v1/drills/{drill}/report", Right.READ, this::report);
    }

    private void bundle(Context request) throws IOException {
        DrillSummary drill = drill(request);
        Path file = file(drill).orElseThrow(() -> none(drill));
        request.contentType("application/zip")
                .header("Content-Disposition", "attachment; filename=\"drill-" + drill.drill() + ".zip\"")
                .header("Content-Length", Long.toString(Files.size(file)))
                .disableCompression()
                .result(Files.newInputStream(file));
    }

    private void report(Context request) throws InterruptedException {
        String format = new Query(request, "format").text("format").orElse("html");
        String type = FORMATS.get(format);
        if (type == null) {
            throw Query.wrong("format", "is none that reports have", "Take one of " + FORMATS.keySet() + ".");
        }
        DrillSummary drill = drill(request);
        Path file = file(drill).orElseThrow(() -> none(drill));
        Busy.during(setting, "Reports are being made already", () -> {
            // A report brings its own style, and nothing that runs.
            request.contentType(type)
                    .header(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
                    .result(evidence.render(file, format));
            return request;
        });
    }

    /** What the evidence of a drill records; null where there is none. */
    @Nullable
    JsonNode record(DrillSummary drill) throws InterruptedException {
        Optional<Path> file = file(drill);
        return file.isPresent() ? JSON.readTree(evidence.render(file.get(), "json")) : null;
    }

    private DrillSummary drill(Context request) {
        String drill = Names.in(request, "drill");
        return catalog.find(drill)
                .filter(found -> found.drill().equals(drill))
                .orElseThrow(() -> Names.unknown("drill", drill, "/api/v1/drills"));
    }

    private Optional<Path> file(DrillSummary drill) {
        return drill.bundle().map(Path::of).filter(Files::isRegularFile).map(this::within);
    }

    /** The catalog says where a bundle lies; whoever can write to it shall not make the service hand out other files. */
    private Path within(Path file) {
        try {
            if (file.toRealPath().startsWith(folder.toRealPath())) {
                return file;
            }
            throw new CouldNotRun(new Problem(
                    "The bundle does not lie in the folder of the evidence",
                    file.toString(),
                    "Move it to " + folder + "; only files there are handed out."));
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The bundle cannot be read (" + unreadable + ")",
                            file.toString(),
                            "Make it readable for the user who runs Muster."),
                    unreadable);
        }
    }

    private static Refusal none(DrillSummary drill) {
        return new Refusal(
                Refusal.Reason.UNKNOWN,
                new Problem(
                        "The drill " + drill.drill() + " has no bundle: " + drill.summary(),
                        "",
                        "Its events are all there is: /api/v1/ledger?drill=" + drill.drill() + "."));
    }
}
