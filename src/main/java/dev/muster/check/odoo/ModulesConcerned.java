package dev.muster.check.odoo;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Subject;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is there a module at all whose invariants can be asked? Says of each invariant whether it was. */
record ModulesConcerned(List<OdooInvariant> invariants) implements Check {

    @Override
    public String name() {
        return "odoo-modules";
    }

    @Override
    public String group() {
        return OdooInvariant.GROUP;
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException {
        OdooSchema schema = OdooSchema.read(subject.restoredDatabase());
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("modules installed", String.valueOf(schema.modules().size()));
        invariants.forEach(invariant -> observations.put(
                invariant.name(),
                invariant.installed(schema)
                        ? "asked"
                        : "not asked: the module " + invariant.module() + " is not installed"));
        if (invariants.stream().anyMatch(invariant -> invariant.installed(schema))) {
            return Answer.passed(observations);
        }
        return Answer.couldNotRun(
                new Problem(
                        "None of the modules is installed whose invariants could be asked: "
                                + String.join(
                                        ", ",
                                        invariants.stream()
                                                .map(OdooInvariant::module)
                                                .distinct()
                                                .toList()),
                        "database " + subject.restoredDatabase().name(),
                        "See with \"muster plan " + subject.runbook().file() + "\" whether the right backup was chosen."
                                + " If production has none of them either, take \"check: " + OdooInvariant.GROUP
                                + "\" out of the runbook."),
                observations);
    }
}
