package dev.muster.scratch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One run of a server that does nothing but recover. */
final class LocalRecovery {
    private static final String NOBODY = """
            local all all reject
            host all all all reject
            """;
    private static final String ENDED = "archive recovery complete";
    private static final String READY = "database system is ready to accept connections";

    private final LocalScratch scratch;
    private final LocalServer server;

    LocalRecovery(LocalScratch scratch, LocalServer server) {
        this.scratch = scratch;
        this.server = server;
    }

    boolean run(Map<String, String> recovery, Consumer<String> onLine) throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean ready = new AtomicBoolean();
        try {
            server.writeConfiguration(NOBODY, settings(recovery));
        } catch (IOException failed) {
            throw server.unwritable(failed);
        }
        List<String> command = List.of(
                server.program("postgres").toString(), "-D", server.data().toString());
        scratch.run(new Program(command, Map.of(), line -> {
            onLine.accept(line);
            ended.compareAndSet(false, line.contains(ENDED));
            if (line.contains(READY) && ready.compareAndSet(false, true)) {
                stop();
            }
        }));
        return ended.get() && ready.get();
    }

    private void stop() {
        try {
            server.run("pg_ctl", "stop", "--pgdata=" + server.data(), "--mode=fast", "--no-wait", "--silent");
        } catch (InterruptedException cancelled) {
            // Whoever waits for the server is interrupted as well, and ends it.
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> settings(Map<String, String> recovery) throws IOException {
        int port = LocalServer.freePort();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "");
        settings.put("port", String.valueOf(port));
        settings.put("unix_socket_directories", scratch.socketFolder().toString());
        // Else a server with fewer connections than production refuses to replay production's log.
        settings.put("hot_standby", "off");
        settings.put("max_prepared_transactions", "200");
        settings.put("dynamic_shared_memory_type", scratch.hands().sharedMemory());
        settings.put("lc_messages", "C");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "");
        settings.putAll(scratch.hands().tuning());
        settings.putAll(recovery);
        return settings;
    }
}
