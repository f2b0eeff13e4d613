package dev.muster.check.isolation;

import dev.muster.drill.Endpoint;
import java.io.IOException;
import java.util.Optional;

/** The nearest place that nothing inside a scratch may reach. */
interface Nearest extends AutoCloseable {

    /** The place next door, or this machine's own loopback address where there is none. */
    static Nearest of(Optional<Endpoint> nextDoor) throws IOException {
        return nextDoor.isPresent() ? new NextDoor(nextDoor.get()) : new Canary();
    }

    WayOut way();

    /** Whether anybody is known to have been there, whatever is said inside. */
    boolean visited() throws IOException;

    @Override
    void close() throws IOException;

    /** A server that is there already and tells nobody who came. */
    record NextDoor(Endpoint server) implements Nearest {
        @Override
        public WayOut way() {
            return WayOut.connection("the cluster's API server", server);
        }

        @Override
        public boolean visited() {
            return false;
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }
}
