package dev.muster.drill;

import java.time.Period;
import java.util.Optional;

/**
 * Many systems that one runbook is the template of.
 *
 * @param each every tenant is to pass at least this often
 * @param byRisk how many a slot drills besides, those most at risk more likely
 * @param byLot how many a slot drills besides, each as likely as any other
 * @param confidence of the statement about all tenants, in percent
 * @param tenant the one that this runbook is filled in for; absent in the template
 * @param sample the sample by which the schedule chose it
 */
public record Fleet(
        TenantSource tenants,
        Period each,
        int byRisk,
        int byLot,
        int confidence,
        Optional<String> tenant,
        Optional<String> sample) {
    /** What stands for the tenant's name in the template. */
    public static final String PLACEHOLDER = "${tenant}";

    /** The value of a runbook that says for which tenant it is filled in. */
    public static final String TENANT = "fleet.tenant";

    /** The value of a runbook that says which sample chose the tenant. */
    public static final String SAMPLE = "fleet.sample";

    /** Somebody wants to drill the template itself. */
    public static Refusal tenantWanted() {
        return new Refusal(
                Refusal.Reason.INVALID,
                new Problem(
                        "The runbook is the template of a fleet, and no tenant is named",
                        TENANT,
                        "Set the value `" + TENANT + "` to the name of one."));
    }
}
