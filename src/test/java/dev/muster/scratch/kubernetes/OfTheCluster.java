package dev.muster.scratch.kubernetes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for the cluster that the environment names, with images and little room. */
final class OfTheCluster {
    private OfTheCluster() {}

    static ClusterSettings settings() {
        return settings(worker(), new ClusterSettings.Share("500m", SampleOpening.GIBIBYTE / 2), "muster-test");
    }

    /**
     * @param share of each container
     * @param installation whose scratches are seen
     */
    static ClusterSettings settings(String worker, ClusterSettings.Share share, String installation) {
        ClusterSettings usual = ClusterSettings.usual(new ClusterSettings.Images(worker, Map.of(15, postgres())));
        return new ClusterSettings(
                Optional.of(Path.of(variable("MUSTER_TEST_KUBECONFIG"))),
                Optional.empty(),
                installation,
                usual.images(),
                usual.user(),
                share,
                share,
                share,
                SampleOpening.GIBIBYTE / 32,
                List.of(),
                Map.of(),
                Map.of(),
                usual.guard());
    }

    static String worker() {
        return variable("MUSTER_TEST_WORKER_IMAGE");
    }

    static String postgres() {
        return variable("MUSTER_TEST_POSTGRES_IMAGE");
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name)).orElseThrow(() -> new AssertionError(name + " is not set"));
    }
}
