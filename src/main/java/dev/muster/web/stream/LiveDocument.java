package dev.muster.web.stream;

import dev.muster.drill.LiveDrill;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;

/** A running drill, as it looks at one moment, as a document. */
public final class LiveDocument {
    private LiveDocument() {}

    public static Section of(LiveDrill live) {
        return new Section()
                .with("drill", live.drill())
                .with("at", live.at())
                .with("verdict", live.verdict().map(Enum::name))
                .with("stages", Documents.list(live.stages(), LiveDocument::stage))
                .with("works", Documents.list(live.works(), LiveDocument::work))
                .with("lines", Documents.list(live.lines(), LiveDocument::line))
                .with("earlierLines", live.earlierLines());
    }

    private static Section stage(LiveDrill.StageSpan span) {
        return new Section()
                .with("stage", span.stage().name())
                .with("from", span.from())
                .with("to", span.to());
    }

    private static Section work(LiveDrill.Work work) {
        return new Section()
                .with("stage", work.stage().name())
                .with("name", work.name())
                .with("done", work.done())
                .with("total", work.total() > 0 ? work.total() : null)
                .with("unit", work.unit().name())
                .with("perSecond", work.perSecond());
    }

    private static Section line(LiveDrill.Line line) {
        return new Section().with("at", line.at()).with("text", line.text());
    }
}
