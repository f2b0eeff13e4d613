package dev.muster.evidence.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One control.
 *
 * @param catalogue who demands it
 * @param title what it is about, in words of one's own
 * @param textChecked whether the row was written with the control's own text at hand
 */
record Control(
        String catalogue,
        String control,
        String title,
        boolean textChecked,
        List<Support> supports,
        String doesNotShow) {

    Control {
        supports = List.copyOf(supports);
    }

    /** What a section has to say for it. */
    record Support(RecordSection section, String how) {}

    /** The row as a template gets it. */
    Map<String, Object> row(JsonNode record) {
        List<Map<String, Object>> shown = new ArrayList<>();
        List<Map<String, Object>> missing = new ArrayList<>();
        for (Support support : supports) {
            Optional<String> why = support.section().missing(record);
            Map<String, Object> cell = new LinkedHashMap<>();
            cell.put("section", support.section().name());
            cell.put("title", support.section().title());
            cell.put("how", why.orElse(support.how()));
            (why.isPresent() ? missing : shown).add(cell);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("catalogue", catalogue);
        row.put("control", control);
        row.put("title", title);
        row.put("textChecked", textChecked);
        row.put("supports", shown);
        row.put("missing", missing);
        row.put("doesNotShow", doesNotShow);
        return row;
    }
}
