package dev.muster.app;

import dev.muster.cli.Serving;
import dev.muster.schedule.Duty;
import dev.muster.web.Web;
import java.net.URI;

/** Muster as a service: everything that runs in {@code muster serve}, in the order in which it starts and ends. */
final class Service implements Serving {
    private final Web web;
    private final Duty duty;

    Service(Web web, Duty duty) {
        this.web = web;
        this.duty = duty;
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    @Override
    public int running() {
        return duty.running();
    }

    @Override
    public void hurry() {
        duty.hurry();
    }

    /** The pages last: they show how the drills end. */
    @Override
    public void close() {
        try {
            duty.close();
        } finally {
            web.close();
        }
    }
}
