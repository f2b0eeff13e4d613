package dev.muster.backup.format;

import dev.muster.drill.Reading;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Turns the wall clock of the machine that made a backup into an instant, or says why that is impossible. */
final class WallClock {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private WallClock() {}

    /** The start in an archive's header, which knows whether summer time was in force. */
    static Reading ofArchive(LocalDateTime local, boolean summerTime, ZoneId zone) {
        String formula = "start in the archive's header, " + shown(local, zone);
        for (ZoneOffset offset : offsets(local, zone)) {
            Instant instant = local.toInstant(offset);
            if (zone.getRules().isDaylightSavings(instant) == summerTime) {
                return Reading.of(instant, formula);
            }
        }
        return Reading.none(formula + ", is impossible: the header says that "
                + (summerTime ? "summer time" : "no summer time")
                + " was in force, which was not so there; set `zone:` to the zone of the machine that dumps");
    }

    /** The line of plain SQL that says when the dump started, with the zone's abbreviation. */
    static Reading ofScript(LocalDateTime local, Optional<String> abbreviation, ZoneId zone) {
        String formula = "line \"Started on\" of the dump, ";
        if (abbreviation
                .filter(name -> name.equals("UTC") || name.equals("GMT"))
                .isPresent()) {
            return Reading.of(local.toInstant(ZoneOffset.UTC), formula + local.format(SHOWN) + " UTC");
        }
        return of(formula, local, zone);
    }

    /** A time that says nothing of its zone. */
    static Reading of(String formula, LocalDateTime local, ZoneId zone) {
        // In the hour that a clock shows twice, the earlier instant claims less.
        return Reading.of(ZonedDateTime.of(local, zone).toInstant(), formula + shown(local, zone));
    }

    private static String shown(LocalDateTime local, ZoneId zone) {
        return local.format(SHOWN) + " on a clock of " + zone;
    }

    private static List<ZoneOffset> offsets(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        return valid.isEmpty() ? List.of(ZonedDateTime.of(local, zone).getOffset()) : valid;
    }
}
