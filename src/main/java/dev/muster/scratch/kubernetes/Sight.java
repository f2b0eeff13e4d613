package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is seen of a scratch from outside at one moment.
 *
 * @param pod as it was last seen, also when it is gone since
 * @param events what the cluster says of the pod and its volume, oldest first
 * @param blind why nothing can be seen any more
 */
record Sight(
        Presence namespacePresence,
        Optional<Namespace> namespace,
        Presence podPresence,
        Optional<Pod> pod,
        List<Event> events,
        Optional<Problem> blind) {
    /** Nothing has been seen yet. */
    static final Sight NOTHING = new Sight(
            Presence.AWAITED, Optional.empty(), Presence.AWAITED, Optional.empty(), List.of(), Optional.empty());

    /** Whether something has come, and gone again. */
    enum Presence {
        AWAITED,
        THERE,
        GONE
    }

    Sight with(Namespace seen, Presence presence) {
        return new Sight(presence, Optional.of(seen), podPresence, pod, events, blind);
    }

    Sight with(Pod seen, Presence presence) {
        return new Sight(namespacePresence, namespace, presence, Optional.of(seen), events, blind);
    }

    /** Of an event that is seen again, the newest state alone counts. */
    Sight with(Event seen) {
        Stream<Event> others = events.stream()
                .filter(event ->
                        !event.getMetadata().getName().equals(seen.getMetadata().getName()));
        List<Event> all = Stream.concat(others, Stream.of(seen))
                .sorted(Comparator.comparing(Sight::at))
                .toList();
        return new Sight(namespacePresence, namespace, podPresence, pod, all, blind);
    }

    Sight blinded(Problem why) {
        return new Sight(namespacePresence, namespace, podPresence, pod, events, Optional.of(why));
    }

    /** When an event happened last, as its text; whoever reports events sets one or the other of these. */
    private static String at(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getMetadata().getCreationTimestamp())
                .filter(time -> time != null && !time.isEmpty())
                .findFirst()
                .orElse("");
    }
}
