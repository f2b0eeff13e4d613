package dev.muster.web;

import dev.muster.people.Person;
import dev.muster.people.Right;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** People who say themselves who they are and what they may: a gate for tests, and the client that goes through it. */
public final class Visitors implements Gate, AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private Visitors(int port) {
        this.port = port;
    }

    public static Gate gate() {
        return new Visitors(0);
    }

    public static Visitors of(Web web) {
        return new Visitors(web.port());
    }

    @Override
    public Optional<Person> who(Context request) {
        return Optional.ofNullable(request.header("X-Person")).map(name -> {
            Set<Right> rights = EnumSet.noneOf(Right.class);
            Optional.ofNullable(request.header("X-Rights"))
                    .ifPresent(all -> Arrays.stream(all.split(",", -1))
                            .filter(one -> !one.isEmpty())
                            .map(Right::valueOf)
                            .forEach(rights::add));
            return new Person(name, name, rights, Person.Means.TOKEN);
        });
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** A request of somebody who may do everything. */
    public HttpRequest.Builder allowed(String path) {
        return as("kim", path, EnumSet.allOf(Right.class));
    }

    public HttpRequest.Builder as(String person, String path, Set<Right> rights) {
        return request(path)
                .header("X-Person", person)
                .header(
                        "X-Rights",
                        String.join(",", rights.stream().map(Enum::name).toList()));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(allowed(path));
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(allowed(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<Path> fetch(String path, Path into) throws IOException, InterruptedException {
        return client.send(allowed(path).build(), HttpResponse.BodyHandlers.ofFile(into));
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {}
}
