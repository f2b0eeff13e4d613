package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Worker;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker in a pod: spoken to through the API server, over a program there that leads to the worker's socket. */
final class PodWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration TO_CUT_OFF = Duration.ofMinutes(1);
    private static final Duration TO_KNOW = Duration.ofMinutes(1);

    /** Small and started fast: all it does is pass on lines. */
    private static final String[] BRIDGE = {
        "java",
        "-Xmx32m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        "/opt/muster/muster.jar",
        "dev.muster.scratch.inside.Bridge",
        Containers.SCRATCH + "/.worker/socket"
    };

    private final Cluster cluster;
    private final Naming naming;
    private final Lookout lookout;
    private final Companions companions;
    private final Duration toBeHeard;
    private final Spell refused = new Spell();
    private final Spell unheard = new Spell();
    private volatile boolean talked;

    /** @param toBeHeard how long nothing may be heard of the pod's node: it comes back when it was only restarted */
    PodWorker(Cluster cluster, Naming naming, Lookout lookout, Companions companions, Duration toBeHeard) {
        this.cluster = cluster;
        this.naming = naming;
        this.lookout = lookout;
        this.companions = companions;
        this.toBeHeard = toBeHeard;
    }

    @Override
    public Conversation talk() throws IOException {
        String pod = naming.object(Names.POD);
        try {
            // What the bridge says of its own troubles is not part of the conversation.
            ExecWatch exec = cluster.client()
                    .pods()
                    .inNamespace(naming.namespace())
                    .withName(pod)
                    .inContainer(Containers.WORKER)
                    .redirectingInput()
                    .redirectingOutput()
                    .writingError(new Murmur())
                    .usingListener(new Ended())
                    // It is known to run; and whether it has gone since, the lookout sees.
                    .withReadyWaitTimeout(0)
                    .exec(BRIDGE);
            talked();
            return new Exec(exec);
        } catch (KubernetesClientException unable) {
            Refusal refusal = new Refusal(unable, "pod " + naming.namespace() + "/" + pod);
            if (lastingly(unable.getCode())) {
                throw new CouldNotRun(refusal.problem(), unable);
            }
            throw new IOException("The worker cannot be reached: " + refusal.message(), unable);
        }
    }

    /** An API server that has just come back does not know yet who may do what. */
    private boolean lastingly(int code) {
        if (code != HttpURLConnection.HTTP_UNAUTHORIZED && code != HttpURLConnection.HTTP_FORBIDDEN) {
            refused.ends();
            return false;
        }
        return refused.lasts(TO_KNOW) || !talked;
    }

    private void talked() {
        talked = true;
        refused.ends();
    }

    @Override
    public Optional<Problem> gone() {
        Optional<Trouble> trouble = Trouble.of(lookout.now());
        if (trouble.filter(Trouble::passing).isEmpty()) {
            unheard.ends();
            return trouble.map(Trouble::problem);
        }
        return trouble.filter(passing -> unheard.lasts(toBeHeard)).map(Trouble::problem);
    }

    @Override
    public Companions companions() {
        return companions;
    }

    @Override
    public void cutOff() {
        Uninterrupted.run(() -> {
            for (NetworkPolicy way : waysOut()) {
                cluster.delete(way);
                Awaiting.gone(cluster.client().resource(way), way, TO_CUT_OFF).ifPresent(left -> {
                    throw new CouldNotRun(new Problem(
                            "The way out that the scratch had for fetching cannot be taken back",
                            Cluster.name(left),
                            "Look for what keeps it: `kubectl get networkpolicy -n " + naming.namespace() + " "
                                    + left.getMetadata().getName() + " -o yaml` shows its finalizers."));
                });
            }
            return null;
        });
    }

    private List<NetworkPolicy> waysOut() throws InterruptedException {
        return cluster.ask(
                "network policies in " + naming.namespace(),
                () -> cluster.client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(naming.namespace())
                        .withLabels(naming.labels())
                        .withLabel(Labels.LEADS_OUT)
                        .list()
                        .getItems());
    }

    /** One conversation over one run of the bridge. */
    private record Exec(ExecWatch exec) implements Conversation {
        @Override
        public InputStream hears() {
            return exec.getOutput();
        }

        @Override
        public OutputStream says() {
            return exec.getInput();
        }

        @Override
        public void close() {
            exec.close();
        }
    }

    /** That a conversation ended is seen by those who listen to it. */
    private static final class Ended implements ExecListener {
        @Override
        public void onFailure(Throwable thrown, @org.jspecify.annotations.Nullable Response response) {
            LOG.debug("the conversation with a worker broke off", thrown);
        }

        @Override
        public void onClose(int code, String reason) {
            LOG.debug("the conversation with a worker ended: {} {}", code, reason);
        }
    }

    /** What the bridge says on the side. */
    private static final class Murmur extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            LOG.debug("the bridge to a worker: {}", new String(bytes, from, length, StandardCharsets.UTF_8).strip());
        }
    }
}
