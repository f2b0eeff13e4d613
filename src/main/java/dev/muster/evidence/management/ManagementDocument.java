package dev.muster.evidence.management;

import dev.muster.drill.Criticality;
import dev.muster.drill.Figure;
import dev.muster.drill.Forecast;
import dev.muster.drill.ProcessFigures;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.evidence.report.Presentation;
import dev.muster.outlook.management.Attainment;
import dev.muster.outlook.management.Breach;
import dev.muster.outlook.management.ManagementView;
import dev.muster.outlook.management.OpenAction;
import dev.muster.outlook.management.OpenActions;
import dev.muster.outlook.management.PastDrill;
import dev.muster.outlook.management.PeriodFigures;
import dev.muster.outlook.management.ProcessProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A view as a document for programs: what the page says, with every figure and name. */
public final class ManagementDocument {
    private final ManagementView view;
    private final Sentences sentences;

    private ManagementDocument(ManagementView view) {
        this.view = view;
        this.sentences = new Sentences(view, new LocalWriting(Presentation.USUAL));
    }

    public static Section of(ManagementView view) {
        return new ManagementDocument(view).section();
    }

    /** The drills on which the twelve months rest, so that anybody can count again. */
    public static List<Section> drills(ManagementView view) {
        return view.drills().stream()
                .map(drill -> new Section()
                        .with("drill", drill.drill())
                        .with("system", drill.system())
                        .with("ended", drill.ended())
                        .with("verdict", drill.verdict().name()))
                .toList();
    }

    private Section section() {
        List<Section> months = new ArrayList<>();
        view.months()
                .forEach((month, figures) ->
                        months.add(figures(new Section().with("month", month.toString()), figures)));
        Section formulas = new Section();
        for (Measure measure : Measure.values()) {
            formulas.with(measure.key(), measure.formula());
        }
        return new Section()
                .with("from", view.from())
                .with("asAt", view.asAt())
                .with("headline", sentences.headline())
                .with("basis", sentences.basis())
                .with("processes", view.processes().stream().map(this::process).toList())
                .with("withoutRunbook", view.withoutRunbook())
                .with("twelveMonths", figures(new Section(), view.year()))
                .with("months", months)
                .with("formulas", formulas)
                .with("breach", breach())
                .with("actions", actions());
    }

    private Section process(ProcessProof process) {
        return new Section()
                .with("system", process.system())
                .with("process", process.process())
                .with("criticality", process.criticality().map(Criticality::label))
                .with("state", process.state().name())
                .with("sentence", sentences.about(process))
                .with("provenBy", process.proof().map(proof -> proof.drill().drill()))
                .with("provenAt", process.proof().map(proof -> proof.drill().ended()))
                .with("unbrokenSince", process.unbrokenSince())
                .with("everySeconds", process.every())
                .with("rpo", figure(process, ProcessFigures::rpo))
                .with("rto", figure(process, ProcessFigures::rto))
                .with("lastDrill", process.last().map(PastDrill::drill))
                .with("lastVerdict", process.last().map(last -> last.verdict().name()));
    }

    private static Section figure(ProcessProof process, Function<ProcessFigures, Figure> which) {
        Optional<Figure> figure =
                process.proof().map(ProcessProof.Proof::figures).map(which);
        return new Section()
                .with("targetSeconds", figure.flatMap(Figure::target))
                .with("achievedSeconds", figure.flatMap(Figure::achieved))
                .with("met", figure.flatMap(Figure::met))
                .with("formula", figure.map(Figure::formula));
    }

    private static Section figures(Section section, PeriodFigures figures) {
        section.with("passed", figures.restores().passed())
                .with("failed", figures.restores().failed())
                .with("couldNotRun", figures.restores().couldNotRun())
                .with("aborted", figures.restores().aborted())
                .with("missed", figures.restores().missed())
                .with("forbidden", figures.restores().forbidden())
                .with("backupsTried", figures.backups().whole())
                .with("backupsRestored", figures.backups().part())
                .with("rpo", attainment(figures.rpo()))
                .with("rto", attainment(figures.rto()));
        for (Measure measure : Measure.values()) {
            section.with(measure.key(), measure.of(figures).rate());
        }
        return section;
    }

    private static Section attainment(Attainment attainment) {
        return new Section()
                .with("met", attainment.met())
                .with("missed", attainment.missed())
                .with("notMeasured", attainment.notMeasured());
    }

    private Section breach() {
        Breach breach = view.breach();
        Optional<Forecast> next = breach.next();
        return new Section()
                .with("sentence", sentences.breach())
                .with("at", next.flatMap(Forecast::breach))
                .with("system", next.map(Forecast::system))
                .with("process", next.flatMap(Forecast::process))
                .with("figure", next.map(forecast -> forecast.of().name()))
                .with("targetSeconds", next.flatMap(Forecast::target))
                .with("formula", next.map(Forecast::formula))
                .with("systemsForeseen", breach.foreseen())
                .with("systems", breach.systems());
    }

    private Section actions() {
        OpenActions actions = view.actions();
        return new Section()
                .with("open", actions.open().size())
                .with("overdue", actions.overdue().size())
                .with(
                        "byAge",
                        new Section()
                                .with(
                                        "upTo30Days",
                                        actions.of(OpenAction.Age.UP_TO_30_DAYS).size())
                                .with(
                                        "upTo90Days",
                                        actions.of(OpenAction.Age.UP_TO_90_DAYS).size())
                                .with(
                                        "over90Days",
                                        actions.of(OpenAction.Age.OVER_90_DAYS).size()))
                .with(
                        "all",
                        actions.open().stream().map(ManagementDocument::action).toList());
    }

    private static Section action(OpenAction action) {
        return new Section()
                .with("drill", action.drill())
                .with("system", action.system())
                .with("id", action.id())
                .with("what", action.what())
                .with("owner", action.owner())
                .with("opened", action.opened())
                .with("days", action.days())
                .with("due", action.due().map(Object::toString))
                .with("overdue", action.overdue());
    }
}
