package dev.muster.cli;

import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.VaultState;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What lies in a vault of one asset, as a table, and below it whether it lies there as was promised. */
final class VaultTable {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final VaultState state;
    private final Terminal terminal;

    VaultTable(VaultState state, Terminal terminal) {
        this.state = state;
        this.terminal = terminal;
    }

    List<String> lines() {
        BackupSource source = state.source();
        List<String> lines = new ArrayList<>();
        if (source.within().isPresent()) {
            lines.add(terminal.bold(source.asset().label()) + "  within the backups of the "
                    + source.within().get().label());
            return lines;
        }
        lines.add(terminal.bold(source.asset().label()) + "  " + source.format().label() + " below \"" + source.prefix()
                + "\" in vault " + source.vault());
        lines.addAll(candidates());
        state.worstLoss()
                .ifPresent(worst -> lines.addAll(Wrapped.lines("longest without a backup  ", worst.toString())));
        state.answers().forEach(answer -> lines.addAll(answer(answer)));
        return lines;
    }

    private List<String> candidates() {
        List<Candidate> looked = state.candidates().stream()
                .filter(one -> one.complete() || one.broken())
                .toList();
        boolean locks = !state.lockedUntil().isEmpty();
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
        int others = state.candidates().size() - looked.size();
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
                    Optional.ofNullable(state.lockedUntil().get(one.object().key()));
            cells.add(until.map(DAY::format).orElse("-"));
        }
        cells.add(one.chosen() ? "chosen" : one.complete() ? "usable" : "unusable");
        cells.add(one.object().key());
        return cells;
    }

    private static List<String> answer(VaultAnswer answer) {
        String name = answer.question().label();
        if (answer.verdict().isEmpty()) {
            return answer.question() == VaultQuestion.PROMISES
                    ? List.of("not promised  anything: no `promises` in the runbook")
                    : Wrapped.lines("not promised  ", name + ": " + seen(answer));
        }
        Verdict verdict = answer.verdict().get();
        String lead = verdict == Verdict.PASSED
                ? "kept          "
                : verdict == Verdict.FAILED ? "BROKEN        " : "unknown       ";
        return Wrapped.lines(
                lead, name + ": " + answer.problem().map(Object::toString).orElseGet(() -> seen(answer)));
    }

    private static String seen(VaultAnswer answer) {
        return answer.observations().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
