package dev.muster.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that reads one Muster several times a second. */
final class PrometheusServer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    PrometheusServer(Path folder, URI muster) throws IOException {
        this.port = free();
        Path settings = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: { scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms }
                rule_files: [%s]
                scrape_configs:
                  - job_name: muster
                    static_configs: [{ targets: ["%s"] }]
                """.formatted(
                        Path.of("config/prometheus/alerts.yaml").toAbsolutePath(), muster.getAuthority()));
        this.process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("storage"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What a query finds now. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode body = JsonMapper.builder().build().readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + body);
        }
        return body.path("data");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
