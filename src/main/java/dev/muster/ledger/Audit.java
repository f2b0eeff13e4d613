package dev.muster.ledger;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.signing.Rotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Reads a ledger with suspicion: the chain from line to line, and what each drill went through. */
final class Audit {
    private static final String UNKNOWN = "";
    private static final String COMPARE =
            "Compare with a copy of the ledger, or with the last checkpoint: `muster ledger verify --since FILE`.";

    private final LongFunction<String> place;
    private final long before;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, LedgerEvent> planned = new HashMap<>();
    private final Map<String, LedgerEvent> ended = new HashMap<>();

    Audit(LongFunction<String> place) {
        this(place, 0);
    }

    /** @param before how many lines stand before those that will be read, and are not at hand */
    Audit(LongFunction<String> place, long before) {
        this.place = place;
        this.before = before;
    }

    List<Problem> problems(List<byte[]> lines) {
        String head = before == 0 ? EventLine.BEFORE_THE_FIRST : UNKNOWN;
        long sequence = before;
        for (int index = 0; index < lines.size(); index++) {
            byte[] line = lines.get(index);
            long number = index + 1L;
            Optional<LedgerEvent> read = EventLine.parse(line);
            if (read.isEmpty()) {
                add("The line is not an event as Muster writes it", number);
                sequence++;
            } else {
                LedgerEvent event = read.get();
                followLine(event, sequence, head, number);
                followDrill(event, number);
                followKeys(event, number);
                sequence = event.sequence();
            }
            head = EventLine.digest(line);
        }
        return List.copyOf(problems);
    }

    private void followLine(LedgerEvent event, long before, String head, long line) {
        long missing = event.sequence() - before - 1;
        if (missing > 0) {
            add(missing + (missing == 1 ? " event is" : " events are") + " missing before this line", line);
        } else if (missing < 0) {
            add("Event " + event.sequence() + " stands after event " + before + ", out of its order", line);
        } else if (!head.equals(UNKNOWN) && !event.previous().equals(head)) {
            add(
                    line == 1
                            ? "The first line does not begin a ledger"
                            : "The line before has been rewritten: its digest is not the one that this line names",
                    line);
        }
    }

    private void followDrill(LedgerEvent event, long line) {
        String drill = event.drill();
        if (event.kind() == EventKind.PLANNED) {
            planned.putIfAbsent(drill, event);
        }
        if (!event.kind().terminal()) {
            return;
        }
        LedgerEvent earlier = ended.putIfAbsent(drill, event);
        if (earlier != null) {
            add("Drill " + drill + " ends twice: " + earlier.kind() + " and " + event.kind(), line);
        }
        // A slot that was missed or refused never became a plan.
        boolean neverPlanned = event.kind() == EventKind.MISSED || event.kind() == EventKind.REFUSED;
        if (before == 0 && !neverPlanned && !planned.containsKey(drill)) {
            add("Drill " + drill + " ends without having been planned", line);
        }
    }

    private void followKeys(LedgerEvent event, long line) {
        if (event.kind() == EventKind.KEY_ROTATED) {
            Rotation.fault(event.details()).ifPresent(fault -> add("The change of keys " + fault, line));
        }
    }

    private void add(String what, long line) {
        problems.add(new Problem(what, place.apply(line), COMPARE));
    }
}
