package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what becomes of one object, also across an API server that is away for a while. */
final class Awaiting {
    private Awaiting() {}

    /**
     * What is still there when the time is over, as it was seen last; empty once it is gone.
     *
     * @param known as it was before
     */
    static <T extends HasMetadata> Optional<T> gone(Informable<T> what, T known, Duration atMost)
            throws InterruptedException {
        List<T> last = new CopyOnWriteArrayList<>(List.of(known));
        boolean gone = seen(what, atMost, there -> {
            there.ifPresent(now -> last.set(0, now));
            return there.isEmpty();
        });
        return gone ? Optional.empty() : Optional.of(last.get(0));
    }

    /** Whether the object is seen as wanted within the time; absent means that it is not there. */
    static <T extends HasMetadata> boolean seen(Informable<T> what, Duration atMost, Predicate<Optional<T>> wanted)
            throws InterruptedException {
        CountDownLatch came = new CountDownLatch(1);
        try (SharedIndexInformer<T> informer = what.runnableInformer(0)) {
            informer.addEventHandler(new ResourceEventHandler<>() {
                @Override
                public void onAdd(T there) {
                    see(Optional.of(there));
                }

                @Override
                public void onUpdate(T before, T there) {
                    see(Optional.of(there));
                }

                @Override
                public void onDelete(T deleted, boolean unseen) {
                    see(Optional.empty());
                }

                @Override
                public void onList(String version, boolean nothing) {
                    if (nothing) {
                        see(Optional.empty());
                    }
                }

                private void see(Optional<T> now) {
                    if (wanted.test(now)) {
                        came.countDown();
                    }
                }
            });
            informer.exceptionHandler((started, thrown) -> true);
            informer.start();
            return came.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
