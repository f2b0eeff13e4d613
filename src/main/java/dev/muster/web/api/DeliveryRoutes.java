package dev.muster.web.api;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Outbox;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.people.Right;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.HandlerType;

/** Who was told of what. */
final class DeliveryRoutes implements Part {
    private static final int MOST = 500;

    private final Outbox outbox;

    DeliveryRoutes(Catalog catalog) {
        this.outbox = new Outbox(catalog);
    }

    @Override
    public void add(Routes routes) {
        routes.add(
                HandlerType.GET,
                "/api/v1/deliveries",
                Right.READ,
                request -> Json.answer(
                        request,
                        new Section().with("deliveries", Documents.list(outbox.newest(MOST), Documents::delivery))));
    }
}
