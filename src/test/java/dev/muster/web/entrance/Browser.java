package dev.muster.web.entrance;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks as a browser does: keeps cookies, sends forms with what their page had in them, and follows nothing by itself. */
final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final URI home;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Browser(URI home) {
        this.home = home;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(home.resolve(path)), headers);
    }

    /** Opens a page and sends a form to a path, with the token that the page had. */
    HttpResponse<String> submit(String page, String path, String... fields) throws IOException, InterruptedException {
        return post(path, csrf(page), fields);
    }

    String csrf(String page) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get(page).body());
        return token.find() ? token.group(1) : "";
    }

    HttpResponse<String> post(String path, String csrf, String... fields) throws IOException, InterruptedException {
        return send(form(path, csrf, fields));
    }

    HttpResponse<String> post(String path, String csrf, List<String> headers, String... fields)
            throws IOException, InterruptedException {
        return send(form(path, csrf, fields), headers.toArray(String[]::new));
    }

    private HttpRequest.Builder form(String path, String csrf, String... fields) {
        List<String> pairs = new ArrayList<>(List.of("csrf=" + encoded(csrf)));
        for (int at = 0; at < fields.length; at += 2) {
            pairs.add(encoded(fields[at]) + "=" + encoded(fields[at + 1]));
        }
        return HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs)));
    }

    HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return submit("/login", "/login", "name", name, "password", password);
    }

    Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    void hold(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookie.setDomain(home.getHost());
        cookies.getCookieStore().add(home, cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(place -> place.replaceFirst("^http://[^/]+", ""))
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
