package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Connects to the cluster that the settings name. */
final class Connection {
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final Duration TO_WATCH_AGAIN = Duration.ofMillis(250);

    private Connection() {}

    static KubernetesClient to(ClusterSettings settings, String version) {
        Config found = settings.kubeconfig()
                .map(file -> from(file, settings))
                .orElseGet(() -> Config.autoConfigure(settings.context().orElse(null)));
        demandCluster(found, settings);
        Config config = new ConfigBuilder(found)
                .withUserAgent("muster/" + version)
                .withConnectionTimeout((int) TO_ANSWER.toMillis())
                .withRequestTimeout((int) TO_ANSWER.toMillis())
                .withWatchReconnectInterval((int) TO_WATCH_AGAIN.toMillis())
                // Over HTTP/2 an API server hangs up on whose token has expired, before the client has heard the
                // reason.
                .withHttp2Disable(true)
                // Asking again is done with more patience than the client has.
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(config)
                .build();
    }

    private static Config from(Path file, ClusterSettings settings) {
        if (!Files.isReadable(file)) {
            throw new CouldNotRun(new Problem(
                    "The kubeconfig cannot be read",
                    file.toString(),
                    "Correct kubernetes.kubeconfig in the settings, or let the user that runs Muster read that file."));
        }
        try {
            return Config.fromKubeconfig(settings.context().orElse(null), file.toFile());
        } catch (KubernetesClientException broken) {
            throw new CouldNotRun(
                    new Problem(
                            "That is no kubeconfig: " + broken.getMessage(),
                            file.toString(),
                            "See what `kubectl --kubeconfig " + file + " config view` says of it."),
                    broken);
        }
    }

    private static void demandCluster(Config found, ClusterSettings settings) {
        boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        if (found.getCurrentContext() == null && (settings.context().isPresent() || !inPod)) {
            throw new CouldNotRun(new Problem(
                    settings.context()
                            .map(context -> "There is no context " + context + " in the kubeconfig")
                            .orElse("Nothing says where the cluster is"),
                    settings.kubeconfig().map(Path::toString).orElse("KUBECONFIG, ~/.kube/config"),
                    "Name a kubeconfig with kubernetes.kubeconfig in the settings, and one of its contexts with"
                            + " kubernetes.context; `kubectl config get-contexts` lists them."));
        }
    }
}
