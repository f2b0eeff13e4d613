package dev.muster.check;

import dev.muster.check.comparison.AsTheBaseline;
import dev.muster.check.comparison.AsTheLastDrill;
import dev.muster.check.comparison.RightSystem;
import dev.muster.check.comparison.RolesAndOwners;
import dev.muster.check.configuration.InventoryComplete;
import dev.muster.check.erasure.ErasedStayErased;
import dev.muster.check.erasure.ErasureList;
import dev.muster.check.filestore.FilesComplete;
import dev.muster.check.filestore.FilesNamed;
import dev.muster.check.odoo.OdooAttachments;
import dev.muster.check.odoo.OdooInvariants;
import dev.muster.check.rule.RuleHolds;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Erasure;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.drill.VaultQuestion;
import dev.muster.scratch.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** All checks that there are, and the asking of them. */
public final class Checks {
    private final Clock clock;
    private final List<Check> checks;

    Checks(Clock clock, List<Check> checks) {
        this.clock = clock;
        this.checks = List.copyOf(checks);
    }

    /** The checks that come with Muster, in the order in which they are asked. */
    public static Checks shipped(Clock clock) {
        List<Check> checks = new ArrayList<>(List.of(
                new IndexesValid(),
                new HeapAndIndexes(),
                new EverythingReadable(),
                new ForeignKeys(),
                new ConstraintsHold(),
                new SequencesAhead(),
                new CollationsMatch(),
                new ExtensionsThere(),
                new RowCounts(),
                new AsTheLastDrill(),
                new AsTheBaseline(),
                new RightSystem(),
                new RolesAndOwners(),
                new FilesComplete(OdooAttachments.REGISTER),
                new FilesNamed(OdooAttachments.REGISTER),
                new InventoryComplete()));
        checks.addAll(OdooInvariants.all());
        return new Checks(clock, checks);
    }

    /** The names of the checks in each group. */
    public Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (Check check : checks) {
            groups.computeIfAbsent(check.group(), name -> new TreeSet<>()).add(check.name());
        }
        // Asked of the vaults, and so by nobody here; runbooks name them as they name all others.
        groups.put(VaultQuestion.GROUP, VaultQuestion.labels());
        // Its checks are those that a runbook lists.
        groups.put(RuleHolds.GROUP, Set.of());
        return Collections.unmodifiableMap(groups);
    }

    /** Asks every check of the group that the step names, or the one check of that name, or the step's own rules. */
    public List<CheckResult> run(Step.Check step, Subject subject, Progress progress) throws InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        List<Finding> leftOut = leftOut(step, subject);
        for (Check check : named(step)) {
            Instant started = clock.instant();
            Optional<Answer> answer = ask(check, step, subject, progress);
            if (answer.isPresent()) {
                Answer told = results.isEmpty() ? answer.get().with(leftOut) : answer.get();
                results.add(result(check.name(), step, started, told));
            }
        }
        if (results.isEmpty()) {
            results.add(result(step.name(), step, clock.instant(), unknown(step, subject)));
        }
        return List.copyOf(results);
    }

    /** Erases again who is on the list, and asks whether anything of them is left. */
    public CheckResult erase(Erasure erasure, ErasureList list, String label, Subject subject, Progress progress)
            throws InterruptedException {
        Instant started = clock.instant();
        Check check = new ErasedStayErased(erasure, list);
        Answer answer = ask(check, new Step.Check(check.group(), Map.of()), subject, progress)
                .orElseThrow();
        return result(check.name(), label, started, answer);
    }

    /** A check that nobody asked has no result that could be taken for a pass; the first one of its group tells of it. */
    private static List<Finding> leftOut(Step.Check step, Subject subject) {
        return step.without().entrySet().stream()
                .map(each -> new Finding(
                        Finding.Severity.MAJOR,
                        new Problem(
                                "The check " + each.getKey() + " was left out and proves nothing: " + each.getValue(),
                                subject.runbook().file() + ", check " + step.name(),
                                "Remove " + each.getKey()
                                        + " from \"without:\" in the runbook once the reason is gone.")))
                .toList();
    }

    /** Whether the step asks the restored database; one that names no check does, for it might. */
    public boolean askDatabase(Step.Check step) {
        List<Check> named = named(step);
        return named.isEmpty() || named.stream().anyMatch(Check::asksDatabase);
    }

    /** Whether the step compares with what was known of the system before the drill. */
    public boolean lookBack(Step.Check step) {
        return named(step).stream().anyMatch(Check::looksBack);
    }

    private List<Check> named(Step.Check step) {
        return Stream.concat(
                        checks.stream()
                                .filter(check -> check.group().equals(step.name())
                                        || check.name().equals(step.name()))
                                .filter(check -> !step.without().containsKey(check.name())),
                        step.rules().stream().map(RuleHolds::new))
                .toList();
    }

    /** The check's answer; absent when it does not concern the restored system. */
    private Optional<Answer> ask(Check check, Step.Check step, Subject subject, Progress progress)
            throws InterruptedException {
        Duration longest = subject.runbook()
                .deadlines()
                .getOrDefault(Stage.CHECK, subject.runbook().scratch().timeToLive());
        Optional<GuardedDatabase> guarded = subject.database().map(GuardedDatabase::new);
        Subject shown =
                guarded.<Database>map(database -> database).map(subject::on).orElse(subject);
        try {
            return new Limit(longest)
                    .ask(
                            () -> check.concerns(step, shown)
                                    ? Optional.of(check.ask(step, shown, progress))
                                    : Optional.empty(),
                            () -> guarded.ifPresent(GuardedDatabase::close));
        } catch (TimeoutException late) {
            return Optional.of(couldNotRun(new Problem(
                    "The check " + check.name() + " had no answer within " + longest.toSeconds() + " s",
                    subject.runbook().file(),
                    "Give it more time with \"deadlines: { check: … }\" in the runbook.")));
        } catch (ExecutionException broken) {
            return Optional.of(couldNotRun(problem(check, subject, broken)));
        }
    }

    private static Problem problem(Check check, Subject subject, ExecutionException broken) {
        Throwable cause = broken.getCause();
        if (cause instanceof CouldNotRun said) {
            return said.problem();
        }
        String where = subject.runbook().file() + ", check " + check.name();
        if (cause instanceof SQLException error) {
            return new Problem(
                    "The restored database did not answer: " + ServerError.of(error),
                    where,
                    "Keep the scratch with --keep 4h and repeat the check there; the server's own log says more.");
        }
        if (cause instanceof IOException error) {
            return new Problem(
                    "The restored files could not be read: " + error,
                    where,
                    "See with \"muster doctor\" whether the disk and its rights are in order, then run the drill again.");
        }
        return new Problem(
                "The check broke off: " + cause,
                where,
                "Run the drill again with --verbose to see where it broke, and report it if it breaks again.");
    }

    private Answer unknown(Step.Check step, Subject subject) {
        return couldNotRun(new Problem(
                "There is no check or group of checks named " + step.name(),
                subject.runbook().file(),
                "Write one of " + String.join(", ", groups().keySet()) + "."));
    }

    private static Answer couldNotRun(Problem problem) {
        return Answer.couldNotRun(problem, Map.of());
    }

    private CheckResult result(String name, Step.Check step, Instant started, Answer answer) {
        return result(name, "check: " + step.name(), started, answer);
    }

    private CheckResult result(String name, String label, Instant started, Answer answer) {
        return new CheckResult(
                name,
                label,
                answer.verdict(),
                started,
                clock.instant(),
                answer.observations(),
                answer.problem(),
                answer.findings());
    }
}
