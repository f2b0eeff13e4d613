package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An API server over real HTTP that keeps what it is given, and refuses, shows and breaks off what the test wants. */
final class StagedServer extends Dispatcher implements AutoCloseable {
    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

    /** A request that came. */
    record Asked(String method, String path, Map<String, String> query, String body, String form) {}

    private record Watch(WebSocket socket, String path, Map<String, String> query) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, HasMetadata> there = new ConcurrentSkipListMap<>();
    private final Map<String, Deque<Status>> refusals = new ConcurrentHashMap<>();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final AtomicLong version = new AtomicLong(100);
    private final KubernetesSerialization json = new KubernetesSerialization();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), this, false);

    StagedServer() {
        CHATTER.setLevel(Level.WARNING);
        server.init();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server.createClient().getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectInterval(50)
                        .build())
                .build();
    }

    /** Puts an object there, as if somebody had, and tells all who watch. */
    synchronized void put(String path, HasMetadata object) {
        boolean known = there.containsKey(path);
        tell(known ? "MODIFIED" : "ADDED", path, keep(path, object));
    }

    /** Puts an object there without telling those who watch. */
    synchronized void putUnseen(String path, HasMetadata object) {
        keep(path, object);
    }

    boolean has(String path) {
        return there.containsKey(path);
    }

    synchronized void vanish(String path) {
        Optional.ofNullable(there.remove(path)).ifPresent(object -> tell("DELETED", path, object));
    }

    /** What is deleted there only says that it is, and stays. */
    void stick(String path) {
        stuck.add(path);
    }

    /** Refuses the next request of this method to this path. */
    void refuse(String method, String path, int code, String reason, String message) {
        refusals.computeIfAbsent(method + " " + path, key -> new ArrayDeque<>()).add(status(code, reason, message));
    }

    /** Ends every watch of this path, as a server does that goes away. */
    synchronized void breakWatches(String path) {
        forget(path).forEach(watch -> watch.socket().close(1001, "going away"));
    }

    /** Tells every watch of this path that it asks for what is too long ago. */
    synchronized void expireWatches(String path) {
        forget(path)
                .forEach(watch -> send(watch.socket(), "ERROR", status(410, "Expired", "too old resource version")));
    }

    private List<Watch> forget(String path) {
        List<Watch> forgotten =
                watches.stream().filter(watch -> watch.path().equals(path)).toList();
        watches.removeAll(forgotten);
        return forgotten;
    }

    long watching(String path) {
        return watches.stream().filter(watch -> watch.path().equals(path)).count();
    }

    List<Asked> asked(String method) {
        return asked.stream().filter(one -> one.method().equals(method)).toList();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        URI uri = URI.create(request.getPath());
        Map<String, String> query = query(uri.getRawQuery());
        String path = uri.getPath();
        String body = request.getBody() == null ? "" : request.getUtf8Body();
        String form = String.valueOf(request.getHeader("Content-Type"));
        asked.add(new Asked(request.getMethod(), path, query, body, form));
        Status refusal = refusals.getOrDefault(request.getMethod() + " " + path, new ArrayDeque<>())
                .poll();
        if (refusal != null) {
            return answer(refusal.getCode(), refusal);
        }
        if (path.endsWith("/exec")) {
            return new MockResponse().withWebSocketUpgrade(new Echo());
        }
        if ("true".equals(query.get("watch"))) {
            return new MockResponse().withWebSocketUpgrade(new Watcher(path, query));
        }
        return switch (request.getMethod()) {
            case "GET" ->
                Optional.ofNullable(there.get(path))
                        .map(object -> answer(200, object))
                        .orElseGet(() -> isObject(path) ? missing(path) : answer(200, list(path, query)));
            case "POST" -> created(path, body);
            case "PATCH" -> patched(path, body, form);
            default -> deleted(path);
        };
    }

    private MockResponse created(String collection, String body) {
        HasMetadata object = json.unmarshal(body);
        String path = collection + "/" + object.getMetadata().getName();
        if (there.containsKey(path)) {
            return answer(409, status(409, "AlreadyExists", path + " already exists"));
        }
        put(path, object);
        return answer(201, object);
    }

    private MockResponse patched(String path, String body, String form) {
        if (!form.contains("merge-patch")) {
            HasMetadata applied = json.unmarshal(body);
            put(path, applied);
            return answer(200, applied);
        }
        HasMetadata object = there.get(path);
        if (object == null) {
            return missing(path);
        }
        GenericKubernetesResource patch = json.unmarshal(body, GenericKubernetesResource.class);
        object.getMetadata().getAnnotations().putAll(patch.getMetadata().getAnnotations());
        put(path, object);
        return answer(200, object);
    }

    private MockResponse deleted(String path) {
        HasMetadata object = there.get(path);
        if (object == null) {
            return missing(path);
        }
        object.getMetadata().setDeletionTimestamp("2026-11-20T03:01:00Z");
        if (stuck.contains(path)) {
            put(path, object);
        } else {
            vanish(path);
        }
        return answer(200, object);
    }

    private HasMetadata keep(String path, HasMetadata object) {
        if (object.getMetadata().getUid() == null) {
            object.getMetadata().setUid("uid-" + version.get());
        }
        object.getMetadata().setResourceVersion(Long.toString(version.incrementAndGet()));
        there.put(path, object);
        return object;
    }

    private void tell(String action, String path, HasMetadata object) {
        watches.stream()
                .filter(watch -> matches(watch.path(), watch.query(), path, object))
                .forEach(watch -> send(watch.socket(), action, object));
    }

    private void send(WebSocket socket, String action, Object object) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", action);
        event.put("object", object);
        socket.send(json.asJson(event));
    }

    private Map<String, Object> list(String collection, Map<String, String> query) {
        return Map.of(
                "kind",
                "List",
                "apiVersion",
                "v1",
                "metadata",
                Map.of("resourceVersion", Long.toString(version.get())),
                "items",
                there.entrySet().stream()
                        .filter(entry -> matches(collection, query, entry.getKey(), entry.getValue()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private static boolean matches(String collection, Map<String, String> query, String path, HasMetadata object) {
        String name = object.getMetadata().getName();
        Map<String, String> labels = object.getMetadata().getLabels() == null
                ? Map.of()
                : object.getMetadata().getLabels();
        return path.equals(collection + "/" + name)
                && query.getOrDefault("fieldSelector", "metadata.name=" + name).equals("metadata.name=" + name)
                && Arrays.stream(query.getOrDefault("labelSelector", "").split(",", -1))
                        .filter(one -> !one.isEmpty())
                        .map(one -> one.split("=", 2))
                        .allMatch(one -> labels.containsKey(one[0])
                                && (one.length == 1 || labels.get(one[0]).equals(one[1])));
    }

    /** Collections have plural names, and objects stand below them. */
    private static boolean isObject(String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        int root = path.startsWith("/apis/") ? 4 : 3;
        int below = parts.size() - root;
        boolean namespaced = parts.size() > root && parts.get(root).equals("namespaces");
        return below == 2 || (namespaced && below == 4);
    }

    private MockResponse missing(String path) {
        return answer(404, status(404, "NotFound", path + " not found"));
    }

    private static Status status(int code, String reason, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    private MockResponse answer(int code, Object body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(json.asJson(body));
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new TreeMap<>();
        for (String one : (text == null ? "" : text).split("&", -1)) {
            String[] parts = one.split("=", 2);
            String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            query.merge(parts[0], value, (before, next) -> before + " " + next);
        }
        return query;
    }

    @Override
    public void close() {
        server.destroy();
    }

    private final class Watcher extends WebSocketListener {
        private final String path;
        private final Map<String, String> query;

        Watcher(String path, Map<String, String> query) {
            this.path = path;
            this.query = query;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            synchronized (StagedServer.this) {
                watches.add(new Watch(socket, path, query));
                long from = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
                there.forEach((where, object) -> {
                    if (matches(path, query, where, object)
                            && Long.parseLong(object.getMetadata().getResourceVersion()) > from) {
                        send(socket, "MODIFIED", object);
                    }
                });
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            watches.removeIf(watch -> watch.socket() == socket);
        }
    }

    /** The bridge of a worker that says again what it hears. */
    private static final class Echo extends WebSocketListener {
        private static final byte HEARD = 0;
        private static final byte SAID = 1;

        @Override
        public void onMessage(WebSocket socket, byte[] bytes) {
            if (bytes.length > 1 && bytes[0] == HEARD) {
                byte[] again = bytes.clone();
                again[0] = SAID;
                socket.send(again);
            }
        }
    }
}
