package dev.muster.app.demo.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.check.RestoredDatabase;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in answers in the form in which a real Odoo 19 answered the same requests. */
class RecordingsTest {
    private static final String PASSWORDS = "org.postgresql.pgpassfile";
    private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z0-9]+)>");

    @RegisterExtension
    static final RestoredDatabase RESTORED = RestoredDatabase.inTheOpen();

    @TempDir
    Path filestore;

    @Test
    void answers_have_the_status_and_the_form_of_the_recorded_ones() throws Exception {
        RESTORED.sql(
                "create table res_users (id int, login text, password text, active boolean)",
                "insert into res_users values (2, 'admin', 'admin', true)");
        Map<String, String> server = RESTORED.database().environment();
        System.setProperty(PASSWORDS, value(server, "PGPASSFILE"));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Books books =
                new Books("127.0.0.1", value(server, "PGPORT"), value(server, "PGUSER"), value(server, "PGDATABASE"));
        http.createContext("/", new Endpoints(books, filestore));
        http.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
            HttpClient client =
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            int compared = 0;
            for (JsonNode recorded : recordings()) {
                compare(recorded, answer(client, address, recorded.path("request")));
                compared++;
            }
            assertThat(compared).isGreaterThan(10);
        } finally {
            http.stop(0);
            System.clearProperty(PASSWORDS);
        }
    }

    private static void compare(JsonNode recorded, HttpResponse<String> given) {
        String name = recorded.path("name").asString();
        JsonNode response = recorded.path("response");
        assertThat(given.statusCode())
                .as(name)
                .isEqualTo(response.path("status").intValue());
        String body = response.path("body").asString();
        if (body.startsWith("{")) {
            assertThat(forms("$", JsonMapper.shared().readTree(body)))
                    .as(name)
                    .containsAll(forms("$", JsonMapper.shared().readTree(given.body())));
        } else {
            assertThat(tags(given.body())).as(name).isEqualTo(tags(body));
        }
    }

    private static HttpResponse<String> answer(HttpClient client, URI address, JsonNode request) throws Exception {
        HttpRequest.Builder built =
                HttpRequest.newBuilder(address.resolve(request.path("path").asString()));
        if (request.path("method").asString().equals("POST")) {
            built.header("Content-Type", request.path("contentType").asString())
                    .POST(HttpRequest.BodyPublishers.ofString(
                            request.path("body").asString()));
        }
        return client.send(built.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Each path with the kind of what lies there. */
    private static Set<String> forms(String path, JsonNode node) {
        Set<String> forms = new TreeSet<>(Set.of(path + " " + node.getNodeType()));
        node.propertyNames().forEach(key -> forms.addAll(forms(path + "." + key, node.path(key))));
        return forms;
    }

    private static List<String> tags(String xml) {
        List<String> tags = new ArrayList<>();
        TAG.matcher(xml).results().forEach(tag -> tags.add(tag.group(1)));
        return tags;
    }

    private static JsonNode recordings() throws Exception {
        try (InputStream content = RecordingsTest.class.getResourceAsStream("odoo-19.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(content));
        }
    }

    private static String value(Map<String, String> environment, String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }
}
