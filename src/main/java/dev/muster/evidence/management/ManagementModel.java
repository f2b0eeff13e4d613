package dev.muster.evidence.management;

import dev.muster.drill.Criticality;
import dev.muster.drill.Figure;
import dev.muster.drill.Forecast;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.outlook.management.ManagementView;
import dev.muster.outlook.management.OpenAction;
import dev.muster.outlook.management.OpenActions;
import dev.muster.outlook.management.PeriodFigures;
import dev.muster.outlook.management.ProcessProof;
import dev.muster.outlook.management.ProcessProof.State;
import dev.muster.outlook.management.Restores;
import dev.muster.outlook.management.Share;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A view as templates take it, written the way an organisation is used to. */
public final class ManagementModel {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);

    private final ManagementView view;
    private final LocalWriting writing;
    private final Sentences sentences;

    private ManagementModel(ManagementView view, LocalWriting writing) {
        this.view = view;
        this.writing = writing;
        this.sentences = new Sentences(view, writing);
    }

    /** The model of both the page and the paper. */
    public static Map<String, Object> of(ManagementView view, LocalWriting writing) {
        return new ManagementModel(view, writing).model();
    }

    static String month(YearMonth month) {
        return MONTH.format(month);
    }

    static String percent(Share share, LocalWriting writing) {
        return share.rate().map(writing::percent).orElse("nothing to count");
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("headline", sentences.headline());
        model.put("asAt", writing.instant(view.asAt()));
        model.put("from", writing.date(view.from()));
        model.put("basis", sentences.basis());
        model.put(
                "exposed",
                view.processes().stream()
                        .filter(one -> one.state() != State.PROVEN)
                        .map(this::row)
                        .toList());
        model.put(
                "proven",
                view.processes().stream()
                        .filter(one -> one.state() == State.PROVEN)
                        .map(this::row)
                        .toList());
        model.put("withoutRunbook", view.withoutRunbook());
        model.put("measures", Stream.of(Measure.values()).map(this::measure).toList());
        model.put("beside", beside(view.year().restores()));
        model.put("months", months());
        model.put("breach", breach());
        model.put("actions", actions());
        return model;
    }

    private Map<String, Object> row(ProcessProof process) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", Sentences.name(process));
        row.put("system", process.system());
        row.put("state", process.state().name());
        row.put("criticality", process.criticality().map(Criticality::label).orElse("not declared"));
        row.put("sentence", sentences.about(process));
        process.every().ifPresent(every -> row.put("every", sentences.days(every)));
        process.proof().ifPresent(proof -> {
            row.put("drill", proof.drill().drill());
            row.put("on", writing.date(proof.drill().ended()));
            row.put("rpo", figure(proof.figures().rpo()));
            row.put("rto", figure(proof.figures().rto()));
        });
        process.unbrokenSince().ifPresent(since -> row.put("since", writing.date(since)));
        return row;
    }

    private Map<String, Object> figure(Figure figure) {
        Map<String, Object> model = new LinkedHashMap<>();
        figure.target().ifPresent(target -> model.put("target", sentences.duration(target)));
        figure.achieved().ifPresent(achieved -> model.put("achieved", sentences.duration(achieved)));
        figure.met().ifPresent(met -> model.put("met", met));
        model.put("formula", figure.formula());
        return model;
    }

    private Map<String, Object> measure(Measure measure) {
        Share share = measure.of(view.year());
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", measure.title());
        model.put("rate", share.rate().map(writing::percent).orElse("–"));
        model.put("count", share.whole() == 0 ? "nothing to count" : share.part() + " of " + share.whole());
        model.put("formula", measure.formula());
        model.put("plot", Plot.of(measure, view.months(), writing));
        return model;
    }

    /** What the share of those that passed does not tell. */
    private static String beside(Restores restores) {
        return restores.failed() + " failed, " + restores.couldNotRun() + " could not run, " + restores.aborted()
                + " aborted; beside these, " + restores.missed()
                + (restores.missed() == 1 ? " slot was" : " slots were")
                + " missed and " + restores.forbidden() + " forbidden.";
    }

    private List<Map<String, Object>> months() {
        List<Map<String, Object>> months = new ArrayList<>();
        view.months().forEach((month, figures) -> months.add(month(month, figures)));
        return months;
    }

    private Map<String, Object> month(YearMonth month, PeriodFigures figures) {
        Restores restores = figures.restores();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", month(month));
        model.put(
                "shares",
                Stream.of(Measure.values())
                        .map(measure -> cell(measure.of(figures)))
                        .toList());
        model.put("failed", restores.failed());
        model.put("couldNotRun", restores.couldNotRun());
        model.put("aborted", restores.aborted());
        model.put("missed", restores.missed());
        model.put("forbidden", restores.forbidden());
        model.put(
                "notMeasured",
                figures.rpo().notMeasured() + " / " + figures.rto().notMeasured());
        return model;
    }

    private static String cell(Share share) {
        return share.whole() == 0 ? "–" : share.part() + " of " + share.whole();
    }

    private Map<String, Object> breach() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("text", sentences.breach());
        view.breach().next().map(Forecast::formula).ifPresent(formula -> model.put("formula", formula));
        return model;
    }

    private Map<String, Object> actions() {
        OpenActions actions = view.actions();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("open", actions.open().size());
        model.put("overdue", actions.overdue().size());
        model.put(
                "ages",
                Stream.of(OpenAction.Age.values())
                        .map(age -> actions.of(age).size())
                        .toList());
        model.put(
                "rows",
                Stream.concat(
                                actions.overdue().stream(),
                                actions.open().stream().filter(action -> !action.overdue()))
                        .map(this::action)
                        .toList());
        return model;
    }

    private Map<String, Object> action(OpenAction action) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("drill", action.drill());
        model.put("system", action.system());
        model.put("what", action.what());
        model.put("owner", action.owner().orElse("nobody"));
        model.put("days", action.days());
        action.due().ifPresent(due -> model.put("due", writing.date(due)));
        model.put("overdue", action.overdue());
        return model;
    }
}
