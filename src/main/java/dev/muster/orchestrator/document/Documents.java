package dev.muster.orchestrator.document;

import dev.muster.catalog.news.Attempt;
import dev.muster.catalog.news.Delivery;
import dev.muster.drill.Backup;
import dev.muster.drill.Candidate;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.News;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Checkpoint;
import dev.muster.orchestrator.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The documents that commands print and the API answers alike. */
public final class Documents {
    private Documents() {}

    public static <T> List<Section> list(Iterable<T> values, Function<T, Section> one) {
        List<Section> list = new ArrayList<>();
        values.forEach(value -> list.add(one.apply(value)));
        return list;
    }

    public static Section problem(Problem problem) {
        return new Section()
                .with("what", problem.what())
                .with("where", problem.where())
                .with("remedy", problem.remedy());
    }

    /** A drill, without the place of its bundle. */
    public static Section drill(DrillSummary drill) {
        return new Section()
                .with("drill", drill.drill())
                .with("runbook", drill.runbook())
                .with("system", drill.system())
                .with("verdict", drill.verdict().map(Enum::name))
                .with("planned", drill.planned())
                .with("started", drill.started())
                .with("finished", drill.finished())
                .with("disaster", drill.disaster())
                .with("rpoSeconds", drill.rpo())
                .with("rtoSeconds", drill.rto())
                .with("summary", drill.summary());
    }

    public static Section event(LedgerEvent event) {
        return new Section()
                .with("sequence", event.sequence())
                .with("at", event.at())
                .with("kind", event.kind().name())
                .with("drill", event.drill())
                .with("details", event.details())
                .with("previous", event.previous())
                .with("digest", event.digest());
    }

    public static Section checkpoint(Checkpoint checkpoint) {
        return new Section()
                .with("origin", checkpoint.origin())
                .with("size", checkpoint.size())
                .with("root", checkpoint.root())
                .with("at", checkpoint.at())
                .with("note", checkpoint.text());
    }

    public static Section scratch(OpenScratch scratch) {
        return new Section()
                .with("id", scratch.id())
                .with("drill", scratch.drill())
                .with("place", scratch.place())
                .with("opened", scratch.opened())
                .with("expires", scratch.expires())
                .with("state", state(scratch))
                .with("bytes", scratch.bytes())
                .with("processes", scratch.processes())
                .with("reach", scratch.reach());
    }

    /** What a scratch is there for, in words. */
    public static String state(OpenScratch scratch) {
        return scratch.kept() ? "kept" : scratch.owned() ? "in use" : "left behind";
    }

    public static Section receipt(TeardownReceipt receipt) {
        return new Section()
                .with("scratch", receipt.scratch())
                .with("place", receipt.place())
                .with("removed", receipt.removed())
                .with("at", receipt.at())
                .with("leftBehind", receipt.leftBehind());
    }

    public static Section plan(Plan plan) {
        return new Section()
                .with("disaster", plan.request().disaster())
                .with("backups", list(plan.point().backups().values(), Documents::backup))
                .with("candidates", list(plan.point().candidates(), Documents::candidate))
                .with("bytesToFetch", plan.bytes())
                .with("server", plan.server())
                .with("steps", plan.steps())
                .with("manifests", plan.manifests())
                .with("obstacles", list(plan.obstacles(), Documents::problem));
    }

    /** News for one receiver, and what became of it. */
    public static Section delivery(Delivery delivery) {
        News news = delivery.news();
        return new Section()
                .with("id", delivery.id())
                .with("receiver", delivery.receiver())
                .with("state", delivery.state().name())
                .with("written", delivery.written())
                .with("due", delivery.state() == Delivery.State.WAITING ? delivery.due() : null)
                .with("attempts", delivery.attempts())
                .with("lastAttempt", delivery.last().map(Attempt::at))
                .with("lastAnswer", delivery.last().map(Attempt::answer))
                .with("problem", delivery.last().flatMap(Attempt::problem).map(Documents::problem))
                .with(
                        "news",
                        new Section()
                                .with("kind", news.kind().name())
                                .with("subject", news.subject())
                                .with("system", news.system())
                                .with("drill", news.drill())
                                .with("at", news.at())
                                .with("what", news.what())
                                .with("problem", news.problem().map(Documents::problem)));
    }

    private static Section backup(Backup backup) {
        return new Section()
                .with("asset", backup.asset().label())
                .with("object", backup.object().address())
                .with("size", backup.object().size())
                .with("claimed", backup.claimed().at())
                .with("claimedFrom", backup.claimed().formula());
    }

    public static Section candidate(Candidate candidate) {
        return new Section()
                .with("asset", candidate.asset().label())
                .with("object", candidate.object().address())
                .with("size", candidate.object().size())
                .with("lastModified", candidate.object().lastModified())
                .with("version", candidate.object().version())
                .with("etag", candidate.object().etag())
                .with("claimed", candidate.claimed().at())
                .with("claimedFrom", candidate.claimed().formula())
                .with("complete", candidate.complete())
                .with("chosen", candidate.chosen())
                .with("reason", candidate.reason());
    }
}
