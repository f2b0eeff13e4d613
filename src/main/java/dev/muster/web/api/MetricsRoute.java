package dev.muster.web.api;

import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;

/** The figures that monitoring reads. */
public final class MetricsRoute implements Part {
    private final Figures figures;

    public MetricsRoute(Figures figures) {
        this.figures = figures;
    }

    /** Writes the figures down. */
    public interface Figures {
        /**
         * The figures of now.
         *
         * @param accept what whoever asks can read, in the words of HTTP
         */
        Text text(Optional<String> accept) throws InterruptedException;
    }

    /**
     * Figures, written down.
     *
     * @param type what it is, as HTTP names it
     */
    public record Text(String type, String words) {}

    @Override
    public void add(Routes routes) {
        routes.nearby(HandlerType.GET, "/metrics", Right.READ, this::answer);
    }

    private void answer(Context request) throws InterruptedException {
        Text text = figures.text(Optional.ofNullable(request.header("Accept")));
        request.contentType(text.type()).result(text.words());
    }
}
