package dev.muster.orchestrator;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.MDC;

/** Lets log lines say which drill they belong to, in whatever thread of it they are written. */
public final class Logged {
    private static final String DRILL = "drill";

    private Logged() {}

    /** Something that is done for a drill. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Does it; what is logged meanwhile belongs to the drill. */
    public static <T, E extends Exception> T as(String drill, Work<T, E> work) throws E {
        String before = MDC.get(DRILL);
        MDC.put(DRILL, drill);
        try {
            return work.run();
        } finally {
            if (before == null) {
                MDC.remove(DRILL);
            } else {
                MDC.put(DRILL, before);
            }
        }
    }

    /** The same work for another thread, belonging to the drill of the one that hands it out. */
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
}
