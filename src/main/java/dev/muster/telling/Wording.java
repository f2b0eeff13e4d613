package dev.muster.telling;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Figure;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.Handout;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.template.Legible;
import dev.muster.template.Templates;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the words for news: from templates, with what the catalog and the evidence know of the drill. */
public final class Wording {
    private static final Logger LOG = LoggerFactory.getLogger(Wording.class);
    private static final String FOLDER = "telling/";
    /** What begins so may say what is enclosed. */
    private static final String MAIL = "mail";

    private static final int LONGEST = 2000;

    private final Catalog catalog;
    private final Evidence evidence;
    private final Templates templates;
    private final Templates shipped = new Templates(Optional.empty());
    private final LocalWriting writing;
    private final Optional<String> organisation;

    /** @param templates those of the organisation come first */
    public Wording(
            Catalog catalog,
            Evidence evidence,
            Templates templates,
            LocalWriting writing,
            Optional<String> organisation) {
        this.catalog = catalog;
        this.evidence = evidence;
        this.templates = templates;
        this.writing = writing;
        this.organisation = organisation;
    }

    Map<String, Object> facts(Message message) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", KindWords.label(message.news().kind()));
        facts.put("test", message.test());
        facts.put("subject", clipped(message.news().subject()));
        message.news().system().ifPresent(system -> facts.put("system", clipped(system)));
        message.news().drill().ifPresent(drill -> facts.put("drill", clipped(drill)));
        facts.put("at", message.news().at().toString());
        facts.put("what", clipped(message.news().what()));
        message.news().problem().ifPresent(problem -> facts.put("problem", problem(problem, Wording::clipped)));
        organisation.ifPresent(name -> facts.put("organisation", name));
        message.known().drill().ifPresent(drill -> {
            facts.put("runbook", drill.runbook());
            drill.verdict().ifPresent(verdict -> facts.put("verdict", verdict.name()));
            drill.rpo().ifPresent(rpo -> facts.put("rpoSeconds", seconds(rpo)));
            drill.rto().ifPresent(rto -> facts.put("rtoSeconds", seconds(rto)));
            drill.bundle().ifPresent(bundle -> facts.put("bundle", bundle));
        });
        return facts;
    }

    /** An organisation's own template that is broken keeps nobody from being told. */
    String words(Message message, String template, UnaryOperator<String> quoting) throws InterruptedException {
        Map<String, Object> model = model(message, text -> quoting.apply(clipped(text)));
        if (template.startsWith(MAIL)) {
            model.putAll(enclosed(message));
        }
        try {
            return templates.render(FOLDER + template, model).text();
        } catch (CouldNotRun broken) {
            LOG.warn("{} The shipped template is used instead.", broken.problem());
            return shipped.render(FOLDER + template, model).text();
        }
    }

    private Map<String, Object> model(Message message, UnaryOperator<String> quoting) {
        Map<String, Object> news = new LinkedHashMap<>();
        news.put("kind", KindWords.label(message.news().kind()));
        news.put("word", KindWords.word(message.news().kind()));
        news.put("good", message.good());
        news.put("subject", quoting.apply(message.news().subject()));
        message.news().system().ifPresent(system -> news.put("system", quoting.apply(system)));
        message.news().drill().ifPresent(drill -> news.put("drill", quoting.apply(drill)));
        news.put("at", writing.instant(message.news().at()));
        news.put("what", quoting.apply(message.news().what()));
        message.news().problem().ifPresent(problem -> news.put("problem", problem(problem, quoting)));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("news", news);
        model.put("test", message.test());
        organisation.ifPresent(name -> model.put("organisation", quoting.apply(name)));
        message.known().drill().ifPresent(drill -> model.put("drill", drill(drill, quoting)));
        model.put("objectives", objectives(message, quoting));
        return model;
    }

    private static Map<String, Object> problem(Problem problem, UnaryOperator<String> quoting) {
        return Map.of(
                "what", quoting.apply(problem.what()),
                "where", quoting.apply(problem.where()),
                "remedy", quoting.apply(problem.remedy()));
    }

    private Map<String, Object> drill(DrillSummary drill, UnaryOperator<String> quoting) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("runbook", quoting.apply(drill.runbook()));
        model.put("disaster", writing.instant(drill.disaster()));
        put(model, "started", drill.started());
        put(model, "finished", drill.finished());
        drill.bundle().ifPresent(bundle -> model.put("bundle", quoting.apply(bundle)));
        return model;
    }

    private void put(Map<String, Object> model, String name, Optional<Instant> instant) {
        instant.ifPresent(there -> model.put(name, writing.instant(there)));
    }

    private List<Map<String, Object>> objectives(Message message, UnaryOperator<String> quoting) {
        List<Map<String, Object>> objectives = new ArrayList<>();
        message.known().measured().ifPresent(all -> {
            all.system().ifPresent(whole -> {
                objectives.add(objective("Whole system", "recovery point", whole.rpo()));
                objectives.add(objective("Whole system", "recovery time", whole.rto()));
            });
            all.processes().forEach((name, figures) -> {
                objectives.add(objective(quoting.apply(name), "recovery point", figures.rpo()));
                objectives.add(objective(quoting.apply(name), "recovery time", figures.rto()));
            });
        });
        return objectives;
    }

    private Map<String, Object> objective(String process, String which, Figure figure) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("process", process);
        model.put("objective", which);
        figure.target().ifPresent(target -> model.put("target", writing.duration(seconds(target))));
        figure.achieved().ifPresent(achieved -> model.put("achieved", writing.duration(seconds(achieved))));
        figure.met().ifPresent(met -> model.put("met", met));
        return model;
    }

    private Map<String, Object> enclosed(Message message) throws InterruptedException {
        Map<String, Object> model = new LinkedHashMap<>();
        message.handout().ifPresent(handout -> {
            model.put("classification", clipped(handout.classification()));
            model.put("demonstration", handout.demonstration());
            model.put("report", handout.ticket());
            model.put("enclosed", handout.enclosed().isPresent());
        });
        return model;
    }

    /** What cannot be read keeps nobody from being told that there is something. */
    Optional<Handout> handout(Message message) throws InterruptedException {
        Optional<Path> bundle =
                message.known().drill().flatMap(DrillSummary::bundle).map(Path::of);
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(evidence.handout(bundle.get()));
        } catch (CouldNotRun unreadable) {
            LOG.warn("{}", unreadable.problem());
            return Optional.empty();
        }
    }

    Message.Known known(News news) {
        return new Message.Known(
                news.drill()
                        .flatMap(id ->
                                catalog.find(id).filter(found -> found.drill().equals(id))),
                news.drill()
                        .flatMap(id -> Optional.ofNullable(
                                new Figures(catalog).measured(List.of(id)).get(id))));
    }

    private static String clipped(String text) {
        String legible = Legible.of(text);
        return legible.codePointCount(0, legible.length()) <= LONGEST
                ? legible
                : legible.substring(0, legible.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }
}
