package dev.muster.schedule.overdue;

import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Member;
import dev.muster.drill.Runbook;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.fleet.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Until when the tenants of fleets have to pass; the promise ends for those that vanished. */
final class TenantPromises {
    private final Library library;
    private final Fleets fleets;

    TenantPromises(Library library, Fleets fleets) {
        this.library = library;
        this.fleets = fleets;
    }

    List<Proven> promised() {
        return library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .filter(Runbook::template)
                .flatMap(template ->
                        fleets.members(template.name(), tenant -> Sampler.system(template, tenant)).values().stream()
                                .filter(member -> member.gone().isEmpty())
                                .map(member -> promised(template, member)))
                .toList();
    }

    private static Proven promised(Runbook template, Member member) {
        Instant from = member.passed().orElse(member.since());
        Instant until = from.atZone(ZoneOffset.UTC)
                .plus(template.fleet().orElseThrow().each())
                .toInstant();
        return new Proven(
                Sampler.system(template, member.tenant()),
                Optional.empty(),
                Optional.of(Duration.between(from, until)),
                Optional.of(until),
                Optional.empty());
    }
}
