package dev.muster.web.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** Ends connections whose first request does not come: a byte now and then keeps none open. */
public final class Idlers extends AbstractLifeCycle {
    private static final long LOOK_SECONDS = 2;

    private final ServerConnector connector;
    private final Duration patience;
    private final Clock clock;

    public Idlers(ServerConnector connector, Duration patience, Clock clock) {
        this.connector = connector;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    protected void doStart() {
        lookLater();
    }

    private void lookLater() {
        Scheduler scheduler = connector.getScheduler();
        scheduler.schedule(
                () -> {
                    connector.getConnectedEndPoints().stream()
                            .filter(this::idles)
                            .forEach(EndPoint::close);
                    if (isRunning()) {
                        lookLater();
                    }
                },
                LOOK_SECONDS,
                TimeUnit.SECONDS);
    }

    private boolean idles(EndPoint end) {
        Connection connection = end.getConnection();
        return connection != null
                && connection.getMessagesIn() == 0
                && clock.millis() - end.getCreatedTimeStamp() > patience.toMillis();
    }
}
