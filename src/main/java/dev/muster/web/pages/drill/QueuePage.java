package dev.muster.web.pages.drill;

import dev.muster.drill.QueuedDrill;
import dev.muster.people.Right;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.pages.Layout;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;

/** What runs, what waits and for what, and what awaits approval. */
final class QueuePage implements Part {
    private final Desk desk;
    private final Layout layout;
    private final QueuedInWords words;

    QueuePage(Desk desk, Layout layout) {
        this.desk = desk;
        this.layout = layout;
        this.words = new QueuedInWords(layout.words());
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/queue", Right.READ, this::show);
    }

    private void show(Context request) {
        List<QueuedDrill> open = desk.open();
        layout.answer(
                request,
                "queue",
                "queue",
                Map.of(
                        "awaiting", in(QueuedDrill.State.AWAITING_APPROVAL, open, request),
                        "running", in(QueuedDrill.State.RUNNING, open, request),
                        "waiting", in(QueuedDrill.State.WAITING, open, request)));
    }

    private List<Map<String, Object>> in(QueuedDrill.State state, List<QueuedDrill> open, Context request) {
        return open.stream()
                .filter(drill -> drill.state() == state)
                .map(drill -> words.of(drill, Web.person(request)))
                .toList();
    }
}
