package dev.muster.cli;

import dev.muster.drill.Candidate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The backups of one asset as a table, with the reason below each that was chosen or cannot be. */
final class CandidateTable {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Candidate> candidates;
    private final Map<String, Instant> lockedUntil;

    /** @param lockedUntil until when an object is locked, by its key */
    CandidateTable(List<Candidate> candidates, Map<String, Instant> lockedUntil) {
        this.candidates = List.copyOf(candidates);
        this.lockedUntil = Map.copyOf(lockedUntil);
    }

    List<String> lines() {
        List<Candidate> looked = candidates.stream()
                .filter(one -> one.complete() || one.broken())
                .toList();
        boolean locks = !lockedUntil.isEmpty();
        Table table = locks
                ? new Table("good for (UTC)", "size", "locked until", "state", "backup")
                : new Table("good for (UTC)", "size", "state", "backup");
        looked.forEach(one -> table.row(cells(one, locks).toArray(String[]::new)));
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < looked.size(); i++) {
            Candidate one = looked.get(i);
            lines.add(rows.get(i + 1));
            if (one.chosen() || one.broken()) {
                lines.addAll(Wrapped.lines("    ", one.reason()));
            }
        }
        int others = candidates.size() - looked.size();
        if (others > 0) {
            lines.add("and " + others + (others == 1 ? " object" : " objects") + " whose name rules it out");
        }
        return lines;
    }

    private List<String> cells(Candidate one, boolean locks) {
        List<String> cells = new ArrayList<>();
        cells.add(one.claimed().at().map(MINUTE::format).orElse("not known"));
        cells.add(Words.bytes(one.object().size()));
        if (locks) {
            Optional<Instant> until =
                    Optional.ofNullable(lockedUntil.get(one.object().key()));
            cells.add(until.map(DAY::format).orElse("-"));
        }
        cells.add(one.chosen() ? "chosen" : one.complete() ? "usable" : "unusable");
        cells.add(one.object().key());
        return cells;
    }
}
