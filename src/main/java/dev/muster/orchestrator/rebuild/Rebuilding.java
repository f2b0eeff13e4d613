package dev.muster.orchestrator.rebuild;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.History;
import dev.muster.catalog.figures.Action;
import dev.muster.catalog.figures.Actions;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.bundle.Trust;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpCheck;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.rebuild.Found.NotBelieved;
import dev.muster.orchestrator.rebuild.Rebuilt.LeftOut;
import dev.muster.orchestrator.written.WrittenActions;
import dev.muster.orchestrator.written.WrittenDrill;
import dev.muster.orchestrator.written.WrittenEnd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the catalog's drills, figures and actions anew from bundles, and from the ledger those that left none. Whatever
 * it knows nothing better of stays as it is.
 */
public final class Rebuilding {
    private final Ledger ledger;
    private final Catalog catalog;
    private final Path keys;

    /** @param keys the public keys of this installation: bundles that others have signed are none of its drills */
    public Rebuilding(Ledger ledger, Catalog catalog, Path keys) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.keys = keys;
    }

    /** Reads all bundles that lie in a folder. */
    public Rebuilt rebuild(Path folder) {
        Map<String, List<LedgerEvent>> events = ledger.events().stream()
                .collect(Collectors.groupingBy(LedgerEvent::drill, LinkedHashMap::new, Collectors.toList()));
        Trust trust = Trust.in(keys);
        List<LeftOut> leftOut = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Set<String> followed = followed(folder);
        int actions = 0;
        for (Path file : listed(folder, "drill-*.zip")) {
            try {
                WrittenDrill drill = new Found(file, trust, events).drill();
                catalog.remember(drill.summary(Optional.of(file.toString())));
                new Figures(catalog).remember(drill.figures());
                known.add(drill.record().drill());
                List<LedgerEvent> own = events.getOrDefault(drill.record().drill(), List.of());
                List<Action> written =
                        followed.contains(stem(file)) || own.stream().anyMatch(Rebuilding::followUp)
                                ? actions(drill, file, trust, own)
                                : List.of();
                new Actions(catalog).remember(drill.record().drill(), written);
                actions += written.size();
            } catch (NotBelieved reason) {
                leftOut.add(reason.leftOut());
            }
        }
        int fromBundles = known.size();
        events.values()
                .forEach(own -> WrittenEnd.summary(own)
                        .filter(end -> !known.contains(end.drill()) && !better(end.drill()))
                        .ifPresent(end -> {
                            catalog.remember(end);
                            known.add(end.drill());
                        }));
        return new Rebuilt(
                folder,
                fromBundles,
                known.size() - fromBundles,
                new History(catalog).count(History.Filter.ALL) - known.size(),
                actions,
                leftOut);
    }

    /** Whether the catalog has how the drill ended: it was told more of it than the ledger. */
    private boolean better(String drill) {
        return catalog.find(drill)
                .filter(found -> found.drill().equals(drill))
                .flatMap(DrillSummary::verdict)
                .isPresent();
    }

    private static List<Action> actions(WrittenDrill drill, Path file, Trust trust, List<LedgerEvent> events)
            throws NotBelieved {
        Verification after = FollowUpCheck.verify(file, trust);
        List<Problem> problems = new ArrayList<>(after.problems());
        if (!events.isEmpty()) {
            problems.addAll(FollowingUp.problems(events, file));
        }
        if (!problems.isEmpty()) {
            throw new NotBelieved(
                    file,
                    after.outcome() == Outcome.NOT_TRUSTED ? Outcome.NOT_TRUSTED : Outcome.INVALID,
                    problems.get(0));
        }
        return WrittenActions.of(drill.record().drill(), drill.system(), FollowUps.beside(file));
    }

    private static boolean followUp(LedgerEvent event) {
        return event.details().containsKey(FollowUp.DIGEST);
    }

    /** What bundles are called that something follows. */
    private static Set<String> followed(Path folder) {
        return listed(folder, "drill-*.followup-*.json").stream()
                .map(Rebuilding::stem)
                .collect(Collectors.toSet());
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(\\.followup-[^.]*\\.json|\\.zip)$", "");
    }

    private static List<Path> listed(Path folder, String pattern) {
        List<Path> listed = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    listed.add(file);
                }
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The bundles cannot be listed (" + failed + ")",
                            folder.toString(),
                            "Name the folder that holds them with --from, and make it readable for the user who runs"
                                    + " Muster."),
                    failed);
        }
        Collections.sort(listed);
        return listed;
    }
}
