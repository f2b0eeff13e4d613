package dev.muster.orchestrator;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Lets log lines say which drill they belong to, in whatever thread of it they are written. */
public final class Logged implements AutoCloseable {
    private static final String DRILL = "drill";

    private final @Nullable String before;

    private Logged(@Nullable String before) {
        this.before = before;
    }

    /** Until this is closed, what this thread logs belongs to the drill. */
    public static Logged as(String drill) {
        Logged logged = new Logged(MDC.get(DRILL));
        MDC.put(DRILL, drill);
        return logged;
    }

    /** The same work, belonging to the drill of the thread that hands it out. */
    static <T> Callable<T> here(Callable<T> work) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null
                ? work
                : () -> {
                    MDC.setContextMap(context);
                    try {
                        return work.call();
                    } finally {
                        MDC.clear();
                    }
                };
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(DRILL);
        } else {
            MDC.put(DRILL, before);
        }
    }
}
