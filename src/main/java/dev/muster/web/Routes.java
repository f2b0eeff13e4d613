package dev.muster.web;

import dev.muster.people.Right;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.util.ArrayList;
import java.util.List;

/** Takes the routes of each part, and with each the right that it needs. */
public final class Routes {
    private final RoutesConfig config;
    private final List<String> all = new ArrayList<>();

    Routes(RoutesConfig config) {
        this.config = config;
    }

    /** A route for those who have the right. */
    public void add(HandlerType method, String path, Right right, Handler handler) {
        all.add(method + " " + path + " " + right);
        config.addHttpHandler(method, path, handler, new Needs(right));
    }

    /** A route for those who have the right, and for the programs of this machine. */
    public void nearby(HandlerType method, String path, Right right, Handler handler) {
        all.add(method + " " + path + " " + right);
        config.addHttpHandler(method, path, handler, new Needs(right), Open.TO_THIS_MACHINE);
    }

    /** A route for anybody, also for those of whom nothing is known. */
    public void open(HandlerType method, String path, Handler handler) {
        all.add(method + " " + path + " open");
        config.addHttpHandler(method, path, handler, Open.TO_ALL);
    }

    /** Something done before every answer, also before those that no route gives. */
    public void before(Handler handler) {
        config.before(handler);
    }

    /** Method, path and right of each. */
    List<String> all() {
        return List.copyOf(all);
    }

    /** The right that a route needs. */
    record Needs(Right right) implements RouteRole {}

    /** From whom a route wants no right. */
    enum Open implements RouteRole {
        TO_ALL,
        TO_THIS_MACHINE
    }
}
