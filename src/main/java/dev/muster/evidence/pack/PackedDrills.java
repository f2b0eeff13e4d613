package dev.muster.evidence.pack;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.evidence.record.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The drills of a period, each as the ledger's lines tell it. Whoever has the lines can work it out again, and whoever
 * verifies a pack does.
 */
final class PackedDrills {
    static final String BUNDLE_DIGEST = "bundle sha256";

    private static final String NOT_FOUND = "the ledger names a bundle, and it was not found when the pack was made";

    /** Every way in which a drill ends, and its key in the index. */
    private static final Map<String, String> OUTCOMES = outcomes();

    private final Map<String, Drill> drills = new LinkedHashMap<>();
    private final Map<String, Integer> others = new TreeMap<>();

    private PackedDrills() {}

    /**
     * One drill, slot that was missed, or request that was refused.
     *
     * @param planned absent where a slot was missed
     * @param ended absent while it had not ended by the end of the period
     * @param completed when its evidence could only be signed later, and was
     */
    record Drill(
            String name, Optional<LedgerEvent> planned, Optional<LedgerEvent> ended, Optional<LedgerEvent> completed) {
        /** The digest of the bundle that the ledger names. */
        Optional<String> digest() {
            return Stream.of(ended, completed)
                    .flatMap(Optional::stream)
                    .flatMap(event -> Stream.ofNullable(event.details().get(BUNDLE_DIGEST)))
                    .findFirst();
        }

        String file() {
            return "bundles/drill-" + name + ".zip";
        }

        String outcome() {
            return ended.map(event ->
                            event.details().getOrDefault("verdict", event.kind().name()))
                    .orElse("OPEN");
        }

        /** The files of the pack that were signed after the bundle and belong to it. */
        private List<String> followUps(Set<String> packed) {
            String start = "bundles/drill-" + name + ".followup-";
            return packed.stream()
                    .filter(file -> file.startsWith(start))
                    .sorted()
                    .toList();
        }

        private String detail(String key) {
            return planned.map(event -> event.details().get(key))
                    .or(() -> ended.map(event -> event.details().get(key)))
                    .orElse("");
        }

        private String whyNoBundle() {
            if (ended.isEmpty()) {
                return "it had not ended by the end of the period";
            }
            Map<String, String> details = ended.get().details();
            return switch (ended.get().kind()) {
                case MISSED -> "no drill ran in this slot";
                case REFUSED ->
                    "the runbook was refused, with " + details.getOrDefault("mistakes", "some") + " mistakes";
                default ->
                    details.getOrDefault("evidence", details.getOrDefault("reason", "the ledger does not say why"));
            };
        }

        /** @param packed the names of all files in the pack */
        Section section(Set<String> packed) {
            boolean there = packed.contains(file());
            return new Section()
                    .with("drill", name)
                    .with("system", detail("system"))
                    .with("runbook", detail("runbook"))
                    .with("planned", planned.map(LedgerEvent::at))
                    .with("ended", ended.map(LedgerEvent::at))
                    .with("outcome", outcome())
                    .with("bundle", there ? file() : null)
                    .with("sha256", digest())
                    .with("noBundle", there ? null : digest().isPresent() ? NOT_FOUND : whyNoBundle())
                    .with("followUps", followUps(packed));
        }
    }

    static PackedDrills of(Period period, List<LedgerEvent> events) {
        Map<String, LedgerEvent> planned = new LinkedHashMap<>();
        Map<String, LedgerEvent> ended = new LinkedHashMap<>();
        Map<String, LedgerEvent> completed = new LinkedHashMap<>();
        PackedDrills found = new PackedDrills();
        List<String> names = new ArrayList<>();
        for (LedgerEvent event : events) {
            boolean within = period.holds(event);
            if (event.kind() == EventKind.PLANNED) {
                planned.putIfAbsent(event.drill(), event);
            } else if (event.kind().terminal() && within) {
                ended.putIfAbsent(event.drill(), event);
            } else if (event.kind() == EventKind.EVIDENCE_COMPLETED
                    && within
                    && event.details().containsKey(BUNDLE_DIGEST)) {
                completed.putIfAbsent(event.drill(), event);
            }
            if (within && (event.kind() == EventKind.PLANNED || event.kind().terminal())) {
                names.add(event.drill());
            } else if (within) {
                found.others.merge(event.kind().name(), 1, Integer::sum);
            }
        }
        names.stream()
                .distinct()
                .forEach(name -> found.drills.put(
                        name,
                        new Drill(
                                name,
                                Optional.ofNullable(planned.get(name)),
                                Optional.ofNullable(ended.get(name)),
                                Optional.ofNullable(completed.get(name)))));
        return found;
    }

    List<Drill> all() {
        return List.copyOf(drills.values());
    }

    /** How many other events the period had, by kind. */
    Map<String, Integer> others() {
        return others;
    }

    /** How the drills of each system ended; one of which there is a runbook and no drill is there with none. */
    List<Section> systems(Map<String, String> declared) {
        Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
        declared.values().forEach(system -> outcomes.put(system, new TreeMap<>()));
        all().forEach(drill -> outcomes.computeIfAbsent(drill.detail("system"), system -> new TreeMap<>())
                .merge(drill.outcome(), 1, Integer::sum));
        List<Section> systems = new ArrayList<>();
        outcomes.forEach((system, counts) -> {
            Section section = new Section()
                    .with("system", system)
                    .with(
                            "drills",
                            counts.values().stream().mapToInt(Integer::intValue).sum());
            OUTCOMES.forEach((outcome, key) -> section.with(key, counts.getOrDefault(outcome, 0)));
            systems.add(section);
        });
        return systems;
    }

    private static Map<String, String> outcomes() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("PASSED", "passed");
        keys.put("FAILED", "failed");
        keys.put("COULD_NOT_RUN", "couldNotRun");
        keys.put("ABORTED", "aborted");
        keys.put("MISSED", "missed");
        keys.put("REFUSED", "refused");
        keys.put("OPEN", "open");
        return keys;
    }
}
