package dev.muster.web.api;

import dev.muster.drill.QueuedDrill;
import dev.muster.evidence.record.Section;
import dev.muster.outlook.Standing;
import dev.muster.people.Right;
import dev.muster.schedule.Desk;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How everything stands, in a few figures. */
final class OverviewRoutes implements Part {
    private final Desk desk;
    private final Supplier<List<Standing>> standings;

    OverviewRoutes(Desk desk, Supplier<List<Standing>> standings) {
        this.desk = desk;
        this.standings = standings;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/overview", Right.READ, this::overview);
    }

    private void overview(Context request) {
        List<Standing> all = standings.get();
        Json.answer(
                request,
                new Section()
                        .with("systems", all.size())
                        .with(
                                "proven",
                                count(all, standing -> standing.lastPassed().isPresent()))
                        .with(
                                "overdue",
                                count(all, standing -> standing.overdueSince().isPresent()))
                        .with(
                                "notProvenSinceChange",
                                count(all, standing -> !standing.changed().isEmpty()))
                        .with("running", drills(QueuedDrill.State.RUNNING))
                        .with("waiting", drills(QueuedDrill.State.WAITING))
                        .with("awaitingApproval", drills(QueuedDrill.State.AWAITING_APPROVAL)));
    }

    private static long count(List<Standing> all, Predicate<Standing> which) {
        return all.stream().filter(which).count();
    }

    private long drills(QueuedDrill.State state) {
        return desk.open().stream().filter(drill -> drill.state() == state).count();
    }
}
