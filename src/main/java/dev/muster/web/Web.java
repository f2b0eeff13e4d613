package dev.muster.web;

import dev.muster.people.Person;
import dev.muster.web.limit.Crowd;
import dev.muster.web.limit.RateLimits;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server: API and pages. */
public final class Web implements AutoCloseable {
    /** Under this name a request knows its person. */
    public static final String PERSON = "person";

    private static final long LARGEST_BODY = 1 << 20;
    /** Of what somebody sends, in bytes; who reads slowly is another matter. */
    private static final long LEAST_PER_SECOND = 100;

    private static final int THREADS = 200;
    private static final int ANSWERED_AT_ONCE = 150;
    private static final int AT_ONCE = 300;
    private static final Duration PAUSE = Duration.ofMillis(30);
    private static final int STRANGERS_AT_ONCE = 100;
    private static final Duration STRANGERS_PAUSE = Duration.ofMillis(100);

    private final Javalin server;
    private final List<String> routes;

    private Web(Javalin server, List<String> routes) {
        this.server = server;
        this.routes = List.copyOf(routes);
    }

    /** Starts to answer in plain text, with the plainest page for problems. */
    public static Web start(String address, int port, Gate gate, List<Part> parts) {
        return start(Listening.plain(address, port), gate, parts, ProblemPage.PLAIN, Clock.systemUTC());
    }

    /** Starts to answer. */
    public static Web start(Listening listening, Gate gate, List<Part> parts, ProblemPage page, Clock clock) {
        listening.refuseInTheOpen();
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("web");
        Admission admission = new Admission(
                gate,
                new RateLimits(AT_ONCE, PAUSE, clock),
                new RateLimits(STRANGERS_AT_ONCE, STRANGERS_PAUSE, clock),
                new Neighbours(listening.behindProxy()));
        List<String> all = new ArrayList<>();
        Javalin server = Javalin.create(config -> {
            limits(config);
            config.jetty.threadPool = threads;
            config.jetty.modifyServer(jetty ->
                    jetty.setHandler(new Crowd(ANSWERED_AT_ONCE, new MinimumDataRateHandler(LEAST_PER_SECOND, 0))));
            new Connections(listening, clock).install(config.jetty);
            new Problems(page).install(config.routes);
            Routes routes = new Routes(config.routes);
            config.routes.beforeMatched(admission::admit);
            parts.forEach(part -> part.add(routes));
            all.addAll(routes.all());
        });
        return new Web(server.start(), all);
    }

    private static void limits(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.prefer405over404 = true;
    }

    /** What it answers: method, path and right of each route. */
    public List<String> routes() {
        return routes;
    }

    public int port() {
        return server.port();
    }

    /** Who makes this request; for routes that need a right, there always is somebody. */
    public static Person person(Context request) {
        Person person = request.attribute(PERSON);
        if (person == null) {
            throw new IllegalStateException("a route that is open to all asks who it is");
        }
        return person;
    }

    @Override
    public void close() {
        server.stop();
    }
}
