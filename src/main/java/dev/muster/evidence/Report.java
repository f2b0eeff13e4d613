package dev.muster.evidence;

import dev.muster.evidence.control.Controls;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.template.Rendered;
import dev.muster.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The report for people: made from the document alone, so that it can be made again at any time. */
final class Report {
    private static final String TEMPLATE = "report.ftlh";

    private final Templates templates;

    Report(Templates templates) {
        this.templates = templates;
    }

    Rendered render(JsonNode document) throws InterruptedException {
        return render(document, List.of());
    }

    /**
     * Renders a record together with what followed it.
     *
     * @param followUps in order, each as a page shows it
     */
    Rendered render(JsonNode document, List<Map<String, String>> followUps) throws InterruptedException {
        Map<String, Object> model = new LinkedHashMap<>();
        WrittenRecord record = new WrittenRecord(document);
        Crowds crowds = Crowds.of(record);
        model.put("record", ReadableDocument.of(crowds.shown()));
        model.put("crowds", crowds.sums());
        model.put("conclusion", Conclusion.of(record).words());
        model.put("waterfall", Waterfall.of(record));
        model.put("followUps", followUps);
        Controls controls = Controls.of(templates);
        model.put("controls", controls.table(document));
        Rendered rendered = templates.render(TEMPLATE, model);
        return new Rendered(rendered.text(), rendered.sha256(), rendered.customised() || controls.customised());
    }
}
