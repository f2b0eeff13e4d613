package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Those who watch objects of a staged server, and what they are told. */
final class Watches implements AutoCloseable {
    private final KubernetesSerialization json;
    private final List<Watch> all = new CopyOnWriteArrayList<>();
    /** Whoever changes an object must not wait for those who hear of it, since they may be asking for another one. */
    private final ExecutorService teller = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "tells those who watch");
        thread.setDaemon(true);
        return thread;
    });

    Watches(KubernetesSerialization json) {
        this.json = json;
    }

    /** One who watches the objects of a path that a query chooses. */
    record Watch(WebSocket socket, String path, Map<String, String> query) {}

    /** Somebody who is welcomed when he begins to watch, and forgotten when he ends. */
    WebSocketListener watcher(String path, Map<String, String> query, Consumer<Watch> welcome) {
        return new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                Watch watch = new Watch(socket, path, query);
                all.add(watch);
                welcome.accept(watch);
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                all.removeIf(watch -> watch.socket() == socket);
            }
        };
    }

    void tell(String action, String path, HasMetadata object) {
        all.stream()
                .filter(watch -> matches(watch.path(), watch.query(), path, object))
                .forEach(watch -> send(watch, action, object));
    }

    void send(Watch watch, String action, Object object) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", action);
        event.put("object", object);
        String said = json.asJson(event);
        teller.execute(() -> watch.socket().send(said));
    }

    /** Ends those of this path, as a server does that goes away. */
    void breakOff(String path) {
        forget(path).forEach(watch -> teller.execute(() -> watch.socket().close(1001, "going away")));
    }

    /** Tells those of this path one more thing, and then no more. */
    void end(String path, Status last) {
        forget(path).forEach(watch -> send(watch, "ERROR", last));
    }

    private List<Watch> forget(String path) {
        List<Watch> forgotten =
                all.stream().filter(watch -> watch.path().equals(path)).toList();
        all.removeAll(forgotten);
        return forgotten;
    }

    void forgetAll() {
        all.clear();
    }

    long count(String path) {
        return all.stream().filter(watch -> watch.path().equals(path)).count();
    }

    /** Whether an object belongs to a collection, as far as a query wants it. */
    static boolean matches(String collection, Map<String, String> query, String path, HasMetadata object) {
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

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
