package dev.muster.evidence.management;

import dev.muster.drill.Forecast;
import dev.muster.drill.Verdict;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.outlook.management.Breach;
import dev.muster.outlook.management.ManagementView;
import dev.muster.outlook.management.PastDrill;
import dev.muster.outlook.management.ProcessProof;
import dev.muster.outlook.management.ProcessProof.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a view comes to, in sentences that are made of its facts and nothing else. */
final class Sentences {
    private static final Map<Verdict, String> VERDICTS = Map.of(
            Verdict.PASSED, "passed",
            Verdict.FAILED, "failed",
            Verdict.COULD_NOT_RUN, "could not run",
            Verdict.ABORTED, "was aborted");

    private static final int LONGEST_NAME = 40;

    private final ManagementView view;
    private final LocalWriting writing;

    Sentences(ManagementView view, LocalWriting writing) {
        this.view = view;
        this.writing = writing;
    }

    String headline() {
        int all = view.processes().size();
        if (all == 0) {
            return "Nothing is proven recoverable: no runbook names a business process or a system.";
        }
        long proven = view.count(State.PROVEN);
        List<String> others = others();
        return (proven == all
                        ? all == 1 ? "The one business process is" : "All " + all + " business processes are"
                        : proven == 0
                                ? all == 1
                                        ? "The one business process is not"
                                        : "None of " + all + " business processes is"
                                : proven + " of " + all + " business processes " + (proven == 1 ? "is" : "are"))
                + " proven recoverable within "
                + (proven > 1 ? "their" : "its")
                + " targets"
                + (others.isEmpty() ? "" : "; " + joined(others))
                + ".";
    }

    private List<String> others() {
        List<String> others = new ArrayList<>();
        add(others, State.FAILED_SINCE, "failed since", "failed since");
        add(others, State.OVERDUE, "is overdue", "are overdue");
        add(others, State.NEVER_PROVEN, "has never been proven", "have never been proven");
        add(
                others,
                State.NOT_PROVEN_SINCE_CHANGE,
                "has not been proven since its runbook changed",
                "have not been proven since their runbooks changed");
        add(
                others,
                State.NO_PROMISE,
                "was proven without a promise how often",
                "were proven without a promise how often");
        return others;
    }

    private void add(List<String> others, State state, String one, String several) {
        long count = view.count(state);
        if (count > 0) {
            others.add(count + " " + (count == 1 ? one : several));
        }
    }

    private static String joined(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /** Why a process is not proven, and what that exposes; for one that is, by what. */
    String about(ProcessProof process) {
        String name = name(process);
        String rpo = duration(process.objectives().rpo());
        String rto = duration(process.objectives().rto());
        return switch (process.state()) {
            case NEVER_PROVEN ->
                never(process) + " Nobody knows whether it would come back at all, let alone within " + rto + ".";
            case FAILED_SINCE ->
                name + " was last restored " + ago(proof(process)) + "; a drill "
                        + process.failed().map(failed -> ago(failed.ended())).orElse("later")
                        + " failed. Until one passes again, nobody can count on having it back within " + rto + ".";
            case OVERDUE ->
                name + " was last restored " + ago(proof(process)) + "; promised every "
                        + process.every().map(this::days).orElse("time") + "." + since(process)
                        + " Until it is proven again, nobody knows whether all but the last " + rpo
                        + " of its work would survive.";
            case NOT_PROVEN_SINCE_CHANGE ->
                name + " was restored " + ago(proof(process))
                        + " by a runbook that has changed since. What would run today has not been tried.";
            case NO_PROMISE ->
                name + " was restored " + ago(proof(process))
                        + " within its targets. Nobody promised how often, so nothing tells when that is too old.";
            case PROVEN -> name + " was restored " + ago(proof(process)) + " within its targets.";
        };
    }

    private String never(ProcessProof process) {
        String name = name(process);
        return process.last()
                .map(last -> last.verdict() == Verdict.PASSED
                        ? "The last drill passed " + ago(last.ended()) + ", but did not show " + name
                                + " within its targets."
                        : "No drill has ever proven " + name + "; the last one, " + ago(last.ended()) + ", "
                                + VERDICTS.getOrDefault(last.verdict(), "did not pass") + ".")
                .orElse("No drill has ever proven " + name + ", and none was tried in these twelve months.");
    }

    /** What came after the proof and did not prove anything. */
    private String since(ProcessProof process) {
        Optional<PastDrill> after = process.last()
                .filter(last -> last.verdict() != Verdict.PASSED && last.ended().isAfter(proof(process)));
        return after.map(last -> " The last drill, " + ago(last.ended()) + ", "
                        + VERDICTS.getOrDefault(last.verdict(), "did not pass") + ".")
                .orElse("");
    }

    private static Instant proof(ProcessProof process) {
        return process.proof().orElseThrow().drill().ended();
    }

    /** As people call it: {@code order-capture} is order capture. */
    static String name(ProcessProof process) {
        return process.process().map(Sentences::name).orElse("System " + shortened(process.system()));
    }

    private static String name(String process) {
        String words = process.replace('-', ' ').replace('_', ' ').strip();
        return shortened(
                words.isEmpty() ? process : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    /** A sentence is read as a whole; the name as it is stands beside it. */
    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    private String ago(Instant instant) {
        long days = Duration.between(instant, view.asAt()).toDays();
        return days < 1 ? "less than a day ago" : days == 1 ? "a day ago" : days + " days ago";
    }

    String days(Duration duration) {
        long days = duration.toDays();
        return !duration.equals(Duration.ofDays(days)) ? duration(duration) : days == 1 ? "day" : days + " days";
    }

    String duration(Duration duration) {
        return writing.duration(BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros());
    }

    String breach() {
        Breach breach = view.breach();
        if (breach.tooLittleHistory()) {
            return "There is too little history to foresee anything.";
        }
        String rest = breach.foreseen() == breach.systems()
                ? ""
                : " Of " + (breach.systems() - breach.foreseen()) + " of " + breach.systems()
                        + " systems there is too little history to say.";
        return breach.next().map(this::breach).orElse("None is seen.") + rest;
    }

    private String breach(Forecast next) {
        boolean already = next.breach().filter(at -> at.isAfter(view.asAt())).isEmpty();
        return (next.of() == Forecast.Of.RPO ? "The recovery point" : "The recovery time") + " of "
                + next.process().map(Sentences::name).orElse("the whole system") + " (" + shortened(next.system())
                + ") "
                + (already ? "has missed its target" : "is expected to miss its target")
                + next.target().map(target -> " of " + duration(target)).orElse("")
                + (already ? " since " : " from ")
                + next.breach().map(writing::date).orElse("")
                + (already ? "." : " on.");
    }

    /** On what all of this rests. */
    String basis() {
        int drills = view.drills().size();
        long systems = view.drills().stream().map(PastDrill::system).distinct().count();
        return (drills == 0
                        ? "No drill has come to a verdict since "
                        : drills + (drills == 1 ? " drill of " : " drills of ") + systems
                                + (systems == 1 ? " system" : " systems") + " came to a verdict since ")
                + writing.date(view.from()) + ", as the catalog remembers"
                + (drills == 1 ? " it" : drills == 0 ? "" : " them")
                + ". What counts is the signed evidence of each drill, and the ledger.";
    }
}
