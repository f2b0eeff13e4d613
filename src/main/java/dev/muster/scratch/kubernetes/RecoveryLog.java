package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server says while an operator recovers it, followed as it is said: the pod that says it is soon removed. */
final class RecoveryLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryLog.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final int KEPT = 2000;

    private final Surroundings around;
    private final Operator operator;
    private final Map<String, Thread> followers = new TreeMap<>();
    private final List<LogWatch> watches = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    RecoveryLog(Surroundings around, Operator operator) {
        this.around = around;
        this.operator = operator;
    }

    /** Follows those of the pods that recover the server and have begun. */
    synchronized void follow(Collection<HasMetadata> seen) {
        for (HasMetadata object : seen) {
            if (object instanceof Pod pod && operator.recovers(pod) && begun(pod)) {
                followers.computeIfAbsent(pod.getMetadata().getName(), name -> follower(pod));
            }
        }
    }

    private static boolean begun(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return List.of("Running", "Succeeded", "Failed").contains(phase);
    }

    private Thread follower(Pod pod) {
        Thread thread =
                new Thread(() -> read(pod), "log of " + pod.getMetadata().getName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(Pod pod) {
        try (LogWatch watch = around.client()
                        .pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .inContainer(pod.getSpec().getContainers().get(0).getName())
                        .watchLog();
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
            synchronized (this) {
                watches.add(watch);
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                operator.said(line).ifPresent(this::keep);
            }
        } catch (IOException | KubernetesClientException over) {
            LOG.debug("the log of {} ended", pod.getMetadata().getName(), over);
        }
    }

    /** How a recovery ends matters more than how it began. */
    private synchronized void keep(String line) {
        lines.add(line);
        if (lines.size() > KEPT) {
            lines.remove(0);
        }
    }

    /** All that was said, once those who say it have ended. */
    List<String> lines() throws InterruptedException {
        List<Thread> threads;
        synchronized (this) {
            threads = List.copyOf(followers.values());
        }
        for (Thread thread : threads) {
            thread.join(LAST_WORDS.toMillis());
        }
        synchronized (this) {
            return List.copyOf(lines);
        }
    }

    /** The last line that says why it failed. */
    synchronized Optional<String> fatal() {
        return lines.stream()
                .filter(line -> line.startsWith("FATAL") || line.startsWith("PANIC"))
                .reduce((first, second) -> second);
    }

    @Override
    public synchronized void close() {
        watches.forEach(LogWatch::close);
    }
}
