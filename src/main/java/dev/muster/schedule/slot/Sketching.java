package dev.muster.schedule.slot;

import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Runbook;
import dev.muster.schedule.Timetable;
import dev.muster.schedule.calendar.Calendars;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down the slots that come, so that they are known as due also when their runbook has changed since. */
final class Sketching {
    private static final Logger LOG = LoggerFactory.getLogger(Sketching.class);

    private static final Duration AHEAD = Duration.ofDays(60);
    private static final Duration ENOUGH = Duration.ofDays(30);
    private static final int MANY = 200;
    private static final int FEW = 100;

    private final Slots slots;

    Sketching(Slots slots) {
        this.slots = slots;
    }

    void sketch(List<Runbook> runbooks, Calendars calendars, Instant moment) {
        Instant now = moment.truncatedTo(ChronoUnit.MILLIS);
        Timetable timetable = new Timetable(runbooks, calendars);
        Map<String, Watched> watched = slots.watched();
        Map<String, Integer> coming = slots.coming();
        for (Runbook runbook : runbooks) {
            String plan = plan(runbook, calendars);
            Watched known = watched.remove(runbook.name());
            if (known == null) {
                Watched begun = new Watched(runbook.name(), runbook.system(), now, plan, now);
                slots.watch(begun);
                extend(timetable, runbook, begun, begun, Optional.empty(), now);
            } else if (!known.plan().equals(plan)) {
                change(timetable, runbook, known, plan, now);
            } else if (known.sketched().isBefore(now.plus(ENOUGH))
                    && (coming.getOrDefault(runbook.name(), 0) < FEW
                            || known.sketched().isBefore(now))) {
                extend(timetable, runbook, known, known, Optional.empty(), now);
            }
        }
        watched.keySet().forEach(gone -> slots.forget(gone, now));
    }

    /** What was due by the old schedule stays due, what was to come by it does not come. */
    private void change(Timetable timetable, Runbook runbook, Watched known, String plan, Instant now) {
        Instant from = known.sketched().isBefore(now) ? known.sketched() : now;
        Watched changed = new Watched(runbook.name(), runbook.system(), known.since(), plan, from);
        extend(timetable, runbook, known, changed, Optional.of(now), now);
    }

    private void extend(
            Timetable timetable,
            Runbook runbook,
            Watched before,
            Watched begin,
            Optional<Instant> dropped,
            Instant now) {
        Instant until = now.plus(AHEAD);
        List<PlannedSlot> found = new ArrayList<>();
        try {
            Iterator<PlannedSlot> next =
                    timetable.after(runbook, begin.sketched()).iterator();
            int ahead = 0;
            while (next.hasNext() && ahead < MANY) {
                PlannedSlot slot = next.next();
                if (slot.due().isAfter(until)) {
                    break;
                }
                found.add(slot);
                ahead += slot.due().isAfter(now) ? 1 : 0;
            }
            if (ahead == MANY) {
                until = found.get(found.size() - 1).due();
            }
        } catch (IllegalArgumentException notUnderstood) {
            LOG.warn("The schedule of {} cannot be understood: see `muster lint`", runbook.name(), notUnderstood);
        }
        slots.sketch(
                before,
                new Watched(before.runbook(), begin.system(), before.since(), begin.plan(), until),
                dropped,
                found,
                now);
    }

    private static String plan(Runbook runbook, Calendars calendars) {
        String text = runbook.system()
                + runbook.schedule()
                        .map(plan -> plan + calendars.version(plan.avoid()))
                        .orElse("");
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
