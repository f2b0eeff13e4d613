package dev.muster.cli;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Hears when the process is asked to end, each time anew, and leaves the ending to whoever hears it: a shutdown of the
 * JVM would hear it once, and take the catalog away while drills still write to it.
 */
final class Signals implements AutoCloseable {
    private static final List<String> ASKING_TO_END = List.of("TERM", "INT");

    private final List<Runnable> restoring = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile Runnable next = () -> {};

    private Signals() {}

    /** From now on signals are heard here, until this is closed. */
    static Signals heard() throws ReflectiveOperationException {
        Signals signals = new Signals();
        // Not called by name, since compilers warn of it: there is no other way to hear of a signal.
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object hearing = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    signals.hear();
                    return null;
                });
        for (String name : ASKING_TO_END) {
            Object asking = signal.getConstructor(String.class).newInstance(name);
            Object before = signal.getMethod("handle", signal, handler).invoke(null, asking, hearing);
            signals.restoring.add(() -> restore(signal, handler, asking, before));
        }
        return signals;
    }

    private void hear() {
        if (first.getCount() > 0) {
            first.countDown();
        } else {
            next.run();
        }
    }

    /** Waits for the first. */
    void await() throws InterruptedException {
        first.await();
    }

    /** What every further one does. */
    void next(Runnable listener) {
        next = listener;
    }

    private static void restore(Class<?> signal, Class<?> handler, Object asking, Object before) {
        try {
            signal.getMethod("handle", signal, handler).invoke(null, asking, before);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("what was set a moment ago can be set again", impossible);
        }
    }

    @Override
    public void close() {
        restoring.forEach(Runnable::run);
    }
}
