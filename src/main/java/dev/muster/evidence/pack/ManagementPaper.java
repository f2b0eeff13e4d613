package dev.muster.evidence.pack;

import dev.muster.drill.Verdict;
import dev.muster.evidence.management.ManagementDocument;
import dev.muster.evidence.management.ManagementModel;
import dev.muster.evidence.paper.Attachment;
import dev.muster.evidence.paper.Typesetter;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.report.Report;
import dev.muster.outlook.management.ManagementView;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of a pack for those who manage, and its data. */
final class ManagementPaper {
    static final String PAGE = "management.pdf";
    static final String DATA = "management.json";

    private static final String SCHEMA = "https://muster.dev/schema/management-v1.json";

    /** As many of those that are not proven; where they are fewer, more of the others. */
    private static final int MOST_ROWS = 6;

    private final PackContents contents;
    private final ManagementView view;
    private final boolean demonstration;

    ManagementPaper(PackContents contents, boolean demonstration) {
        this.contents = contents;
        this.view = contents.management();
        this.demonstration = demonstration;
    }

    /** Every figure and name, the drills included that were counted. */
    String document() {
        Section document = new Section().with("schema", SCHEMA).with("rests", rests());
        ManagementDocument.of(view).values().forEach(document::with);
        return Json.pretty(
                document.with("drills", ManagementDocument.drills(view)).values());
    }

    /** The page, with the document inside; what there is no room for is summed up. */
    byte[] set(Report report, String document) throws InterruptedException {
        int rows = MOST_ROWS;
        byte[] page = set(report, document, rows);
        while (rows > 0 && Typesetter.pages(page) > 1) {
            rows -= 2;
            page = set(report, document, rows);
        }
        return page;
    }

    private byte[] set(Report report, String document, int rows) throws InterruptedException {
        Map<String, Object> model = new TreeMap<>(ManagementModel.of(view, report.writing()));
        model.put("rows", rows);
        model.put("rests", rests());
        model.put("demonstration", demonstration);
        return new Typesetter()
                .set(
                        report.management(model),
                        new Attachment(DATA, "application/json", "The figures of this page", document),
                        view.asAt());
    }

    /** What is in the pack, and what its reader has to believe the issuer. */
    private String rests() {
        Period period = contents.period();
        Map<String, String> remembered = view.drills().stream()
                .filter(drill ->
                        !drill.ended().isBefore(period.from()) && drill.ended().isBefore(period.to()))
                .collect(Collectors.toMap(
                        drill -> drill.drill(), drill -> drill.verdict().name(), (a, b) -> a));
        Map<String, String> noted = PackedDrills.of(
                        period, contents.part().excerpt().events())
                .all()
                .stream()
                .filter(drill -> Stream.of(Verdict.values())
                        .anyMatch(verdict -> verdict.name().equals(drill.outcome())))
                .collect(Collectors.toMap(PackedDrills.Drill::name, PackedDrills.Drill::outcome));
        return "This pack has the evidence and the ledger's lines of the drills that ended from " + period.first()
                + " to "
                + period.last() + ": " + noted.size() + " by the ledger, "
                + (noted.equals(remembered)
                        ? "and the same by the catalog."
                        : remembered.size() + " by the catalog, which are not the same: the ledger counts.")
                + " What is older rests on the issuer's catalog; processes, targets and promises on its runbooks as they"
                + " were when the pack was made.";
    }
}
