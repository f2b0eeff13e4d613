package dev.muster.web.pages.drill;

import dev.muster.drill.DrillSummary;
import dev.muster.web.pages.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/** A drill of the catalog as pages show it. */
final class DrillInWords {
    private DrillInWords() {}

    static Map<String, Object> of(DrillSummary drill, Words words) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("name", drill.drill());
        said.put("runbook", drill.runbook());
        said.put("system", drill.system());
        said.put("verdict", drill.verdict().map(Enum::name).orElse("RUNNING"));
        said.put("planned", words.moment(drill.planned()));
        said.put("disaster", words.moment(drill.disaster()));
        drill.started().ifPresent(at -> said.put("started", words.moment(at)));
        drill.finished().ifPresent(at -> said.put("finished", words.moment(at)));
        drill.rpo().ifPresent(rpo -> {
            said.put("rpo", words.duration(rpo));
            said.put("rpoSeconds", rpo.toSeconds());
        });
        drill.rto().ifPresent(rto -> {
            said.put("rto", words.duration(rto));
            said.put("rtoSeconds", rto.toSeconds());
        });
        said.put("summary", drill.summary());
        said.put("bundle", drill.bundle().isPresent());
        return said;
    }
}
