package dev.muster.web.pages;

import dev.muster.catalog.news.Attempt;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who was told of what, what still waits, and what went wrong. */
public final class DeliveriesPage implements Part {
    private static final int MOST = 2000;
    private static final int ON_PAGE = 50;

    private final Outbox outbox;
    private final List<String> receivers;
    private final Layout layout;
    private final Listing<Delivery> listing = new Listing<>(
            "deliveries",
            List.of(
                    Listing.Column.by("at", "At", one -> Optional.of(one.written())),
                    Listing.Column.by(
                            "news", "News", one -> Optional.of(one.news().kind())),
                    Listing.Column.by("of", "Of", one -> Optional.of(one.news().subject())),
                    Listing.Column.by("receiver", "Receiver", one -> Optional.of(one.receiver())),
                    Listing.Column.by("state", "Delivery", one -> Optional.of(one.state()))),
            one -> one.news().kind() + " " + one.news().subject() + " " + one.receiver() + " "
                    + one.news().what(),
            views(),
            ON_PAGE);

    /** @param receivers those of the settings, by name */
    public DeliveriesPage(Outbox outbox, List<String> receivers, Layout layout) {
        this.outbox = outbox;
        this.receivers = List.copyOf(receivers);
        this.layout = layout;
    }

    private static Map<String, Predicate<Delivery>> views() {
        Map<String, Predicate<Delivery>> views = new LinkedHashMap<>();
        views.put("All", one -> true);
        views.put("Waiting", one -> one.state() == Delivery.State.WAITING);
        views.put("Given up", one -> one.state() == Delivery.State.GIVEN_UP);
        views.put("Delivered", one -> one.state() == Delivery.State.DELIVERED);
        return views;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/deliveries", Right.READ, this::answer);
    }

    private void answer(Context request) {
        List<Delivery> newest = outbox.newest(MOST);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("receivers", receivers);
        model.put("any", !newest.isEmpty());
        model.put("deliveries", listing.shown(request, newest).with(this::row));
        layout.answer(request, "deliveries", "deliveries", model);
    }

    private Map<String, Object> row(Delivery one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", layout.words().moment(one.written()));
        row.put("kind", one.news().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        row.put("subject", one.news().subject());
        one.news().system().ifPresent(system -> row.put("system", system));
        one.news().drill().ifPresent(drill -> row.put("drill", drill));
        row.put("what", one.news().what());
        row.put("receiver", one.receiver());
        row.put("state", one.state().name());
        row.put("attempts", one.attempts());
        if (one.state() == Delivery.State.WAITING) {
            row.put("due", layout.words().moment(one.due()));
        }
        one.last().map(Attempt::answer).ifPresent(answer -> row.put("answer", answer));
        one.last().flatMap(Attempt::problem).ifPresent(problem -> row.put("problem", Words.problem(problem)));
        return row;
    }
}
