package dev.muster.runbook;

import dev.muster.drill.MonthDays;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold among a runbook's schedule, zones and limits. */
final class TimeRules {
    private final Entry root;

    TimeRules(Entry root) {
        this.root = root;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        Entry schedule = root.at("schedule");
        cron(schedule.at("cron")).ifPresent(misprints::add);
        on(schedule.at("on")).ifPresent(misprints::add);
        Zones.misprint(schedule.at("zone")).ifPresent(misprints::add);
        root.at("backups")
                .entries()
                .values()
                .forEach(backup -> Zones.misprint(backup.at("zone")).ifPresent(misprints::add));
        misprints.addAll(deadlines());
        return misprints;
    }

    private static Optional<Misprint> cron(Entry cron) {
        return cron.text()
                .filter(text -> !text.isEmpty())
                .flatMap(text -> Cron.fault(text)
                        .map(fault -> cron.misprint(
                                "`" + cron.path() + "` " + fault,
                                "Write second, minute, hour, day of the month, month and day of the week, one of the two"
                                        + " days as `?`, such as \"0 0 3 ? * SUN#1\" for the first Sunday at three.")));
    }

    private static Optional<Misprint> on(Entry on) {
        return on.text()
                .filter(words -> !words.isEmpty())
                .filter(words -> MonthDays.read(words).filter(MonthDays::single).isEmpty())
                .map(words -> on.misprint(
                        "`" + on.path() + "` is `" + words + "`, which names no day of a month",
                        new Spelling(MonthDays.phrases())
                                        .nearest(words)
                                        .map(meant -> "Did you mean `" + meant + "`? ")
                                        .orElse("")
                                + "Write it like first Sunday, second-last Friday, last working day, last day or day"
                                + " 15."));
    }

    private List<Misprint> deadlines() {
        List<Misprint> misprints = new ArrayList<>();
        Entry limit = root.at("scratch").at("timeToLive");
        Optional<Duration> life =
                limit.present() ? limit.text().flatMap(Amounts::duration) : Optional.of(RunbookContent.TIME_TO_LIVE);
        root.at("deadlines").entries().values().forEach(deadline -> {
            Optional<Duration> longest = deadline.text().flatMap(Amounts::duration);
            if (longest.isPresent() && life.isPresent() && longest.get().compareTo(life.get()) > 0) {
                misprints.add(deadline.misprint(
                        "`" + deadline.path() + "` is longer than the scratch lives",
                        "Shorten it, or make `scratch.timeToLive` longer; it is "
                                + limit.text().orElse("4h, unless it is given") + "."));
            }
        });
        return misprints;
    }
}
