package dev.muster.web.entrance;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Tells browsers what no page of Muster does, so that they refuse it. */
final class SafeHeaders implements Handler {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Override
    public void handle(Context request) {
        request.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
        if (Cookies.secure(request)) {
            request.header("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
