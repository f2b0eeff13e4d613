package dev.muster.app;

import dev.muster.cli.Serving;
import dev.muster.schedule.Watch;
import dev.muster.web.Web;
import java.net.URI;

/** Muster as a service: everything that runs in {@code muster serve}, in the order in which it starts and ends. */
final class Service implements Serving {
    private final Web web;
    private final Watch watch;

    Service(Web web, Watch watch) {
        this.web = web;
        this.watch = watch;
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    @Override
    public int running() {
        return watch.running();
    }

    @Override
    public void hurry() {
        watch.hurry();
    }

    /** The pages last: they show how the drills end. */
    @Override
    public void close() {
        try {
            watch.close();
        } finally {
            web.close();
        }
    }
}
