package dev.muster.evidence.record;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Figure;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What a reader might take a record to show although it does not. */
final class NotShown {
    private NotShown() {}

    static List<String> of(DrillRecord record, boolean demonstration) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "That other backups can be restored. One drill is one sample: it speaks of the backups named under"
                        + " recovery point and of no others.");
        sentences.add("How long a real disaster would last. The times were measured in the scratch environment that is"
                + " described under scenario; noticing the disaster, deciding, and pointing people and programs at the"
                + " restored system are not part of them.");
        List<String> unmeasured = unmeasured(record);
        if (!unmeasured.isEmpty()) {
            sentences.add(
                    "What could not be measured, which never counts as met: " + String.join(", ", unmeasured) + ".");
        }
        if (record.timeline().stream().noneMatch(entry -> entry.stage() == Stage.START)) {
            sentences.add("That the application works on the restored data: it was not started in this drill.");
        }
        if (record.checks().stream().noneMatch(ScenarioSection::isProbe)) {
            sentences.add("That nothing can get out of the scratch environment: no way out was tried in this drill.");
        }
        if (record.verdict() == Verdict.COULD_NOT_RUN || record.verdict() == Verdict.ABORTED) {
            sentences.add("Anything about checks that are not listed: they were not reached.");
        }
        if (demonstration) {
            sentences.add("Who made it. It is signed with a demonstration key that nobody should trust.");
        }
        return sentences;
    }

    private static List<String> unmeasured(DrillRecord record) {
        List<String> names = new ArrayList<>();
        note(record.rpo(), "the recovery point of the whole system", names);
        note(record.rto(), "the recovery time of the whole system", names);
        record.processes().forEach((process, figures) -> {
            note(figures.rpo(), "the recovery point of " + process, names);
            note(figures.rto(), "the recovery time of " + process, names);
        });
        return names;
    }

    private static void note(Figure figure, String name, List<String> names) {
        if (figure.achieved().isEmpty()) {
            names.add(name);
        }
    }
}
