package dev.muster.web.pages.drill;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.Plan;
import dev.muster.web.pages.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a drill would use and take, as its page says it before somebody starts it. */
final class PlanInWords {
    private static final int SHOWN = 25;

    private final Words words;

    PlanInWords(Words words) {
        this.words = words;
    }

    Map<String, Object> of(Plan plan) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("disaster", words.moment(plan.request().disaster()));
        said.put("bytes", words.size(plan.bytes()));
        said.put("server", plan.server());
        said.put("steps", plan.steps());
        said.put("manifests", plan.manifests());
        said.put("obstacles", plan.obstacles().stream().map(Words::problem).toList());
        said.put(
                "assets",
                plan.request().runbook().backups().values().stream()
                        .map(source -> asset(source, plan))
                        .toList());
        return said;
    }

    private Map<String, Object> asset(BackupSource source, Plan plan) {
        List<Candidate> candidates = plan.point().candidates().stream()
                .filter(candidate -> candidate.asset() == source.asset())
                .toList();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", source.asset().label());
        row.put("field", WishForm.field(source.asset()));
        row.put("rule", source.select().label());
        source.within().map(Asset::label).ifPresent(whole -> row.put("within", whole));
        row.put(
                "candidates",
                candidates.stream().limit(SHOWN).map(this::candidate).toList());
        row.put("more", Math.max(0, candidates.size() - SHOWN));
        return row;
    }

    private Map<String, Object> candidate(Candidate candidate) {
        return Map.of(
                "key", candidate.object().key(),
                "address", candidate.object().address(),
                "size", words.size(candidate.object().size()),
                "claimed", candidate.claimed().at().map(words::moment).orElse(Map.of()),
                "complete", candidate.complete(),
                "chosen", candidate.chosen(),
                "reason", candidate.reason());
    }

    /** What is known of a runbook without a look into its vaults. */
    Map<String, Object> of(Runbook runbook) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("name", runbook.name());
        said.put("title", runbook.title());
        said.put("system", runbook.system());
        said.put("owner", runbook.owner());
        said.put("scenario", runbook.scenario().label());
        said.put("approval", runbook.governance().approvalRequired());
        said.put("rpo", words.duration(runbook.objectives().rpo()));
        said.put("rto", words.duration(runbook.objectives().rto()));
        return said;
    }
}
