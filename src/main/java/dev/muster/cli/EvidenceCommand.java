package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpWords;
import dev.muster.orchestrator.followup.Action;
import dev.muster.orchestrator.followup.Completed;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.followup.Incomplete;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster evidence}: what comes after a drill, signed and never by editing. */
@Command(
        name = "evidence",
        description = "What comes after a drill: completed evidence, actions, sign-offs.",
        subcommands = {
            EvidenceCommand.ListIncomplete.class,
            EvidenceCommand.Complete.class,
            EvidenceCommand.Act.class,
            EvidenceCommand.SignOff.class
        })
final class EvidenceCommand {
    @ParentCommand
    private MusterCommand muster;

    private static Json json(Incomplete one) {
        return new Json()
                .with("drill", one.drill())
                .with("missing", one.missing().name())
                .with("reason", one.reason());
    }

    private int added(FollowUp one) {
        if (muster.json()) {
            new Json()
                    .with("followUp", one.number())
                    .with("says", FollowUpWords.sentence(one))
                    .with("file", one.file())
                    .with("sha256", one.sha256())
                    .print(muster.terminal());
        } else {
            muster.terminal().out().println("Follow-up " + one.number() + ": " + FollowUpWords.sentence(one) + ".");
            muster.terminal().out().println("wrote " + one.file() + "; keep it beside the bundle");
        }
        return ExitCode.PASSED;
    }

    /** {@code muster evidence list}. */
    @Command(name = "list", description = "Lists evidence that lacks its signature or its timestamp.")
    static final class ListIncomplete implements Callable<Integer> {
        @ParentCommand
        private EvidenceCommand evidence;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = evidence.muster;
            try (Workshop workshop = muster.workshop()) {
                List<Incomplete> incomplete = workshop.followingUp().incomplete();
                if (muster.json()) {
                    new Json()
                            .with("incomplete", Json.list(incomplete, EvidenceCommand::json))
                            .print(muster.terminal());
                } else if (incomplete.isEmpty()) {
                    muster.terminal().out().println("All evidence is complete.");
                } else {
                    Table table = new Table("drill", "missing", "reason");
                    incomplete.forEach(
                            one -> table.row(one.drill(), one.missing().name().toLowerCase(Locale.ROOT), one.reason()));
                    table.lines().forEach(muster.terminal().out()::println);
                    muster.terminal().out().println("Add what is missing with: muster evidence complete");
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster evidence complete}. */
    @Command(
            name = "complete",
            description = "Signs evidence that could not be signed, and adds timestamps that could not be had.")
    static final class Complete implements Callable<Integer> {
        @ParentCommand
        private EvidenceCommand evidence;

        @Parameters(
                arity = "0..*",
                paramLabel = "DRILL",
                description = "Drills, or unambiguous beginnings of their names; else all.")
        private List<String> drills = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = evidence.muster;
            try (Workshop workshop = muster.workshop()) {
                FollowingUp followingUp = workshop.followingUp();
                List<Incomplete> wanted = wanted(workshop, followingUp.incomplete());
                List<Completed> completed = new ArrayList<>();
                for (Incomplete one : wanted) {
                    completed.add(followingUp.complete(one));
                }
                if (muster.json()) {
                    new Json()
                            .with("completed", Json.list(completed, Complete::json))
                            .print(muster.terminal());
                } else if (completed.isEmpty()) {
                    muster.terminal().out().println("All evidence is complete.");
                } else {
                    completed.forEach(one -> print(one, muster.terminal()));
                }
                return completed.stream().anyMatch(one -> one.untimed().isPresent())
                        ? ExitCode.COULD_NOT_RUN
                        : ExitCode.PASSED;
            }
        }

        private List<Incomplete> wanted(Workshop workshop, List<Incomplete> all) {
            if (drills.isEmpty()) {
                return all;
            }
            List<String> named = drills.stream()
                    .map(name -> PastDrill.find(workshop, name).drill())
                    .toList();
            return all.stream().filter(one -> named.contains(one.drill())).toList();
        }

        private static void print(Completed one, Terminal terminal) {
            terminal.out()
                    .println(one.drill() + ": " + one.was().name().toLowerCase(Locale.ROOT) + " added, in "
                            + one.file());
            one.untimed().ifPresent(problem -> terminal.err().println("muster: " + problem));
        }

        private static Json json(Completed one) {
            return new Json()
                    .with("drill", one.drill())
                    .with("added", one.was().name())
                    .with("file", one.file())
                    .with("problem", one.untimed().map(DrillJson::problem));
        }
    }

    /** {@code muster evidence action}. */
    @Command(name = "action", description = "Notes what is done about a finding of a drill, or that it is dealt with.")
    static final class Act implements Callable<Integer> {
        @ParentCommand
        private EvidenceCommand evidence;

        @Parameters(paramLabel = "DRILL", description = "The drill, or an unambiguous beginning of its name.")
        private String drill;

        @Option(
                names = "--finding",
                required = true,
                paramLabel = "TEXT|N",
                description = "The finding: its number in the report, from 1, or its own words.")
        private String finding;

        @Option(names = "--owner", required = true, paramLabel = "NAME", description = "Who looks after it.")
        private String owner;

        @Option(names = "--due", paramLabel = "DATE", description = "Until when, such as 2026-12-31.")
        private @Nullable String due;

        @Option(names = "--ticket", paramLabel = "ID", description = "Where it is followed.")
        private @Nullable String ticket;

        @Option(names = "--retest", paramLabel = "DRILL", description = "The drill that tried again whether it helped.")
        private @Nullable String retest;

        @Option(names = "--close", description = "The finding is dealt with.")
        private boolean close;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = evidence.muster.workshop()) {
                DrillSummary found = PastDrill.find(workshop, drill);
                Action action = new Action(
                        finding(PastDrill.bundle(found)),
                        owner,
                        Optional.ofNullable(due).map(Act::date),
                        Optional.ofNullable(ticket),
                        Optional.ofNullable(retest),
                        close);
                return evidence.added(workshop.followingUp().note(found.drill(), action));
            }
        }

        private String finding(Path bundle) {
            if (!finding.matches("[0-9]{1,4}")) {
                return finding;
            }
            List<String> findings = Evidence.findings(bundle);
            int number = Integer.parseInt(finding);
            if (number < 1 || number > findings.size()) {
                throw new WrongUsage(new Problem(
                        "The record has " + findings.size() + (findings.size() == 1 ? " finding" : " findings")
                                + ", and none with the number " + number,
                        "--finding " + number,
                        "Count them in the report from 1, or write what was found in words."));
            }
            return findings.get(number - 1);
        }

        private static LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException malformed) {
                throw new WrongUsage(
                        new Problem("That is no date", "--due " + text, "Write it like --due 2026-12-31."));
            }
        }
    }

    /** {@code muster evidence sign-off}. */
    @Command(name = "sign-off", description = "Notes that a reviewer stands by the evidence of a drill.")
    static final class SignOff implements Callable<Integer> {
        @ParentCommand
        private EvidenceCommand evidence;

        @Parameters(paramLabel = "DRILL", description = "The drill, or an unambiguous beginning of its name.")
        private String drill;

        @Option(
                names = "--by",
                required = true,
                paramLabel = "NAME",
                description = "The reviewer, as the file of approvers calls them.")
        private String by;

        @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "What the reviewer says.")
        private String comment;

        @Option(
                names = "--signature",
                required = true,
                paramLabel = "FILE",
                description = "What `ssh-keygen -Y sign -n muster-sign-off -f KEY BUNDLE` made.")
        private Path signature;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = evidence.muster.workshop()) {
                DrillSummary found = PastDrill.find(workshop, drill);
                return evidence.added(workshop.followingUp().signOff(found.drill(), by, comment, signature));
            }
        }
    }
}
