package dev.muster.schedule.fleet;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the ledger holds of a sample. */
public final class SampleNote {
    private static final int NAMED = 200;

    private SampleNote() {}

    public static Map<String, String> of(Sample sample) {
        Map<String, String> details = new TreeMap<>();
        details.put("fleet", sample.fleet());
        details.put("slot", sample.slot().toString());
        details.put("seed", sample.seed());
        details.put("candidates sha256", sample.digest());
        details.put("refused", Integer.toString(sample.refused().size()));
        sample.choices().stream()
                .collect(Collectors.groupingBy(Choice::kind, TreeMap::new, Collectors.toList()))
                .forEach((kind, choices) ->
                        details.put("by " + kind.name().toLowerCase(Locale.ROOT), names(choices, Choice::tenant)));
        if (!sample.vanished().isEmpty()) {
            details.put("vanished", names(sample.vanished(), Function.identity()));
        }
        return details;
    }

    /** The names, and of very many the digest of all. */
    private static <T> String names(List<T> all, Function<T, String> name) {
        List<String> names = all.stream().map(name).sorted().toList();
        String some = String.join(" ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED
                ? some
                : some + " and " + (names.size() - NAMED) + " more, sha256 of all "
                        + Basis.sha256(String.join(" ", names));
    }
}
