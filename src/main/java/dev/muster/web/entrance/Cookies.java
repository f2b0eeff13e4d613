package dev.muster.web.entrance;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/** What a browser holds for Muster: with TLS only for this very host and only over TLS, and never seen by a script. */
enum Cookies {
    /** Who is signed in. */
    SESSION("muster"),
    /** That a form which nobody is signed in for was asked for by the same browser. */
    FORM("muster-form"),
    /** That this browser is on its way to the provider. */
    SIGN_ON("muster-sign-on"),
    /** That somebody has signed in here before. */
    KNOWN("muster-known");

    private static final int UNTIL_CLOSED = -1;

    private final String name;

    Cookies(String name) {
        this.name = name;
    }

    Optional<String> of(Context request) {
        return Optional.ofNullable(request.cookie(name(request)));
    }

    void set(Context request, String value) {
        request.cookie(cookie(request, value, UNTIL_CLOSED));
    }

    void set(Context request, String value, Duration length) {
        request.cookie(cookie(request, value, Math.toIntExact(length.toSeconds())));
    }

    void remove(Context request) {
        request.cookie(cookie(request, "", 0));
    }

    private Cookie cookie(Context request, String value, int seconds) {
        Cookie cookie = new Cookie(name(request), value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure(request));
        cookie.setSameSite(SameSite.LAX);
        return cookie;
    }

    private String name(Context request) {
        return (secure(request) ? "__Host-" : "") + name;
    }

    static boolean secure(Context request) {
        return request.scheme().equals("https");
    }
}
