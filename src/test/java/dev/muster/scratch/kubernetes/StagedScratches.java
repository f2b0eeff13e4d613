package dev.muster.scratch.kubernetes;

import dev.muster.scratch.Holder;
import dev.muster.scratch.Placement;
import dev.muster.scratch.kubernetes.KubernetesScratches.Limits;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Scratches that stand in a staged cluster, each with what is written on it. */
public final class StagedScratches implements AutoCloseable {
    static final String NAMESPACES = "/api/v1/namespaces";
    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));

    final StagedServer server = new StagedServer();

    /** Who has a scratch. */
    public enum Held {
        BY_THIS_PROCESS,
        BY_A_PROCESS_ELSEWHERE,
        BY_A_PROCESS_THAT_IS_SILENT,
        BY_A_PROCESS_THAT_WAS_KILLED,
        BY_A_PERSON;

        private String owner() {
            Holder self = Holder.self();
            return switch (this) {
                case BY_THIS_PROCESS -> self.toString();
                case BY_A_PROCESS_THAT_WAS_KILLED ->
                    new Holder(self.host(), self.boot(), self.process(), self.startTicks() + 1).toString();
                default -> "elsewhere/boot/1/2";
            };
        }

        private Instant alive() {
            return switch (this) {
                case BY_A_PERSON -> Instant.EPOCH;
                case BY_A_PROCESS_THAT_IS_SILENT -> Instant.now().minusSeconds(600);
                default -> Instant.now();
            };
        }
    }

    /** The scratches of this cluster, as Muster sees them. */
    public Placement placement() {
        return scratches();
    }

    KubernetesScratches scratches() {
        return new KubernetesScratches(SampleOpening.SETTINGS, Clock.systemUTC(), "0.1.0", server::client, LIMITS);
    }

    /** Lets the scratch of a drill stand there, for an hour still. */
    public void stands(String drill, Held held) {
        stands(drill, held, Instant.now().plusSeconds(3600));
    }

    /** Lets the scratch of a drill stand there, until its time is over. */
    public void stands(String drill, Held held, Instant expires) {
        Naming naming = naming(drill);
        server.put(
                path(drill),
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(naming.namespace())
                        .withLabels(naming.labels())
                        .withAnnotations(
                                new Stamp(drill, "erp", Instant.EPOCH, expires, held.owner(), "0.1.0").annotations())
                        .addToAnnotations(Map.of(
                                Labels.ALIVE_AT,
                                held.alive().toString(),
                                Labels.KEPT,
                                Boolean.toString(held == Held.BY_A_PERSON)))
                        .endMetadata()
                        .build());
    }

    /** The scratch of this drill is deleted, and stays all the same. */
    public void hangs(String drill) {
        server.stick(path(drill));
    }

    /** How many look out for changes of scratches. */
    public long watching() {
        return server.watching(NAMESPACES);
    }

    /** Writes how the cluster is reached, as the settings name it. */
    public void kubeconfig(Path file) throws IOException {
        URI address = URI.create(server.client().getConfiguration().getMasterUrl());
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: staged
                contexts: [{ name: staged, context: { cluster: staged, user: nobody } }]
                clusters: [{ name: staged, cluster: { server: "%s" } }]
                users: [{ name: nobody, user: {} }]
                """.formatted(address));
    }

    static String path(String drill) {
        return NAMESPACES + "/" + naming(drill).namespace();
    }

    static Naming naming(String drill) {
        return new Naming(drill, "muster", Optional.empty());
    }

    @Override
    public void close() {
        server.close();
    }
}
