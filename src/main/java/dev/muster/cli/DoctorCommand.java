package dev.muster.cli;

import dev.muster.orchestrator.Doctor;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code muster doctor}: is this machine fit to drill. */
@Command(name = "doctor", description = "Says whether this machine is fit to drill; each line a fact and a remedy.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            List<Doctor.Fact> facts = workshop.doctor().examine();
            boolean fit = facts.stream().noneMatch(fact -> fact.state() == Doctor.State.WRONG);
            if (muster.json()) {
                new Json()
                        .with("fit", fit)
                        .with("facts", Json.list(facts, DoctorCommand::json))
                        .print(muster.terminal());
            } else {
                facts.forEach(fact -> muster.terminal().out().println(line(fact)));
                muster.terminal()
                        .out()
                        .println(muster.terminal().bold(fit ? "Fit to drill." : "Not fit to drill yet."));
            }
            return fit ? ExitCode.PASSED : ExitCode.COULD_NOT_RUN;
        }
    }

    private static String line(Doctor.Fact fact) {
        String mark = switch (fact.state()) {
            case GOOD -> "good   ";
            case MISSING -> "missing";
            case WRONG -> "WRONG  ";
        };
        return mark + "  " + fact.subject() + ": " + fact.what()
                + (fact.remedy().isEmpty() ? "" : " -> " + fact.remedy());
    }

    private static Json json(Doctor.Fact fact) {
        return new Json()
                .with("subject", fact.subject())
                .with("state", fact.state().name())
                .with("what", fact.what())
                .with("remedy", fact.remedy());
    }
}
