package dev.muster.web;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.evidence.record.Section;
import dev.muster.web.limit.NotNow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into an answer: a problem of RFC 9457 for programs, a page for people. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String AGAIN = "Retry-After";
    private static final int ID_BYTES = 6;

    private final ProblemPage page;
    private final SecureRandom random = new SecureRandom();

    Problems(ProblemPage page) {
        this.page = page;
    }

    void install(RoutesConfig routes) {
        routes.exception(
                Refusal.class, (refusal, request) -> answer(request, status(refusal.reason()), refusal.problem()));
        routes.exception(NotSignedIn.class, (nobody, request) -> signIn(nobody, request));
        routes.exception(NotNow.class, (later, request) -> {
            request.header(AGAIN, Long.toString(later.seconds()));
            answer(request, HttpStatus.forStatus(later.status()), later.problem());
        });
        routes.exception(CouldNotRun.class, this::couldNotRun);
        routes.exception(HttpResponseException.class, (refused, request) -> {
            // Among them is which methods a path takes, as HTTP wants it.
            HttpStatus status = HttpStatus.forStatus(refused.getStatus());
            answer(request, status, words(status, request));
        });
        routes.exception(Exception.class, this::unexpected);
    }

    private static HttpStatus status(Refusal.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case CONFLICT -> HttpStatus.CONFLICT;
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }

    private void signIn(NotSignedIn nobody, Context request) {
        if (forPrograms(request)) {
            request.header("WWW-Authenticate", "Bearer realm=\"muster\"");
            answer(
                    request,
                    HttpStatus.UNAUTHORIZED,
                    new Problem(
                            "Nobody is signed in",
                            request.path(),
                            "Sign in, or send a token in the header `Authorization: Bearer TOKEN`."));
        } else if (request.header("HX-Request") != null) {
            // A part of a page would be replaced by the way in; the whole page is sent there instead.
            request.header("HX-Refresh", "true").status(HttpStatus.NO_CONTENT);
        } else {
            request.redirect(nobody.wayIn(), HttpStatus.SEE_OTHER);
        }
    }

    private void couldNotRun(CouldNotRun trouble, Context request) {
        LOG.warn("{} {}: {}", request.method(), request.path(), trouble.problem());
        request.header(AGAIN, "10");
        answer(
                request,
                HttpStatus.SERVICE_UNAVAILABLE,
                request.attribute(Web.PERSON) == null
                        ? new Problem("The service cannot answer now", "", "Try again later.")
                        : trouble.problem());
    }

    private void unexpected(Exception failed, Context request) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        LOG.error("fault {} at {} {}", name, request.method(), request.path(), failed);
        answer(
                request,
                HttpStatus.INTERNAL_SERVER_ERROR,
                new Problem(
                        "Something went wrong that should not",
                        "fault " + name,
                        "Look for this fault in the log of `muster serve`."));
    }

    private static Problem words(HttpStatus status, Context request) {
        return switch (status) {
            case NOT_FOUND ->
                new Problem("There is nothing here", request.path(), "/openapi.json lists what the API answers.");
            case METHOD_NOT_ALLOWED ->
                new Problem(
                        "This cannot be done here",
                        request.method() + " " + request.path(),
                        "/openapi.json lists what the API answers.");
            case CONTENT_TOO_LARGE -> new Problem("The request is too large", request.path(), "Send at most 1 MiB.");
            case UNSUPPORTED_MEDIA_TYPE ->
                new Problem(
                        "The request is not of a kind that is read here",
                        "Content-Type",
                        "Send JSON with the header `Content-Type: application/json`.");
            default -> new Problem(status.getMessage(), request.path(), "");
        };
    }

    private void answer(Context request, HttpStatus status, Problem problem) {
        request.status(status);
        if (forPrograms(request)) {
            request.contentType("application/problem+json")
                    .result(Json.bytes(new Section()
                            .with("type", "about:blank")
                            .with("title", status.getMessage())
                            .with("status", status.getCode())
                            .with("detail", problem.what())
                            .with("instance", request.path())
                            .with("where", problem.where())
                            .with("remedy", problem.remedy())));
        } else {
            request.html(page.render(request, status.getCode(), problem));
        }
    }

    private static boolean forPrograms(Context request) {
        String accept = request.header("Accept");
        return request.path().startsWith("/api/")
                || request.path().equals("/metrics")
                || (accept != null && accept.contains("json"));
    }
}
