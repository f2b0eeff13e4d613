package dev.muster.check.rule;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Subject;
import dev.muster.drill.Progress;
import dev.muster.drill.Rule;
import dev.muster.drill.Step;

/** Does one of the runbook's own rules hold? */
public record RuleHolds(Rule rule) implements Check {
    /** The step that lists them. */
    public static final String GROUP = "invariants";

    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) {
        return new RuleQuestion(rule, subject.runbook().file() + ", check " + GROUP + ", rule " + rule.name())
                .ask(subject.restoredDatabase());
    }
}
