package dev.muster.telling;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to tell of a drill that ended. */
final class DrillNews {
    private DrillNews() {}

    static News of(DrillRecord record) {
        List<Problem> problems = Stream.concat(
                        record.problems().stream(),
                        record.checks().stream().map(CheckResult::problem).flatMap(Optional::stream))
                .distinct()
                .toList();
        String passed = record.checks().stream()
                        .filter(check -> check.verdict() == Verdict.PASSED)
                        .count()
                + " of " + record.checks().size() + " checks passed";
        return new News(
                kind(record.verdict()),
                record.request().runbook().system(),
                Optional.of(record.request().runbook().system()),
                Optional.of(record.drill()),
                record.finished(),
                problems.stream()
                        .findFirst()
                        .map(first -> first.what() + more(problems.size() - 1) + "; " + passed)
                        .orElse(passed),
                problems.stream().findFirst());
    }

    /** What the catalog lets one tell of a drill that did not pass; of one that passed somebody who was there tells. */
    static Optional<News> of(DrillSummary drill) {
        return drill.verdict()
                .filter(verdict -> verdict != Verdict.PASSED)
                .map(verdict -> new News(
                        kind(verdict),
                        drill.system(),
                        Optional.of(drill.system()),
                        Optional.of(drill.drill()),
                        drill.finished().orElse(drill.planned()),
                        drill.summary(),
                        Optional.of(new Problem(
                                drill.summary(),
                                drill.drill(),
                                "See more with `muster show " + drill.drill() + "`."))));
    }

    private static String more(int others) {
        return others == 0 ? "" : ", and " + others + " more problem" + (others == 1 ? "" : "s");
    }

    private static News.Kind kind(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> News.Kind.PASSED;
            case FAILED -> News.Kind.FAILED;
            case COULD_NOT_RUN -> News.Kind.COULD_NOT_RUN;
            case ABORTED -> News.Kind.ABORTED;
        };
    }

    /** The same of a drill before which not all was well. */
    static News again(News passed) {
        return new News(
                News.Kind.PASSED_AGAIN,
                passed.subject(),
                passed.system(),
                passed.drill(),
                passed.at(),
                passed.what(),
                passed.problem());
    }

    /** What its teardown could not remove. */
    static List<News> leftBehind(DrillRecord record) {
        return Stream.concat(
                        record.teardown().stream(), record.attempts().stream().flatMap(one -> one.teardown().stream()))
                .filter(receipt -> !receipt.removed())
                .distinct()
                .map(receipt -> leftBehind(record, receipt))
                .toList();
    }

    private static News leftBehind(DrillRecord record, TeardownReceipt receipt) {
        return new News(
                News.Kind.LEFT_BEHIND,
                receipt.scratch(),
                Optional.of(record.request().runbook().system()),
                Optional.of(record.drill()),
                receipt.at(),
                "The scratch could not be removed whole; left behind: " + String.join(", ", receipt.leftBehind()),
                Optional.of(new Problem(
                        "The scratch could not be removed whole; left behind: "
                                + String.join(", ", receipt.leftBehind()),
                        receipt.place(),
                        "Remove it with `muster scratch remove " + receipt.scratch() + "`.")));
    }
}
