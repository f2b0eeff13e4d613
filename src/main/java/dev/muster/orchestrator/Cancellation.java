package dev.muster.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wish to stop a drill, from whoever may have it: a key press, a signal, a page. Honoured at every stage. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private Optional<String> reason = Optional.empty();

    /** Asks the drill to stop; the first reason given is the one that is kept. */
    public void cancel(String why) {
        List<Runnable> told;
        synchronized (this) {
            if (reason.isPresent()) {
                return;
            }
            reason = Optional.of(why);
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    /** Why the drill is to stop; absent while it may go on. */
    public synchronized Optional<String> reason() {
        return reason;
    }

    /** Tells the listener once when the wish comes, or at once when it has come already. */
    public void onCancel(Runnable listener) {
        boolean late;
        synchronized (this) {
            late = reason.isPresent();
            listeners.add(listener);
        }
        if (late) {
            listener.run();
        }
    }
}
