package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.Sight.Presence;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Watches a scratch from outside. Where the API server goes away, it takes the watch up again when the server is back,
 * and sees what happened in between.
 */
final class Lookout implements AutoCloseable {
    private final Consumer<Sight> told;
    private final List<SharedIndexInformer<?>> watches = new ArrayList<>();
    private Sight sight = Sight.NOTHING;
    private long changes;

    /** @param told of everything that is new, by one thread at a time */
    Lookout(Consumer<Sight> told) {
        this.told = told;
    }

    /** Watches a pod and what the cluster says of it and of its volume. */
    void watchPod(KubernetesClient client, String namespace, String pod, String claim) {
        watch(
                client.pods().inNamespace(namespace).withName(pod),
                "pods in " + namespace,
                (seen, presence) -> see(sight -> sight.with(seen, presence)));
        Set<String> names = Set.of(pod, claim);
        watch(
                client.v1().events().inNamespace(namespace),
                "events in " + namespace,
                (Event seen, Presence presence) -> {
                    if (presence == Presence.THERE
                            && names.contains(seen.getInvolvedObject().getName())) {
                        see(sight -> sight.with(seen));
                    }
                });
    }

    void watchNamespace(KubernetesClient client, String namespace) {
        watch(
                client.namespaces().withName(namespace),
                "namespace " + namespace,
                (Namespace seen, Presence presence) -> see(sight -> sight.with(seen, presence)));
    }

    /** Whatever changes in the namespace's quotas is news. */
    void watchQuotas(KubernetesClient client, String namespace) {
        watch(
                client.resourceQuotas().inNamespace(namespace),
                "quotas of " + namespace,
                (seen, presence) -> see(sight -> sight));
    }

    private <T extends HasMetadata> void watch(Informable<T> what, String name, BiConsumer<T, Presence> tells) {
        SharedIndexInformer<T> informer = what.runnableInformer(0);
        AtomicInteger unwelcome = new AtomicInteger();
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onList(String version, boolean nothing) {
                unwelcome.set(0);
            }

            @Override
            public void onAdd(T added) {
                tells.accept(added, Presence.THERE);
            }

            @Override
            public void onUpdate(T before, T now) {
                tells.accept(now, Presence.THERE);
            }

            @Override
            public void onDelete(T deleted, boolean unseen) {
                tells.accept(deleted, Presence.GONE);
            }
        });
        informer.exceptionHandler((started, thrown) -> {
            Optional<Refusal> refusal = refused(thrown).map(said -> new Refusal(said, name));
            if (refusal.filter(Refusal::unwelcome).isPresent() && unwelcome.incrementAndGet() >= Patience.UNWELCOME) {
                see(sight -> sight.blinded(refusal.get().problem()));
                return false;
            }
            return true;
        });
        watches.add(informer);
        informer.start();
    }

    private static Optional<KubernetesClientException> refused(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException said) {
                return Optional.of(said);
            }
        }
        return Optional.empty();
    }

    private synchronized void see(UnaryOperator<Sight> change) {
        sight = change.apply(sight);
        changes++;
        told.accept(sight);
        notifyAll();
    }

    synchronized Sight now() {
        return sight;
    }

    /** Waits until what is seen answers the question. */
    synchronized <T> T until(Function<Sight, Optional<T>> question) throws InterruptedException {
        Optional<T> answer = question.apply(sight);
        while (answer.isEmpty()) {
            wait();
            answer = question.apply(sight);
        }
        return answer.get();
    }

    /** Waits for news of whatever kind, but not forever. */
    synchronized void news(Duration atMost) throws InterruptedException {
        long before = changes;
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis();
                changes == before && left > 0;
                left = millis(deadline - System.nanoTime())) {
            wait(left);
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::close);
    }
}
