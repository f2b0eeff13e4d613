package dev.muster.runbook;

import dev.muster.drill.Fleet;
import dev.muster.drill.TenantSource;
import dev.muster.runbook.yaml.Entry;
import java.util.Optional;

/** What a runbook says of the fleet that it is the template of. */
final class FleetContent {
    private static final int ONE = 1;
    private static final int USUAL_CONFIDENCE = 95;

    private final Entry fleet;

    FleetContent(Entry fleet) {
        this.fleet = fleet;
    }

    Optional<Fleet> fleet() {
        return fleet.present()
                ? Optional.of(new Fleet(
                        tenants(fleet.at("tenants")),
                        fleet.at("each").text().flatMap(Amounts::period).orElseThrow(),
                        Math.toIntExact(fleet.at("byRisk").number().orElse(0)),
                        Math.toIntExact(fleet.at("byLot").number().orElse(ONE)),
                        fleet.at("confidence")
                                .text()
                                .map(text ->
                                        Integer.valueOf(text.replace("%", "").strip()))
                                .orElse(USUAL_CONFIDENCE),
                        fleet.at("tenant").text(),
                        fleet.at("sample").text()))
                : Optional.empty();
    }

    private static TenantSource tenants(Entry tenants) {
        Entry listing = tenants.at("listing");
        Entry query = tenants.at("query");
        if (listing.present()) {
            return new TenantSource.InVault(text(listing.at("vault")), text(listing.at("prefix")));
        }
        if (query.present()) {
            return new TenantSource.Queried(
                    text(query.at("url")),
                    query.at("user").text(),
                    query.at("password").text(),
                    text(query.at("sql")));
        }
        return tenants.at("file")
                .text()
                .<TenantSource>map(TenantSource.InFile::new)
                .orElseGet(() -> new TenantSource.Written(
                        tenants.at("list").items().stream().map(Entry::scalar).toList()));
    }

    private static String text(Entry entry) {
        return entry.text().orElseThrow();
    }
}
