package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Looks whether what stands as a time zone is one. */
public final class Zones {
    private Zones() {}

    public static Optional<Misprint> misprint(Entry zone) {
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
}
