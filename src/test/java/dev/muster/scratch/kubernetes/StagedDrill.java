package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Site;
import dev.muster.scratch.Worker;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The scratch of one drill in a staged cluster, from its opening on. */
final class StagedDrill implements AutoCloseable {
    static final String NAMESPACE = "muster-" + SampleOpening.DRILL;
    static final String HOME = StagedScratches.NAMESPACES + "/" + NAMESPACE;
    static final String PODS = HOME + "/pods";
    static final String POD = PODS + "/drill";

    final StagedScratches standing = new StagedScratches();
    final StagedServer server = standing.server;
    final KubernetesScratches scratches = standing.scratches();
    final List<String> said = new CopyOnWriteArrayList<>();

    /** A scratch whose pod runs. */
    Site readied() {
        Site site = scratches.open(opening(Optional.empty()));
        CompletableFuture<Void> ready = ready(site);
        await().until(() -> there(POD));
        server.put(POD, running());
        done(ready);
        return site;
    }

    static CompletableFuture<Void> ready(Site site) {
        return CompletableFuture.runAsync(() -> {
            try {
                site.ready();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    static void done(CompletableFuture<?> future) {
        future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static Worker worker(Site site) {
        try {
            return site.match(new Site.Cases<>() {
                @Override
                public Worker here(Scratch scratch) {
                    throw new IllegalStateException("on this machine");
                }

                @Override
                public Worker elsewhere(Worker worker) {
                    return worker;
                }
            });
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean asks(String method, String path) {
        return server.asked(method).stream().anyMatch(one -> one.path().equals(path));
    }

    boolean there(String path) {
        return server.has(path);
    }

    static Pod running() {
        return ours(Seen.pod());
    }

    static Pod ours(PodBuilder pod) {
        return pod.editMetadata()
                .withNamespace(NAMESPACE)
                .withLabels(naming().labels())
                .endMetadata()
                .build();
    }

    static Naming naming() {
        return StagedScratches.naming(SampleOpening.DRILL);
    }

    Opening opening(Optional<String> namespace) {
        Opening sample = SampleOpening.of(SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, namespace));
        return new Opening(
                sample.drill(),
                sample.system(),
                sample.plan(),
                sample.bytes(),
                List.of(new Endpoint("192.0.2.7", 9000)),
                sample.secrets(),
                new Told(said));
    }

    /** The problem of what cannot be done. */
    static Problem problem(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(type(CouldNotRun.class))
                .extracting(CouldNotRun::problem)
                .actual();
    }

    /** The problem of what has failed meanwhile. */
    static Problem failure(CompletableFuture<?> future) {
        return assertThatThrownBy(() -> done(future))
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(CouldNotRun.class))
                .extracting(CouldNotRun::problem)
                .actual();
    }

    @Override
    public void close() {
        standing.close();
    }
}
