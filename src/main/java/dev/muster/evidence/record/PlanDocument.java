package dev.muster.evidence.record;

import dev.muster.drill.BackupSource;
import dev.muster.drill.BaselinePlan;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Erasure;
import dev.muster.drill.FileSource;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Inventory;
import dev.muster.drill.Likeness;
import dev.muster.drill.Rule;
import dev.muster.drill.Runbook;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Shrinking;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The work that the runbook asked for. */
final class PlanDocument {
    private PlanDocument() {}

    static Section of(Runbook runbook) {
        Section section = new Section()
                .with("backups", Parts.byAsset(runbook.backups(), PlanDocument::source))
                .with("scratch", scratch(runbook.scratch()))
                .with("steps", Parts.each(runbook.steps(), PlanDocument::step));
        runbook.baseline().ifPresent(baseline -> section.with("baseline", baseline(baseline)));
        return section;
    }

    /** Where the live database is stays out of it. */
    private static Section baseline(BaselinePlan baseline) {
        Map<String, String> tolerances = new LinkedHashMap<>();
        baseline.tolerances().forEach((table, tolerance) -> tolerances.put(table, tolerance.words()));
        return new Section()
                .with("vault", baseline.vault())
                .with("prefix", baseline.prefix())
                .with("tolerances", tolerances);
    }

    private static Section source(BackupSource source) {
        return new Section()
                .with("vault", source.vault())
                .with("format", source.format().label())
                .with("prefix", source.prefix())
                .with("name", source.name())
                .with("select", source.select().label())
                .with("zone", source.zone().getId())
                .with("within", source.within().map(asset -> asset.label()));
    }

    private static Section scratch(ScratchPlan scratch) {
        return new Section()
                .with("on", scratch.on().name().toLowerCase(Locale.ROOT))
                .with("postgres", scratch.postgres())
                .with("timeToLiveSeconds", scratch.timeToLive());
    }

    private static Section step(Step step) {
        return step.match(new Step.Cases<>() {
            @Override
            public Section together(Step.Together together) {
                List<Object> steps = Parts.each(together.steps(), PlanDocument::step);
                return new Section().with("together", steps);
            }

            @Override
            public Section restore(Step.Restore restore) {
                return new Section().with("restore", restore.asset().label());
            }

            @Override
            public Section neutralise(Step.Neutralise neutralise) {
                return new Section().with("neutralise", neutralise.profile());
            }

            @Override
            public Section erase(Step.Erase erase) {
                return new Section().with("erase", erasure(erase.erasure()));
            }

            @Override
            public Section start(Step.Start start) {
                return new Section()
                        .with("start", start.application().name())
                        .with("command", start.application().command());
            }

            @Override
            public Section workflow(Step.Work work) {
                return new Section()
                        .with("workflow", work.workflow().name())
                        .with("file", work.workflow().file());
            }

            @Override
            public Section check(Step.Check check) {
                Section section = new Section().with("check", check.name());
                check.inventory().ifPresent(inventory -> section.with("inventory", inventory(inventory)));
                likeness(check.likeness(), section);
                if (!check.without().isEmpty()) {
                    section.with("without", check.without());
                }
                if (!check.rules().isEmpty()) {
                    section.with("rules", Parts.each(check.rules(), PlanDocument::rule));
                }
                Filekeeping files = check.filekeeping();
                files.skew().ifPresent(skew -> section.with("skew", skew(skew)));
                files.unnamed().ifPresent(most -> section.with("unnamed", most));
                files.files().ifPresent(source -> section.with("files", files(source)));
                return check.rows().isEmpty() ? section : section.with("rows", check.rows());
            }

            @Override
            public Section probe(Step.Probe probe) {
                List<Object> places = Parts.each(probe.mustNotReach(), Endpoint::toString);
                return new Section().with("probe", probe.name()).with("mustNotReach", places);
            }
        });
    }

    private static Section erasure(Erasure erasure) {
        return new Section()
                .with("vault", erasure.list().vault())
                .with("list", erasure.list().name())
                .with("run", erasure.run())
                .with("absent", erasure.absent())
                .with("search", erasure.search());
    }

    private static Section skew(SkewLimit skew) {
        Section section = new Section().with("atMostSeconds", skew.atMost()).with("slackSeconds", skew.slack());
        skew.files().ifPresent(most -> section.with("files", most));
        return section;
    }

    private static Section files(FileSource source) {
        return new Section()
                .with("sql", source.sql())
                .with("digest", source.digest())
                .with("path", source.path());
    }

    private static void likeness(Likeness likeness, Section step) {
        likeness.identity()
                .ifPresent(identity -> step.with(
                        "identity",
                        new Section().with("sql", identity.sql()).with("is", List.copyOf(identity.sorted()))));
        if (!likeness.shrinking().equals(Shrinking.USUAL)) {
            step.with(
                    "shrinking",
                    new Section()
                            .with("tolerated", likeness.shrinking().words())
                            .with("except", likeness.shrinking().except()));
        }
        if (!likeness.roles().isEmpty()) {
            step.with("roles", likeness.roles().stream().sorted().toList());
        }
    }

    private static Section rule(Rule rule) {
        return new Section()
                .with("name", rule.name())
                .with("sql", rule.sql())
                .with("expect", rule.expect().value())
                .with("means", rule.means())
                .with("among", rule.among())
                .with("withinSeconds", rule.within());
    }

    private static Section inventory(Inventory inventory) {
        return new Section()
                .with("files", inventory.files())
                .with("keys", inventory.keys())
                .with("addons", inventory.addons())
                .with("images", inventory.images());
    }
}
