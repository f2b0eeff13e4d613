package dev.muster.scratch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One run of a program, from its start to its end, with what it writes. */
final class Execution implements Running {
    private static final int KEPT_LINES = 100;
    private static final int LONGEST_LINE = 8192;
    private static final long LAST_WORDS_SECONDS = 2;

    private final Work work;
    private final Consumer<String> onLine;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Void> output = new CompletableFuture<>();

    private Execution(Work work, Consumer<String> onLine) {
        this.work = work;
        this.onLine = onLine;
    }

    /** Listens to a program that was started; it runs until it ends by itself or is stopped. */
    static Execution of(Work work, Consumer<String> onLine) {
        Execution started = new Execution(work, onLine);
        Thread reader = new Thread(started::read, "output of a program");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /** Waits for the program's end; an interrupt ends it. */
    Finished finish() throws InterruptedException {
        try {
            int exit = work.end();
            awaitLastWords();
            work.remark(exit).ifPresent(this::remember);
            return new Finished(exit, lastLines());
        } catch (ExecutionException listenerFailed) {
            throw new IllegalStateException("the listener to a program's output failed", listenerFailed.getCause());
        } finally {
            stop();
        }
    }

    @Override
    public OptionalInt exit() {
        return work.exit();
    }

    @Override
    public List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    private void awaitLastWords() throws InterruptedException, ExecutionException {
        try {
            output.get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException leftOpen) {
            // A server that the program has left running may hold its output open for ever.
            return;
        }
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(work.output(), StandardCharsets.UTF_8))) {
            for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
                hear(line.get());
            }
            output.complete(null);
        } catch (IOException closed) {
            output.complete(null);
        } catch (RuntimeException listenerFailed) {
            output.completeExceptionally(listenerFailed);
            stop();
        }
    }

    private void hear(String line) {
        remember(line);
        onLine.accept(line);
    }

    private void remember(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    /** The next line, cut when it is absurdly long; empty at the end. */
    private static Optional<String> line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = reader.read()) {
            if (line.length() < LONGEST_LINE && next != '\r') {
                line.append((char) next);
            }
        }
        return Optional.of(line.toString());
    }

    @Override
    public void stop() {
        work.kill();
    }
}
