package dev.muster.evidence.report;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.control.Controls;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.template.Rendered;
import dev.muster.template.Templates;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The report for people: made from the record alone, so that it can be made again at any time. What an organisation's
 * template makes is put into a frame that is the program's own; that has verdict, objectives, limits and digests.
 */
public final class Report {
    private static final String CONTENT = "report.ftlh";
    private static final String FRAME = "frame.ftlh";
    private static final String SUMMARY = "summary.ftlh";
    private static final String TICKET = "ticket.ftl";
    private static final String PACK = "pack.ftlh";
    private static final String MANAGEMENT = "management.ftlh";

    /** A value is escaped wherever it stands, so none can look like this. */
    private static final String PLACE = "<div id=\"frame-content\"></div>";

    private final Templates templates;
    private final Templates shipped = new Templates(Optional.empty());
    private final Presentation presentation;
    private final List<Map<String, String>> followUps;
    private final LocalWriting writing;

    /** A report with these templates around which the frame is set. */
    public Report(Templates templates, Presentation presentation) {
        this(templates, presentation, List.of());
    }

    private Report(Templates templates, Presentation presentation, List<Map<String, String>> followUps) {
        this.templates = templates;
        this.presentation = presentation;
        this.followUps = List.copyOf(followUps);
        this.writing = new LocalWriting(presentation);
    }

    /** The same without the organisation's own templates. */
    public Report withShippedTemplates() {
        return new Report(shipped, presentation, followUps);
    }

    /**
     * The same with what was noted after the record was signed.
     *
     * @param followUps in order, each as a page shows it
     */
    public Report withFollowUps(List<Map<String, String>> followUps) {
        return new Report(templates, presentation, followUps);
    }

    /** The page for a browser. */
    public Rendered page(WrittenRecord record) throws InterruptedException {
        return framed(record, "screen", false);
    }

    /**
     * The pages for paper, as XHTML.
     *
     * @param signed whether the document is going to be signed
     */
    public Rendered paper(WrittenRecord record, boolean signed) throws InterruptedException {
        return framed(record, "paper", signed);
    }

    /** One page for management, for a browser or as XHTML for paper. */
    public String summary(WrittenRecord record, boolean paper) throws InterruptedException {
        return shipped.render(SUMMARY, model(record, paper ? "paper" : "screen"))
                .text();
    }

    /** The record as Markdown, in which nothing that the record quotes means anything. */
    public String ticket(WrittenRecord record) throws InterruptedException {
        Map<String, Object> model = model(record, "ticket");
        model.put("quoted", readable(MarkdownText::quoted).of(record.document()));
        model.put(
                "followUps",
                followUps.stream().map(this::local).map(Report::quoted).toList());
        return shipped.render(TICKET, model).text();
    }

    /** The record as pipelines read the results of tests. */
    public static String tests(WrittenRecord record) {
        return TestReport.of(record);
    }

    /** The index of a pack, for a browser. */
    public Rendered pack(JsonNode index) throws InterruptedException {
        return templates.render(
                PACK, Map.of("pack", readable(UnaryOperator.identity()).of(index)));
    }

    /** How times and numbers are written here. */
    public LocalWriting writing() {
        return writing;
    }

    /** The page for those who manage, as XHTML for paper. */
    public String management(Map<String, Object> model) throws InterruptedException {
        Map<String, Object> whole = new LinkedHashMap<>(model);
        whole.put("paper", presentation.paper().label());
        return shipped.render(MANAGEMENT, whole).text();
    }

    private Map<String, String> local(Map<String, String> followUp) {
        Map<String, String> local = new LinkedHashMap<>(followUp);
        local.computeIfPresent("at", (name, at) -> {
            try {
                return writing.instant(Instant.parse(at));
            } catch (DateTimeException noInstant) {
                return at;
            }
        });
        return local;
    }

    private static Map<String, String> quoted(Map<String, String> followUp) {
        Map<String, String> quoted = new LinkedHashMap<>(followUp);
        quoted.computeIfPresent("says", (name, text) -> MarkdownText.quoted(text));
        return quoted;
    }

    private Rendered framed(WrittenRecord record, String medium, boolean signed) throws InterruptedException {
        Map<String, Object> model = model(record, medium);
        Controls controls = Controls.of(templates);
        model.put("controls", controls.table(record.document()));
        Rendered content = templates.render(CONTENT, model);
        boolean customised = content.customised() || controls.customised();
        String safe = SafeMarkup.of(content.text());
        model.put("signed", signed);
        model.put("customised", customised);
        model.put("templateSha256", content.sha256());
        String frame = shipped.render(FRAME, model).text().strip();
        int place = frame.indexOf(PLACE);
        if (place < 0) {
            throw new CouldNotRun(new Problem(
                    "The frame of the report has no place for its content",
                    "templates/" + FRAME,
                    "Install this Muster again: the frame is part of the program."));
        }
        String inside = "<div id=\"frame-content\">" + safe + "</div>";
        String text = frame.substring(0, place) + inside + frame.substring(place + PLACE.length()) + "\n";
        return new Rendered(text, content.sha256(), customised);
    }

    private Map<String, Object> model(WrittenRecord record, String medium) {
        Map<String, Object> model = new LinkedHashMap<>();
        Crowds crowds = Crowds.of(record, writing);
        model.put("medium", medium);
        model.put("paper", presentation.paper().label());
        model.put("record", readable(UnaryOperator.identity()).of(crowds.shown()));
        model.put("crowds", crowds.sums());
        model.put("followUps", followUps.stream().map(this::local).toList());
        model.put("conclusion", Conclusion.of(record, writing).words());
        model.put("waterfall", Waterfall.of(record, writing));
        model.put("rpoBars", Bars.of(record.measurements(), "rpo", writing));
        model.put("rtoBars", Bars.of(record.measurements(), "rto", writing));
        model.put("trend", Trend.of(record.measurements(), writing));
        model.put(
                "matrix", DetectionMatrix.of(record.document().path("findings").path("detection")));
        return model;
    }

    private ReadableDocument readable(UnaryOperator<String> quoting) {
        return new ReadableDocument(writing, quoting);
    }
}
