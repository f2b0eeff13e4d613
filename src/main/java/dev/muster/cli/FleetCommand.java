package dev.muster.cli;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Sample;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.document.Documents;
import dev.muster.orchestrator.document.FleetDocuments;
import dev.muster.outlook.fleet.FleetStanding;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.fleet.TenantStanding;
import dev.muster.outlook.fleet.TenantStanding.State;
import dev.muster.runbook.Misprints;
import dev.muster.runbook.RunbookText;
import dev.muster.schedule.Timetable;
import dev.muster.schedule.fleet.SampleNote;
import dev.muster.schedule.fleet.Sampler;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster fleet}: the systems that one runbook is the template of. */
@Command(
        name = "fleet",
        description = "How the tenants of a fleet stand, and whom its slots drill.",
        subcommands = {FleetCommand.Show.class, FleetCommand.Plan.class, FleetCommand.Verify.class})
final class FleetCommand {
    @ParentCommand
    private MusterCommand muster;

    private Runbook template(Workshop workshop, String runbook) throws Misprints {
        RunbookText text = muster.read(workshop, runbook, Map.of());
        Runbook read = text.runbook().orElseThrow(() -> new Misprints(text.misprints()));
        if (!read.template()) {
            throw new WrongUsage(new Problem(
                    "The runbook is about one system and no fleet",
                    runbook,
                    "Describe the fleet under `fleet:`, as runbooks/README.md has it."));
        }
        return read;
    }

    private void say(String line) {
        muster.terminal().out().println(line);
    }

    /** {@code muster fleet show}. */
    @Command(name = "show", description = "Calls up the tenants, says how each stands, and what may be claimed of all.")
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private FleetCommand fleet;

        @Parameters(paramLabel = "RUNBOOK", description = "The template's file, or its name in the runbooks' folder.")
        private String runbook;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = fleet.muster.workshop()) {
                Runbook template = fleet.template(workshop, runbook);
                Roll roll = workshop.rolls().of(template);
                FleetStanding standing = new FleetStandings(new Fleets(workshop.catalog()))
                        .of(template, roll, fleet.muster.clock().instant());
                if (fleet.muster.json()) {
                    Json.of(FleetDocuments.fleet(standing)
                                    .with("refused", roll.refused())
                                    .with("duplicates", roll.duplicates())
                                    .with("tenants", Documents.list(standing.tenants(), FleetDocuments::tenant)))
                            .print(fleet.muster.terminal());
                } else {
                    print(standing, roll);
                }
                return ExitCode.PASSED;
            }
        }

        private void print(FleetStanding standing, Roll roll) {
            Table table = new Table("tenant", "", "last passed", "last drill");
            standing.tenants().stream()
                    .sorted(Comparator.comparing(TenantStanding::state))
                    .forEach(tenant -> table.row(
                            tenant.member().tenant(),
                            tenant.state().words()
                                    + tenant.member()
                                            .gone()
                                            .map(gone -> " since " + Words.instant(gone))
                                            .orElse(""),
                            tenant.member().passed().map(Words::instant).orElse("never"),
                            tenant.member().verdict().map(Enum::name).orElse("")));
            table.lines().forEach(fleet::say);
            roll.refused().forEach(name -> fleet.say("refused, since it cannot be the name of a tenant: " + name));
            if (roll.duplicates() > 0) {
                fleet.say(roll.duplicates() + " names came more than once and count once");
            }
            fleet.say("");
            for (State state : State.values()) {
                if (standing.count(state) > 0) {
                    fleet.say(standing.count(state) + " " + state.words());
                }
            }
            fleet.say(standing.statement().words());
            fleet.say("formula  " + standing.statement().formula());
        }
    }

    /** {@code muster fleet plan}. */
    @Command(name = "plan", description = "Says whom a slot would drill as things are, and why; touches nothing.")
    static final class Plan implements Callable<Integer> {
        @ParentCommand
        private FleetCommand fleet;

        @Parameters(paramLabel = "RUNBOOK", description = "The template's file, or its name in the runbooks' folder.")
        private String runbook;

        @Option(
                names = "--at",
                paramLabel = "T",
                description = "The slot, such as 2026-11-20T02:00:00Z; else the next.")
        private @Nullable String at;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = fleet.muster.workshop()) {
                Runbook template = fleet.template(workshop, runbook);
                Sample sample = new Sampler(new Fleets(workshop.catalog()), fleet.muster.clock())
                        .plan(
                                template,
                                slot(workshop, template),
                                workshop.rolls().of(template),
                                workshop.calendars().calendars())
                        .sample();
                if (fleet.muster.json()) {
                    Json.of(FleetDocuments.sample(sample).with("basis", sample.basis()))
                            .print(fleet.muster.terminal());
                } else {
                    print(sample);
                }
                return ExitCode.PASSED;
            }
        }

        private Instant slot(Workshop workshop, Runbook template) {
            return Optional.ofNullable(at)
                    .map(Requests::instant)
                    .or(() -> new Timetable(
                                    List.of(template), workshop.calendars().calendars())
                            .after(template, fleet.muster.clock().instant())
                            .filter(slot -> slot.forbidden().isEmpty())
                            .map(PlannedSlot::due)
                            .findFirst())
                    .orElseThrow(() -> new WrongUsage(new Problem(
                            "The fleet has no slot to come",
                            runbook,
                            "Give it a `schedule`, or name a moment with --at.")));
        }

        private void print(Sample sample) {
            fleet.say("slot        " + Words.instant(sample.slot()));
            fleet.say("seed        " + sample.seed());
            fleet.say("candidates  sha256 " + sample.digest());
            Table table = new Table("tenant", "chosen by", "weight");
            sample.choices()
                    .forEach(choice ->
                            table.row(choice.tenant(), kind(choice.kind()), Integer.toString(choice.weight())));
            table.lines().forEach(fleet::say);
            sample.vanished().forEach(tenant -> fleet.say("vanished: " + tenant));
            sample.refused().forEach(name -> fleet.say("refused, since it cannot be the name of a tenant: " + name));
        }

        private static String kind(Choice.Kind kind) {
            return switch (kind) {
                case LOT -> "lot";
                case DUE -> "time";
                case RISK -> "risk";
            };
        }
    }

    /** {@code muster fleet verify}. */
    @Command(
            name = "verify",
            description = "Makes past choices again from what was recorded, and compares them with the ledger.")
    static final class Verify implements Callable<Integer> {
        private static final int ALL = Integer.MAX_VALUE;

        @ParentCommand
        private FleetCommand fleet;

        @Parameters(paramLabel = "RUNBOOK", description = "The template's file, or its name in the runbooks' folder.")
        private String runbook;

        @Option(names = "--sample", paramLabel = "ID", description = "Only this one; else all.")
        private @Nullable String only;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = fleet.muster.workshop()) {
                Runbook template = fleet.template(workshop, runbook);
                List<Sample> samples = new Fleets(workshop.catalog())
                        .newest(template.name(), ALL).stream()
                                .filter(sample -> sample.problem().isEmpty())
                                .filter(sample -> only == null || sample.id().equals(only))
                                .toList();
                if (only != null && samples.isEmpty()) {
                    throw new WrongUsage(new Problem(
                            "The fleet has no sample of this name",
                            only,
                            "`muster fleet verify " + runbook + "` takes all there are."));
                }
                List<LedgerEvent> events = workshop.ledger().events();
                List<Json> results = samples.stream()
                        .map(sample -> new Json()
                                .with("sample", sample.id())
                                .with("slot", sample.slot())
                                .with("differs", differs(sample, events)))
                        .toList();
                boolean sound = results.stream().allMatch(one -> one.fields().get("differs") == null);
                if (fleet.muster.json()) {
                    new Json().with("samples", Json.list(results, one -> one)).print(fleet.muster.terminal());
                } else {
                    results.stream()
                            .map(Json::fields)
                            .forEach(one -> fleet.say(one.get("sample") + "  "
                                    + (one.get("differs") == null
                                            ? "follows from its seed"
                                            : "DIFFERS: " + one.get("differs"))));
                }
                return sound ? ExitCode.PASSED : ExitCode.EVIDENCE_INVALID;
            }
        }

        private static Optional<String> differs(Sample sample, List<LedgerEvent> events) {
            return Sampler.differs(sample)
                    .or(() -> events.stream()
                                    .anyMatch(event -> event.kind() == EventKind.SAMPLED
                                            && event.drill().equals(sample.id())
                                            && event.details().equals(SampleNote.of(sample)))
                            ? Optional.empty()
                            : Optional.of("the ledger does not have it so"));
        }
    }
}
