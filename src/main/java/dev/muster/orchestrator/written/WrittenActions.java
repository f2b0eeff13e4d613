package dev.muster.orchestrator.written;

import dev.muster.catalog.figures.Action;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpKind;
import dev.muster.evidence.followup.FollowUps;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done about the findings of a drill, as the follow-ups beside its bundle have it. */
public final class WrittenActions {
    private final String drill;
    private final String system;
    private final List<Action> actions = new ArrayList<>();

    private WrittenActions(String drill, String system) {
        this.drill = drill;
        this.system = system;
    }

    /** Those of a drill, in the order in which they began. */
    public static List<Action> of(String drill, String system, FollowUps followUps) {
        WrittenActions written = new WrittenActions(drill, system);
        followUps.all().stream()
                .filter(one -> one.kind() == FollowUpKind.ACTION || one.kind() == FollowUpKind.CLOSING)
                .forEach(written::add);
        return List.copyOf(written.actions);
    }

    /** A later one goes on with the open one about the same finding; about a finding that is closed it begins anew. */
    private void add(FollowUp one) {
        Optional<Action> open = actions.stream()
                .filter(action -> action.closed().isEmpty() && action.what().equals(one.text("finding")))
                .findFirst();
        Instant at = Instant.parse(one.text("at"));
        Action now = new Action(
                drill,
                system,
                open.map(Action::id).orElseGet(() -> Integer.toString(one.number())),
                one.text("finding"),
                text(one, "owner").or(() -> open.flatMap(Action::owner)),
                open.map(Action::opened).orElse(at),
                text(one, "due").map(LocalDate::parse).or(() -> open.flatMap(Action::due)),
                one.kind() == FollowUpKind.CLOSING ? Optional.of(at) : Optional.empty());
        open.ifPresentOrElse(before -> actions.set(actions.indexOf(before), now), () -> actions.add(now));
    }

    private static Optional<String> text(FollowUp one, String name) {
        return Optional.of(one.text(name)).filter(text -> !text.isEmpty());
    }
}
