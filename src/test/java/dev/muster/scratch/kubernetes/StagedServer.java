package dev.muster.scratch.kubernetes;

import dev.muster.drill.Endpoint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server over real HTTP that keeps what it is given, and refuses, shows and breaks off what the test wants. */
class StagedServer extends Dispatcher implements AutoCloseable {
    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, HasMetadata> there = new ConcurrentSkipListMap<>();
    private final Map<String, Deque<Status>> refusals = new ConcurrentHashMap<>();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final AtomicLong version = new AtomicLong(100);
    private final KubernetesSerialization json = new KubernetesSerialization();
    private final Watches watches = new Watches(json);
    private final Entrance entrance;
    private final Clock clock;

    StagedServer() {
        this("localhost", Clock.fixed(Instant.parse("2026-11-20T03:01:00Z"), ZoneOffset.UTC));
    }

    /** @param host where it is connected to */
    StagedServer(String host, Clock clock) {
        this.clock = clock;
        CHATTER.setLevel(Level.WARNING);
        entrance = new Entrance(host, this);
        entrance.open();
    }

    Endpoint place() {
        return entrance.place();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://" + place())
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectInterval(50)
                        .build())
                .build();
    }

    /** Has it go away for a while: everybody is cut off, and nobody gets in. */
    public void goAway() throws IOException {
        entrance.shut();
        watches.forgetAll();
    }

    /** How often somebody has tried in vain since it went away. */
    public int triedInVain() {
        return entrance.knocks();
    }

    /** Has it come back, with all that it knew. */
    public void comeBack() {
        entrance.open();
    }

    /** Puts an object there, as if somebody had, and tells all who watch. */
    synchronized void put(String path, HasMetadata object) {
        boolean known = there.containsKey(path);
        watches.tell(known ? "MODIFIED" : "ADDED", path, keep(path, object));
        onPut(path, object, !known);
    }

    /** Changes an object, if it is there. */
    synchronized void change(String path, UnaryOperator<HasMetadata> change) {
        Optional.ofNullable(there.get(path)).ifPresent(object -> put(path, change.apply(object)));
    }

    /** Puts an object there without telling those who watch. */
    synchronized void putUnseen(String path, HasMetadata object) {
        keep(path, object);
    }

    boolean has(String path) {
        return there.containsKey(path);
    }

    Map<String, HasMetadata> objects() {
        return Map.copyOf(there);
    }

    synchronized void vanish(String path) {
        Optional.ofNullable(there.remove(path)).ifPresent(object -> {
            watches.tell("DELETED", path, object);
            onVanish(path);
        });
    }

    /** What else happens in a cluster when an object is put there. */
    void onPut(String path, HasMetadata object, boolean added) {}

    /** What else happens in a cluster when an object has vanished. */
    void onVanish(String path) {}

    /** What happens when an object is deleted: some take a while until they vanish. */
    void onDelete(String path, HasMetadata object) {
        vanish(path);
    }

    /** What answers whoever wants a program run in a container. */
    MockResponse onExec(String pod, Map<String, String> query) {
        return new MockResponse().withWebSocketUpgrade(new EchoStream());
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
    void breakWatches(String path) {
        watches.breakOff(path);
    }

    /** Tells every watch of this path that it asks for what is too long ago. */
    void expireWatches(String path) {
        watches.end(path, status(410, "Expired", "too old resource version"));
    }

    long watching(String path) {
        return watches.count(path);
    }

    List<Asked> asked(String method) {
        return asked.stream().filter(one -> one.method().equals(method)).toList();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        Asked now = Asked.of(request);
        asked.add(now);
        String path = now.path();
        Status refusal = refusals.getOrDefault(now.method() + " " + path, new ArrayDeque<>())
                .poll();
        if (refusal != null) {
            return answer(refusal.getCode(), refusal);
        }
        if (path.endsWith("/exec")) {
            return onExec(path.substring(0, path.length() - "/exec".length()), now.query());
        }
        if ("true".equals(now.query().get("watch"))) {
            return new MockResponse().withWebSocketUpgrade(watches.watcher(path, now.query(), this::welcome));
        }
        return switch (now.method()) {
            case "GET" ->
                Optional.ofNullable(there.get(path))
                        .map(object -> answer(200, object))
                        .orElseGet(() -> isObject(path) ? missing(path) : answer(200, list(path, now.query())));
            case "POST" -> created(path, now.body());
            case "PATCH" -> patched(path, now.body(), now.form());
            default -> delete(path);
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

    /** Deletes an object, as if somebody had asked for that. */
    synchronized MockResponse delete(String path) {
        HasMetadata object = there.get(path);
        if (object == null) {
            return missing(path);
        }
        object.getMetadata().setDeletionTimestamp(clock.instant().toString());
        if (stuck.contains(path)) {
            put(path, object);
        } else {
            onDelete(path, object);
        }
        return answer(200, object);
    }

    /** Tells one who begins to watch what he has missed. */
    private synchronized void welcome(Watches.Watch watch) {
        long from = Long.parseLong(watch.query().getOrDefault("resourceVersion", "0"));
        there.forEach((where, object) -> {
            if (Watches.matches(watch.path(), watch.query(), where, object)
                    && Long.parseLong(object.getMetadata().getResourceVersion()) > from) {
                watches.send(watch, "MODIFIED", object);
            }
        });
    }

    private HasMetadata keep(String path, HasMetadata object) {
        if (object.getMetadata().getUid() == null) {
            object.getMetadata().setUid("uid-" + version.get());
        }
        object.getMetadata().setResourceVersion(Long.toString(version.incrementAndGet()));
        there.put(path, object);
        return object;
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
                        .filter(entry -> Watches.matches(collection, query, entry.getKey(), entry.getValue()))
                        .map(Map.Entry::getValue)
                        .toList());
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

    @Override
    public void close() {
        entrance.close();
        watches.close();
    }
}
