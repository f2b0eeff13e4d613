package dev.muster.web.api;

import dev.muster.drill.Runbook;
import dev.muster.evidence.management.ManagementDocument;
import dev.muster.outlook.management.Management;
import dev.muster.people.Right;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How the estate stands and went in twelve months, for those who manage. */
final class ManagementRoutes implements Part {
    private final Library library;
    private final Management management;
    private final Clock clock;

    ManagementRoutes(Library library, Management management, Clock clock) {
        this.library = library;
        this.management = management;
        this.clock = clock;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/management", Right.READ, this::management);
    }

    private void management(Context request) {
        List<Runbook> good = library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .toList();
        Json.answer(request, ManagementDocument.of(management.view(good, clock.instant(), ZoneOffset.UTC)));
    }
}
