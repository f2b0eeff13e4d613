package dev.muster.outlook.fleet;

import dev.muster.catalog.fleet.Sample;
import dev.muster.drill.Runbook;
import java.util.List;
import java.util.Optional;

/**
 * How a fleet stands at a moment.
 *
 * @param tenants by name, those included that vanished
 * @param last what was chosen for the newest slot
 */
public record FleetStanding(
        Runbook template, List<TenantStanding> tenants, Statement statement, Optional<Sample> last) {
    public FleetStanding {
        tenants = List.copyOf(tenants);
    }

    /** How many tenants stand so. */
    public int count(TenantStanding.State state) {
        return (int) tenants.stream().filter(one -> one.state() == state).count();
    }
}
