package dev.muster.web;

import dev.muster.people.Right;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;

/** Takes the routes of each part, and with each the right that it needs. */
public final class Routes {
    private final RoutesConfig config;

    Routes(RoutesConfig config) {
        this.config = config;
    }

    /** A route for those who have the right. */
    public void add(HandlerType method, String path, Right right, Handler handler) {
        config.addHttpHandler(method, path, handler, new Needs(right));
    }

    /** A route for anybody, also for those of whom nothing is known. */
    public void open(HandlerType method, String path, Handler handler) {
        config.addHttpHandler(method, path, handler, Open.TO_ALL);
    }

    /** Something done before every answer, also before those that no route gives. */
    public void before(Handler handler) {
        config.before(handler);
    }

    /** The right that a route needs. */
    record Needs(Right right) implements RouteRole {}

    /** A route that needs none. */
    enum Open implements RouteRole {
        TO_ALL
    }
}
