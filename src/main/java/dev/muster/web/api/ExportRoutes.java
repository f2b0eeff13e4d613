package dev.muster.web.api;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.pack.Period;
import dev.muster.people.Action;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.limit.NotNow;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The auditor's pack of a period. */
final class ExportRoutes implements Part {
    private static final long LONGEST_YEARS = 10;

    private final Packing packing;
    private final Audited audited;
    private final Set<String> exporting = ConcurrentHashMap.newKeySet();

    ExportRoutes(Packing packing, Audited audited) {
        this.packing = packing;
        this.audited = audited;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/export", Right.EXPORT, this::export);
    }

    private void export(Context request) throws InterruptedException {
        Query query = new Query(request, "from", "to");
        LocalDate from = query.day("from", "2026-01-01");
        LocalDate to = query.day("to", "2026-03-31");
        if (to.isBefore(from) || to.isAfter(from.plusYears(LONGEST_YEARS))) {
            throw Query.wrong("to", "is before `from` or long after it", "Export at most " + LONGEST_YEARS + " years.");
        }
        String person = Web.person(request).name();
        if (!exporting.add(person)) {
            throw NotNow.busy(
                    Duration.ofSeconds(10),
                    new Problem("You are exporting already", "", "Take one pack after the other."));
        }
        try {
            send(request, new Period(from, to));
            audited.done(request, Action.EXPORT, from + " to " + to);
        } finally {
            exporting.remove(person);
        }
    }

    private void send(Context request, Period period) throws InterruptedException {
        try {
            Path file = Files.createTempFile("muster-export-", ".zip");
            try {
                packing.pack(period, file);
                request.contentType("application/zip")
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"muster-" + period.first() + "-" + period.last() + ".zip\"")
                        .header("Content-Length", Long.toString(Files.size(file)))
                        .disableCompression()
                        .result(Files.newInputStream(file));
            } finally {
                // What is open can be read to its end, and nothing is left behind however that goes.
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The pack could not be put where it is sent from (" + failed + ")",
                            System.getProperty("java.io.tmpdir"),
                            "See that the folder for temporary files has room, or use `muster export`."),
                    failed);
        }
    }
}
