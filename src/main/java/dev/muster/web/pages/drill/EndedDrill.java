package dev.muster.web.pages.drill;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.followup.Incomplete;
import dev.muster.web.pages.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a drill once it has ended: its verdict, its figures, and what came afterwards. */
final class EndedDrill {
    private final FollowingUp followingUp;
    private final Reaper reaper;
    private final Words words;
    private final RecordInWords record;

    EndedDrill(FollowingUp followingUp, Reaper reaper, Words words) {
        this.followingUp = followingUp;
        this.reaper = reaper;
        this.words = words;
        this.record = new RecordInWords(words);
    }

    Map<String, Object> of(DrillSummary drill) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("drill", DrillInWords.of(drill, words));
        List<Problem> problems = new ArrayList<>();
        followingUp.incomplete().stream()
                .filter(one -> one.drill().equals(drill.drill()))
                .map(Incomplete::problem)
                .forEach(problems::add);
        Optional<Path> bundle = drill.bundle().map(Path::of);
        bundle.filter(Files::exists)
                .ifPresentOrElse(
                        file -> evidence(file, drill, model, problems),
                        () -> bundle.map(EndedDrill::lost).ifPresent(problems::add));
        model.put("problems", problems.stream().map(Words::problem).toList());
        model.put(
                "scratches",
                reaper.scratches().stream()
                        .filter(scratch -> scratch.drill().equals(drill.drill()))
                        .map(this::scratch)
                        .toList());
        return model;
    }

    private void evidence(Path bundle, DrillSummary drill, Map<String, Object> model, List<Problem> problems) {
        try {
            Json.read(BundleFiles.of(bundle, Bundle.DOCUMENT))
                    .map(WrittenRecord::new)
                    .ifPresent(written -> model.put("record", record.of(written)));
            model.put("followUps", FollowUps.beside(bundle).readable());
            problems.addAll(followingUp.problems(drill.drill(), bundle));
        } catch (CouldNotRun unreadable) {
            problems.add(unreadable.problem());
        }
    }

    private static Problem lost(Path bundle) {
        return new Problem(
                "The evidence of this drill is not where it was put",
                bundle.toString(),
                "Put the file back from a copy; the ledger has its SHA-256.");
    }

    private Map<String, Object> scratch(OpenScratch scratch) {
        return Map.of(
                "id", scratch.id(),
                "kept", scratch.kept(),
                "expires", words.moment(scratch.expires()),
                "reach", scratch.reach());
    }
}
