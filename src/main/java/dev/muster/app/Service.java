package dev.muster.app;

import dev.muster.cli.Serving;
import dev.muster.web.Web;
import java.net.URI;

/** Muster as a service: everything that runs in {@code muster serve}, in the order in which it starts and ends. */
final class Service implements Serving {
    private final Web web;

    Service(Web web) {
        this.web = web;
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    @Override
    public void close() {
        web.close();
    }
}
