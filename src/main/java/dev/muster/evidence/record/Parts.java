package dev.muster.evidence.record;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.Figure;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import dev.muster.drill.TeardownReceipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What stands in several sections of a record, in the same form each time. */
final class Parts {
    private Parts() {}

    static Section figure(Figure figure) {
        return new Section()
                .with("targetSeconds", figure.target())
                .with("achievedSeconds", figure.achieved())
                .with("met", figure.met())
                .with("formula", figure.formula())
                .with("inputs", figure.inputs());
    }

    static Section process(ProcessFigures figures) {
        return new Section().with("rpo", figure(figures.rpo())).with("rto", figure(figures.rto()));
    }

    static Section problem(Problem problem) {
        return new Section()
                .with("what", problem.what())
                .with("where", problem.where())
                .with("remedy", problem.remedy());
    }

    static Section finding(Finding finding) {
        return new Section()
                .with("severity", finding.severity().name())
                .with("what", finding.problem().what())
                .with("where", finding.problem().where())
                .with("remedy", finding.problem().remedy());
    }

    static Section stored(StoredObject object) {
        return new Section()
                .with("vault", object.vault())
                .with("address", object.address())
                .with("size", object.size())
                .with("etag", object.etag())
                .with("version", object.version())
                .with("lastModified", object.lastModified());
    }

    static Section reading(Reading reading) {
        return new Section().with("at", reading.at()).with("formula", reading.formula());
    }

    static Section teardown(TeardownReceipt receipt) {
        return new Section()
                .with("scratch", receipt.scratch())
                .with("place", receipt.place())
                .with("removed", receipt.removed())
                .with("at", receipt.at())
                .with("leftBehind", receipt.leftBehind());
    }

    static Section backup(Backup backup) {
        return new Section()
                .with("format", backup.source().format().label())
                .with("object", stored(backup.object()))
                .with("claimed", reading(backup.claimed()));
    }

    static <T> List<Object> each(List<T> values, Function<T, Object> form) {
        return values.stream().map(form).toList();
    }

    static <T> Map<String, Object> byName(Map<String, T> values, Function<T, Object> form) {
        Map<String, Object> formed = new LinkedHashMap<>();
        values.forEach((name, value) -> formed.put(name, form.apply(value)));
        return formed;
    }

    static <T> Map<String, Object> byAsset(Map<Asset, T> values, Function<T, Object> form) {
        Map<String, Object> formed = new LinkedHashMap<>();
        values.forEach((asset, value) -> formed.put(asset.label(), form.apply(value)));
        return formed;
    }
}
