package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All that is seen of what runs beside a scratch; where the API server goes away, the watch is taken up again. */
final class Gathering implements AutoCloseable {
    private static final long LISTING_MILLISECONDS = 200;

    private final List<SharedIndexInformer<?>> watches = new ArrayList<>();
    private final Map<String, HasMetadata> seen = new LinkedHashMap<>();
    private Optional<Problem> blind = Optional.empty();

    <T extends HasMetadata> void watch(Informable<T> what, String name) {
        SharedIndexInformer<T> informer = what.runnableInformer(0);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                see(added, true);
            }

            @Override
            public void onUpdate(T before, T now) {
                see(now, true);
            }

            @Override
            public void onDelete(T deleted, boolean unseen) {
                see(deleted, false);
            }
        });
        informer.exceptionHandler((started, thrown) -> {
            forbidden(thrown).ifPresent(said -> blinded(new Refusal(said, name).problem()));
            return true;
        });
        watches.add(informer);
        informer.start();
    }

    private synchronized void see(HasMetadata object, boolean there) {
        String key = object.getKind() + "/" + object.getMetadata().getName();
        if (there) {
            seen.put(key, object);
            blind = Optional.empty();
        } else {
            seen.remove(key);
        }
        notifyAll();
    }

    private synchronized void blinded(Problem why) {
        blind = Optional.of(why);
        notifyAll();
    }

    private static Optional<KubernetesClientException> forbidden(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException said && said.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(said);
            }
        }
        return Optional.empty();
    }

    /** Waits until what is seen answers the question, but not longer than this. */
    synchronized <T> Optional<T> until(Function<Collection<HasMetadata>, Optional<T>> question, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            // What is not listed yet would look as if it were not there.
            boolean listed = watches.stream().allMatch(SharedIndexInformer::hasSynced);
            Optional<T> answer = listed ? question.apply(List.copyOf(seen.values())) : Optional.empty();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (answer.isPresent() || left <= 0) {
                return answer;
            }
            blind.ifPresent(problem -> {
                throw new CouldNotRun(problem);
            });
            wait(listed ? left : Math.min(left, LISTING_MILLISECONDS));
        }
    }

    /** Waits likewise, and takes no answer for trouble. */
    <T> T demand(Function<Collection<HasMetadata>, Optional<T>> question, Duration atMost, Problem otherwise)
            throws InterruptedException {
        return until(question, atMost).orElseThrow(() -> new CouldNotRun(otherwise));
    }

    synchronized Collection<HasMetadata> now() {
        return List.copyOf(seen.values());
    }

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::close);
    }
}
