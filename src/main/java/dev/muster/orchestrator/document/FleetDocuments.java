package dev.muster.orchestrator.document;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Member;
import dev.muster.catalog.fleet.Sample;
import dev.muster.drill.Runbook;
import dev.muster.evidence.record.Section;
import dev.muster.outlook.fleet.FleetStanding;
import dev.muster.outlook.fleet.Statement;
import dev.muster.outlook.fleet.TenantStanding;
import dev.muster.outlook.fleet.TenantStanding.State;

/** Fleets, as commands and the API tell of them. */
public final class FleetDocuments {
    private FleetDocuments() {}

    /** A fleet without its tenants. */
    public static Section fleet(FleetStanding fleet) {
        Runbook template = fleet.template();
        Section counts = new Section()
                .with("notProven", fleet.count(State.NOT_PROVEN))
                .with("neverProven", fleet.count(State.NEVER_PROVEN))
                .with("overdue", fleet.count(State.OVERDUE))
                .with("proven", fleet.count(State.PROVEN))
                .with("vanished", fleet.count(State.VANISHED));
        return new Section()
                .with("fleet", template.name())
                .with("title", template.title())
                .with("each", template.fleet().orElseThrow().each().toString())
                .with("counts", counts)
                .with("refused", fleet.last().map(Sample::refused))
                .with("duplicates", fleet.last().map(Sample::duplicates))
                .with("statement", statement(fleet.statement()))
                .with("lastSample", fleet.last().map(FleetDocuments::sample));
    }

    private static Section statement(Statement statement) {
        return new Section()
                .with("words", statement.words())
                .with("tenants", statement.tenants())
                .with("proven", statement.proven())
                .with("drawn", statement.drawn())
                .with("notPassed", statement.bad())
                .with("confidencePercent", statement.confidence())
                .with("restorableAtLeast", statement.restorable())
                .with("restorableAtLeastPercent", statement.percent())
                .with("formula", statement.formula());
    }

    public static Section tenant(TenantStanding tenant) {
        Member member = tenant.member();
        return new Section()
                .with("tenant", member.tenant())
                .with("system", tenant.system())
                .with("state", tenant.state().name())
                .with("since", member.since())
                .with("vanished", member.gone())
                .with("lastPassed", member.passed())
                .with("lastTried", member.tried())
                .with("lastVerdict", member.verdict().map(Enum::name));
    }

    /** What was chosen for a slot; what it was chosen from is as large as the fleet, and left out. */
    public static Section sample(Sample sample) {
        return new Section()
                .with("sample", sample.id())
                .with("slot", sample.slot())
                .with("seed", sample.seed())
                .with("candidatesSha256", sample.digest())
                .with("refused", sample.refused())
                .with("duplicates", sample.duplicates())
                .with("vanished", sample.vanished())
                .with("chosen", Documents.list(sample.choices(), FleetDocuments::choice))
                .with("problem", sample.problem().map(Object::toString));
    }

    private static Section choice(Choice choice) {
        return new Section()
                .with("tenant", choice.tenant())
                .with("kind", choice.kind().name())
                .with("weight", choice.weight())
                .with("drill", choice.drill());
    }
}
