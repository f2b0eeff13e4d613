package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Progress;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Opening;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Wishes for scratches in a cluster, and settings that grant them. */
final class SampleOpening {
    static final String DRILL = "erp-20261120-030000-abcd";
    static final Instant OPENED = Instant.parse("2026-11-20T03:00:00Z");
    static final long GIBIBYTE = 1L << 30;
    static final String POSTGRES = "registry.example.com/postgres@sha256:" + "1".repeat(64);
    static final ClusterSettings SETTINGS = ClusterSettings.usual(
            new ClusterSettings.Images("registry.example.com/muster@sha256:" + "0".repeat(64), Map.of(15, POSTGRES)));

    private SampleOpening() {}

    static ClusterPlan plan(ClusterPlan.Volume.Kind kind, Optional<String> namespace) {
        return new ClusterPlan(
                namespace,
                Optional.empty(),
                new ClusterPlan.Volume(kind, Optional.of("fast")),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                false,
                ClusterPlan.USUAL.placing());
    }

    static Opening of(ClusterPlan plan) {
        return of(DRILL, plan);
    }

    static Opening of(String drill, ClusterPlan plan) {
        return new Opening(
                drill,
                "erp",
                new ScratchPlan(
                        ScratchPlan.Placement.KUBERNETES,
                        15,
                        Duration.ofHours(2),
                        OptionalLong.empty(),
                        ScratchPlan.Network.CUT_OFF,
                        plan),
                GIBIBYTE,
                List.of(new Endpoint("s3.example.com", 9000)),
                Map.of("primary.secretKey", new Secret("not to be shown")),
                Progress.SILENT);
    }

    static Stamp stamp(String drill) {
        return new Stamp(drill, "erp", OPENED, OPENED.plus(Duration.ofHours(2)), "host/boot/1/2", "0.1.0");
    }

    /** A name server that knows one host. */
    static Addresses addresses() {
        return host -> {
            if (host.equals("s3.example.com")) {
                return List.of(InetAddress.getByAddress(host, new byte[] {10, 1, 2, 3}));
            }
            return List.of(InetAddress.getByName(host));
        };
    }
}
