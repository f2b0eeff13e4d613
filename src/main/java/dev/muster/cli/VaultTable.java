package dev.muster.cli;

import dev.muster.drill.BackupSource;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.VaultState;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What lies in a vault of one asset, as a table, and below it whether it lies there as was promised. */
final class VaultTable {
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
        lines.addAll(new CandidateTable(state.candidates(), state.lockedUntil()).lines());
        state.worstLoss()
                .ifPresent(worst -> lines.addAll(Wrapped.lines("longest without a backup  ", worst.toString())));
        state.answers().stream()
                .filter(answer -> answer.verdict().isPresent())
                .forEach(answer -> lines.addAll(answer(answer, answer.verdict().get())));
        lines.addAll(unpromised());
        return lines;
    }

    private List<String> unpromised() {
        List<String> names = state.answers().stream()
                .filter(answer -> answer.verdict().isEmpty() && answer.question() != VaultQuestion.PROMISES)
                .map(answer -> answer.question().label())
                .toList();
        return names.isEmpty()
                ? List.of()
                : Wrapped.lines("not promised  ", String.join(", ", names) + " (what was seen: --json)");
    }

    private static List<String> answer(VaultAnswer answer, Verdict verdict) {
        String name = answer.question().label();
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
