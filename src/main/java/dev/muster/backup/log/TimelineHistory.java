package dev.muster.backup.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way from the first timeline to one of its descendants.
 *
 * @param timeline where the way ends
 * @param turns the timelines before it, the eldest first, each with the position at which it was left
 */
public record TimelineHistory(int timeline, List<Turn> turns) {
    public TimelineHistory {
        turns = List.copyOf(turns);
    }

    /** A timeline that was left. */
    public record Turn(int timeline, Lsn left) {}

    /** A timeline that nothing came before. */
    public static TimelineHistory first(int timeline) {
        return new TimelineHistory(timeline, List.of());
    }

    /** Reads a history file as PostgreSQL writes it. */
    public static TimelineHistory read(int timeline, String text) {
        List<Turn> turns = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].matches("\\d{1,9}")) {
                Lsn.read(words[1]).ifPresent(left -> turns.add(new Turn(Integer.parseInt(words[0]), left)));
            }
        }
        return new TimelineHistory(timeline, turns);
    }

    public static String name(int timeline) {
        return String.format(Locale.ROOT, "%08X.history", timeline);
    }

    /** Whether a backup that ended there on that timeline can be brought forward this way. */
    public boolean leadsOnFrom(int other, Lsn end) {
        return other == timeline
                || turns.stream()
                        .anyMatch(
                                turn -> turn.timeline() == other && turn.left().compareTo(end) >= 0);
    }

    /** The timeline whose segment of this number is replayed. */
    public int at(long number, long size) {
        Optional<Turn> current = turns.stream()
                .filter(turn -> number
                        < Segment.holding(turn.left(), turn.timeline(), size).number())
                .findFirst();
        return current.map(Turn::timeline).orElse(timeline);
    }
}
