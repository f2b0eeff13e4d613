package dev.muster.evidence.pack;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Consistency;
import dev.muster.ledger.Excerpt;
import dev.muster.signing.PublicKeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of the ledger in a pack: all of the period, none changed, and of a ledger that was never rewritten. */
final class PackedLedger {
    private static final String ASK_AGAIN = "Ask whoever gave you the pack for a new one, and keep this one.";

    private final PackFile file;
    private final Period period;
    private final Excerpt excerpt;
    private final PublicKeyText key;
    private final Optional<Checkpoint> since;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Instant made;

    PackedLedger(PackFile file, Period period, Excerpt excerpt, PublicKeyText key, Optional<Checkpoint> since) {
        this.file = file;
        this.period = period;
        this.excerpt = excerpt;
        this.key = key;
        this.since = since;
    }

    /** What was found right, once the problems were asked for. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** When it was signed the last time, once the problems were asked for. */
    Optional<Instant> made() {
        return Optional.ofNullable(made);
    }

    List<Problem> problems() throws IOException {
        problems.addAll(excerpt.problems(line -> file.place(Bundle.LEDGER) + ":" + line));
        List<Consistency> steps = steps();
        if (steps.isEmpty() || !problems.isEmpty()) {
            return List.copyOf(problems);
        }
        made = steps.get(steps.size() - 1).later().at();
        checkTree(steps);
        checkEdges(steps.get(steps.size() - 1).later());
        since.ifPresent(own -> checkAgainst(own, steps));
        return List.copyOf(problems);
    }

    /** Each step is shown and leads on from the one before. */
    private List<Consistency> steps() throws IOException {
        List<Consistency> steps = new ArrayList<>();
        for (int number = 1; file.names().contains(Pack.step(number)); number++) {
            String name = Pack.step(number);
            Optional<Consistency> step = Consistency.parse(new String(file.small(name), StandardCharsets.UTF_8));
            if (step.isEmpty() || !step.get().holds()) {
                problem("The proof does not show that the ledger goes on from its earlier checkpoint", name);
                return List.of();
            }
            boolean signed = step.get().later().signedBy(key)
                    && (step.get().earlier().signedBy(key)
                            || since.map(Checkpoint::text)
                                    .equals(Optional.of(step.get().earlier().text())));
            if (!signed) {
                problem("The ledger's checkpoint was not signed with its key", name);
                return List.of();
            }
            if (!steps.isEmpty()
                    && !steps.get(steps.size() - 1)
                            .later()
                            .text()
                            .equals(step.get().earlier().text())) {
                problem("The proof does not begin where the one before it ends", name);
                return List.of();
            }
            steps.add(step.get());
        }
        if (steps.isEmpty()) {
            problem("There is no proof that the ledger was not rewritten", Pack.step(1));
        }
        return steps;
    }

    /** The lines themselves lead to the root that was signed: none of them is missing, added, moved or changed. */
    private void checkTree(List<Consistency> steps) {
        Optional<Checkpoint> signed = steps.stream()
                .map(Consistency::later)
                .filter(one -> one.size() == excerpt.end())
                .findFirst();
        if (signed.isEmpty()
                || !excerpt.rootAt(excerpt.end())
                        .equals(Optional.of(signed.get().root()))) {
            problem("The lines are not those that the ledger's checkpoint was signed over", Bundle.LEDGER);
            return;
        }
        Checkpoint first = steps.get(0).earlier();
        Checkpoint now = steps.get(steps.size() - 1).later();
        lines.add("The " + excerpt.lines().size() + " ledger lines stand in the ledger " + now.origin() + " of "
                + now.size() + " events at " + now.at() + ", one after the other.");
        lines.add("That ledger goes on from its checkpoint of " + first.size()
                + (first.size() == 1 ? " event" : " events") + ", signed at " + first.at()
                + ", with nothing changed in it.");
    }

    /** One line before and one after the period show that none was cut off at its edges. */
    private void checkEdges(Checkpoint now) {
        List<LedgerEvent> events = excerpt.events();
        boolean begins = excerpt.before() == 0 || (!events.isEmpty() && !period.holds(events.get(0)));
        boolean ends =
                excerpt.end() == now.size() || (!events.isEmpty() && !period.holds(events.get(events.size() - 1)));
        if (begins && ends) {
            lines.add("No line of the period was cut off: the ledger goes on outside of it, or has no more.");
        } else {
            problem(
                    "Lines of the period may be missing " + (begins ? "after the last" : "before the first")
                            + " one: nothing shows where it " + (begins ? "ends" : "begins"),
                    Bundle.LEDGER);
        }
    }

    private void checkAgainst(Checkpoint own, List<Consistency> steps) {
        Checkpoint now = steps.get(steps.size() - 1).later();
        Optional<String> root = excerpt.rootAt(own.size())
                .or(() -> steps.stream()
                        .flatMap(step -> Stream.of(step.earlier(), step.later()))
                        .filter(one -> one.size() == own.size())
                        .map(Checkpoint::root)
                        .findFirst());
        if (!own.origin().equals(now.origin())) {
            problem("Your checkpoint of " + own.at() + " is of another ledger, " + own.origin(), Pack.step(1));
        } else if (own.size() > now.size() && own.at().isAfter(now.at())) {
            throw unknown(own, "was signed after the pack was made");
        } else if (own.size() > now.size()) {
            problem(
                    "The ledger had " + own.size() + " events at " + own.at() + ", and only " + now.size()
                            + " when the pack was made: its end was cut off",
                    Bundle.LEDGER);
        } else if (root.isEmpty()) {
            throw unknown(own, "is of a time that the lines of the pack do not cover");
        } else if (root.get().equals(own.root())) {
            lines.add("It is the ledger of your checkpoint of " + own.size() + " events, signed at " + own.at() + ".");
        } else {
            problem(
                    "The first " + own.size() + " events are not those of your checkpoint of " + own.at()
                            + ": the ledger was rewritten, or there are two of it",
                    Bundle.LEDGER);
        }
    }

    private CouldNotRun unknown(Checkpoint own, String why) {
        return new CouldNotRun(new Problem(
                "Your checkpoint of " + own.at() + " cannot be compared with the pack, since it " + why,
                file.place(Bundle.LEDGER),
                "Hand the checkpoint to whoever makes the pack, and ask for one made with"
                        + " `muster export --since` and its file."));
    }

    private void problem(String what, String name) {
        problems.add(new Problem(what, file.place(name), ASK_AGAIN));
    }
}
