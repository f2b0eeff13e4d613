package dev.muster.check.odoo;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Subject;
import dev.muster.check.rule.RuleQuestion;
import dev.muster.drill.Expectation;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Rule;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does something hold that Odoo itself never breaks?
 *
 * @param module the module without which there is nothing to ask
 * @param means what it means to the business when it does not hold
 * @param among the query for how many things are looked at, in the words of the restored version
 * @param breaches the query for what breaks it, likewise
 */
record OdooInvariant(
        String name,
        String module,
        String means,
        Function<OdooSchema, String> among,
        Function<OdooSchema, String> breaches)
        implements Check {
    static final String GROUP = "odoo-invariants";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public String group() {
        return GROUP;
    }

    /** Where the module is not installed there is nothing to ask, unless a process counts on the answer. */
    @Override
    public boolean concerns(Step.Check step, Subject subject) throws SQLException {
        return installed(OdooSchema.read(subject.restoredDatabase())) || proves(subject.runbook());
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException {
        OdooSchema schema = OdooSchema.read(subject.restoredDatabase());
        String place = subject.runbook().file() + ", check " + GROUP + ", " + name;
        if (!installed(schema)) {
            return Answer.couldNotRun(
                    new Problem(
                            "The module " + module + " is not installed in the restored database, and a process counts"
                                    + " on " + name,
                            place,
                            "Take " + name + " out of \"proof\" if production has no such module either; otherwise the"
                                    + " database is not the one that the runbook means."),
                    Map.of());
        }
        Rule rule = new Rule(
                name, breaches.apply(schema), Expectation.NONE, means, Optional.of(among.apply(schema)), LONGEST);
        return new RuleQuestion(rule, place).ask(subject.restoredDatabase());
    }

    boolean installed(OdooSchema schema) {
        return schema.modules().contains(module);
    }

    private boolean proves(Runbook runbook) {
        return runbook.processes().values().stream()
                .anyMatch(process -> process.proof().contains(name));
    }
}
