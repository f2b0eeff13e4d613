package dev.muster.outlook.fleet;

import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Member;
import dev.muster.drill.Fleet;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says of fleets how they stand, as the catalog knows their tenants. */
public final class FleetStandings {
    private final Fleets fleets;

    public FleetStandings(Fleets fleets) {
        this.fleets = fleets;
    }

    /** How a fleet stands, with the tenants that the last slot called up. */
    public FleetStanding of(Runbook template, Instant now) {
        return of(template, known(template), now);
    }

    /** How a fleet stands with the tenants of this moment: who came since the last slot was never proven. */
    public FleetStanding of(Runbook template, Roll roll, Instant now) {
        Map<String, Member> members = new TreeMap<>(known(template));
        Set<String> there = new HashSet<>(roll.tenants());
        members.replaceAll((tenant, member) -> member.gone().isEmpty() && !there.contains(tenant)
                ? new Member(
                        tenant, member.since(), Optional.of(now), member.passed(), member.tried(), member.verdict())
                : member);
        roll.tenants().stream()
                .filter(tenant -> Optional.ofNullable(members.get(tenant))
                        .filter(member -> member.gone().isEmpty())
                        .isEmpty())
                .forEach(tenant -> members.put(tenant, Member.fresh(tenant, now)));
        return of(template, members, now);
    }

    private Map<String, Member> known(Runbook template) {
        return fleets.members(template.name(), tenant -> system(template, tenant));
    }

    private FleetStanding of(Runbook template, Map<String, Member> members, Instant now) {
        Fleet fleet = template.fleet().orElseThrow();
        Instant from = now.atZone(ZoneOffset.UTC).minus(fleet.each()).toInstant();
        List<TenantStanding> tenants = new ArrayList<>();
        members.forEach((tenant, member) ->
                tenants.add(new TenantStanding(member, system(template, tenant), state(member, from))));
        Statement statement = new Claim(tenants, fleet.confidence()).statement(fleets.lots(template.name(), from));
        return new FleetStanding(
                template,
                tenants,
                statement,
                fleets.newest(template.name(), 1).stream().findFirst());
    }

    static TenantStanding.State state(Member member, Instant from) {
        if (member.gone().isPresent()) {
            return TenantStanding.State.VANISHED;
        }
        if (member.verdict().filter(verdict -> verdict != Verdict.PASSED).isPresent()) {
            return TenantStanding.State.NOT_PROVEN;
        }
        if (member.passed().isEmpty()) {
            return TenantStanding.State.NEVER_PROVEN;
        }
        return member.passed().get().isBefore(from) ? TenantStanding.State.OVERDUE : TenantStanding.State.PROVEN;
    }

    private static String system(Runbook template, String tenant) {
        return template.system().replace(Fleet.PLACEHOLDER, tenant);
    }
}
