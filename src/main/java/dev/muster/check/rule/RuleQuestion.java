package dev.muster.check.rule;

import dev.muster.check.Answer;
import dev.muster.check.ServerError;
import dev.muster.drill.Expectation;
import dev.muster.drill.Problem;
import dev.muster.drill.Rule;
import dev.muster.scratch.Database;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a rule to the restored database.
 *
 * @param place where the rule stands, for whoever has to change it
 */
public record RuleQuestion(Rule rule, String place) {
    private static final String CANCELLED = "57014";

    /** The answer, which is no pass when the server gave none or when there is nothing that the rule is about. */
    public Answer ask(Database database) {
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("means", rule.means());
        try (RuleSession session = RuleSession.open(database, rule.within())) {
            if (rule.among().isPresent()) {
                Optional<Problem> nothing = population(session.ask(rule.among().get()), observations);
                if (nothing.isPresent()) {
                    return Answer.couldNotRun(nothing.get(), observations);
                }
            }
            return judge(session.ask(rule.sql()), observations);
        } catch (SQLException error) {
            return Answer.couldNotRun(noAnswer(ServerError.of(error)), observations);
        }
    }

    private Optional<Problem> population(Rows rows, Map<String, String> observations) {
        Optional<String> number = rows.onlyValue().filter(value -> value.matches("\\d+"));
        observations.put("looked at", number.orElse("not known"));
        if (number.isEmpty()) {
            return Optional.of(new Problem(
                    "How many things the rule " + rule.name() + " is about is not known: its query gave "
                            + rows.described(),
                    place,
                    "Let \"among\" give one whole number, as \"select count(*) from ...\" does."));
        }
        return number.filter(value -> value.matches("0+"))
                .map(none -> new Problem(
                        "There is nothing that the rule " + rule.name() + " is about, so it proves nothing",
                        place,
                        "See with \"muster plan\" whether the right backup was chosen. If the business really has"
                                + " none of these yet, take the rule out until it has."));
    }

    private Answer judge(Rows rows, Map<String, String> observations) {
        if (rule.expect().ofOneValue()) {
            return value(rows, observations);
        }
        observations.put("rows", rows.counted());
        boolean none = rule.expect().kind() == Expectation.Kind.NO_ROW;
        if (none == rows.empty()) {
            return Answer.passed(observations);
        }
        List<String> first = rows.first();
        for (int i = 0; i < first.size(); i++) {
            observations.put("row " + (i + 1), first.get(i));
        }
        return Answer.failed(
                none
                        ? broken(
                                "its query must find nothing and found " + rows.counted() + ", such as " + first.get(0))
                        : broken("its query must find something and found nothing"),
                observations);
    }

    private Answer value(Rows rows, Map<String, String> observations) {
        Optional<String> value = rows.onlyValue();
        observations.put("expected", rule.expect().value());
        observations.put("given", rows.described());
        if (value.isEmpty()) {
            return Answer.couldNotRun(
                    new Problem(
                            "The rule " + rule.name() + " asks for one value, and its query gave " + rows.described(),
                            place,
                            "Let the query give one row with one value that is not null, or expect \"none\" or"
                                    + " \"some\" rows."),
                    observations);
        }
        return rule.expect().met(value.get())
                ? Answer.passed(observations)
                : Answer.failed(
                        broken("its query gave " + rows.described() + " instead of "
                                + rule.expect().value()),
                        observations);
    }

    private Problem broken(String how) {
        return new Problem(
                "The rule " + rule.name() + " does not hold: " + how + ". " + rule.means(),
                place,
                "Put the same query to production. If the rule holds there, the backup is at fault: choose an older one"
                        + " with --backup database=KEY and repair the backup job. If not, production itself needs"
                        + " repair.");
    }

    private Problem noAnswer(ServerError error) {
        boolean late = error.state().equals(CANCELLED);
        return new Problem(
                "The rule " + rule.name() + " has no answer: " + error,
                place,
                late
                        ? "Each query has " + rule.within().toSeconds() + " s. If the data just needs longer, give the"
                                + " rule more with \"within: 5m\"."
                        : "See whether the tables came back at all, then correct the query; \"muster run RUNBOOK --keep 4h\" leaves the database up to try it in."
                                + " Tables outside the schema public need their schema before the name.");
    }
}
