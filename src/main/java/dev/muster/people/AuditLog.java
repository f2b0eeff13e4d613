package dev.muster.people;

import dev.muster.catalog.people.Counts;
import dev.muster.drill.EventKind;
import dev.muster.ledger.Found;
import dev.muster.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who did what: events of the ledger, which nobody changes afterwards. */
public final class AuditLog {
    /** So often in an hour each is noted by itself; under attack the ledger shall not grow with every try. */
    static final int EACH_BY_ITSELF = 5;

    static final int ALL_BY_THEMSELVES = 200;
    private static final int LONGEST = 200;
    private static final String ALL = "all";

    private final Ledger ledger;
    private final Counts counts;
    private final Clock clock;

    AuditLog(Ledger ledger, Counts counts, Clock clock) {
        this.ledger = ledger;
        this.counts = counts;
        this.clock = clock;
    }

    /** Something was done. */
    public void note(Actor by, Action action, String on) {
        append(by, action, on, "done");
    }

    /**
     * Something was refused, which happens as often as somebody likes to try: after a few in an hour the others are
     * counted, and noted as one.
     */
    public void noteRefused(Actor by, Action action, String on, String why) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        writeCounted();
        String subject = cut(action.word() + "|" + by.name() + "|" + why);
        if (counts.count(subject, hour) <= EACH_BY_ITSELF && counts.count(ALL, hour) <= ALL_BY_THEMSELVES) {
            append(by, action, on, "refused: " + why);
        } else {
            counts.count("more|" + subject, hour);
        }
    }

    /** Notes what was only counted in the hours before this one. */
    public void writeCounted() {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        for (Counts.Row row : counts.takeBefore(hour)) {
            String[] parts = row.subject().split("\\|", 4);
            if (parts.length == 4 && parts[0].equals("more")) {
                ledger.append(
                        EventKind.ACTED,
                        "",
                        Map.of(
                                "by",
                                parts[2],
                                "action",
                                parts[1],
                                "on",
                                "",
                                "result",
                                "refused " + row.times() + " more times: " + parts[3],
                                "from",
                                "",
                                "hour",
                                row.hour().toString()));
            }
        }
    }

    private void append(Actor by, Action action, String on, String result) {
        ledger.append(
                EventKind.ACTED,
                "",
                Map.of(
                        "by", cut(by.name()),
                        "action", action.word(),
                        "on", cut(on),
                        "result", cut(result),
                        "from", cut(by.from())));
    }

    /**
     * A page of the log, the newest first.
     *
     * @param by absent takes everybody
     * @param action absent takes everything
     */
    public Found page(Optional<String> by, Optional<String> action, int number, int size) {
        Map<String, String> details = new HashMap<>();
        by.ifPresent(name -> details.put("by", name));
        action.ifPresent(word -> details.put("action", word));
        return ledger.find(EventKind.ACTED, details, Math.max(0, number - 1) * size, size);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
