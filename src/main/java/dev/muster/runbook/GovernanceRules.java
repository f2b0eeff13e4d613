package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold in what people declare beside the work. */
final class GovernanceRules {
    private final Entry root;

    GovernanceRules(Entry root) {
        this.root = root;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        Entry on = root.at("approved").at("on");
        on.text()
                .filter(day -> !calendarKnows(day))
                .ifPresent(day -> misprints.add(on.misprint(
                        "`" + on.path() + "` is `" + day + "`, a day that no calendar has",
                        "Write the day of the approval as year, month and day, such as 2026-10-15.")));
        root.at("expected").entries().forEach((stage, length) -> {
            Entry deadline = root.at("deadlines").at(stage);
            Optional<Duration> expected = length.text().flatMap(Amounts::duration);
            Optional<Duration> longest = deadline.text().flatMap(Amounts::duration);
            if (expected.isPresent() && longest.isPresent() && expected.get().compareTo(longest.get()) > 0) {
                misprints.add(length.misprint(
                        "`" + length.path() + "` is longer than `" + deadline.path()
                                + "`, at which the stage is stopped",
                        "Expect less, or raise the deadline of "
                                + deadline.text().orElse("") + "."));
            }
        });
        return misprints;
    }

    private static boolean calendarKnows(String day) {
        try {
            LocalDate.parse(day);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
