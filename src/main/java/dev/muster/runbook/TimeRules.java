package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
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
        zone(schedule.at("zone")).ifPresent(misprints::add);
        root.at("backups")
                .entries()
                .values()
                .forEach(backup -> zone(backup.at("zone")).ifPresent(misprints::add));
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

    private static Optional<Misprint> zone(Entry zone) {
        return zone.text().filter(text -> !text.isEmpty() && !known(text)).map(text -> {
            String meant = new Spelling(
                            ZoneId.getAvailableZoneIds().stream().sorted().toList())
                    .nearest(text)
                    .map(candidate -> "Did you mean `" + candidate + "`? ")
                    .orElse("");
            return zone.misprint(
                    "`" + zone.path() + "` is `" + text + "`, which is no time zone",
                    meant + "Write a name from the time zone database, such as Europe/Berlin, or UTC.");
        });
    }

    private static boolean known(String zone) {
        try {
            return !ZoneId.of(zone).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
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
