package dev.muster.web.api;

import dev.muster.drill.CouldNotRun;
import dev.muster.evidence.record.Section;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the service is alive, and whether it can do its work; whoever asks learns no more than that. */
public final class Health implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final List<Probe> probes;

    public Health(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    /**
     * Something without which the service cannot do its work.
     *
     * @param well answers soon; what it throws counts as no
     */
    public record Probe(String name, BooleanSupplier well) {}

    @Override
    public void add(Routes routes) {
        routes.open(HandlerType.GET, "/health", request -> Json.answer(request, new Section().with("alive", true)));
        routes.open(HandlerType.GET, "/ready", this::ready);
    }

    private void ready(Context request) {
        boolean ready = probes.stream().allMatch(Health::well);
        if (!ready) {
            request.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        Json.answer(request, new Section().with("ready", ready));
    }

    private static boolean well(Probe probe) {
        try {
            if (probe.well().getAsBoolean()) {
                return true;
            }
            LOG.warn("not ready: {}", probe.name());
        } catch (CouldNotRun trouble) {
            LOG.warn("not ready: {}: {}", probe.name(), trouble.problem());
        }
        return false;
    }
}
