package dev.muster.web.api;

import dev.muster.evidence.record.Section;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Whether the service is alive, and whether it can do its work. Starting it again would not bring back what it works
 * with, so that it is alive as long as it answers. Whoever asks learns what is missing, and not why.
 */
public final class Health implements Part {
    private final List<Probing> probes;

    /** @param patience how long a probe is waited for; what comes later counts as no */
    public Health(List<Probe> probes, Duration patience, Clock clock) {
        this.probes = probes.stream()
                .map(probe -> new Probing(probe, patience, clock))
                .toList();
    }

    /**
     * Something without which the service cannot do its work.
     *
     * @param well what it throws counts as no
     */
    public record Probe(String name, BooleanSupplier well) {}

    @Override
    public void add(Routes routes) {
        routes.open(HandlerType.GET, "/health", request -> Json.answer(request, new Section().with("alive", true)));
        routes.open(HandlerType.GET, "/ready", this::ready);
    }

    private void ready(Context request) throws InterruptedException {
        boolean ready = true;
        List<Section> found = new ArrayList<>();
        probes.forEach(Probing::begin);
        for (Probing probe : probes) {
            boolean well = probe.well();
            ready &= well;
            found.add(new Section().with("name", probe.name()).with("well", well));
        }
        if (!ready) {
            request.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        Json.answer(request, new Section().with("ready", ready).with("probes", found));
    }
}
