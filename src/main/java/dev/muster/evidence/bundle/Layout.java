package dev.muster.evidence.bundle;

import dev.muster.drill.Problem;
import dev.muster.evidence.record.RecordDocument;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layout that a record says it has, against the one that this Muster reads. */
public record Layout(String schema) {
    private static final Pattern NUMBERED =
            Pattern.compile("(https://muster[.]dev/schema/evidence-v)(\\d{1,6})[.]json");

    /**
     * What to do about a layout that is another one.
     *
     * @param check the command that says what is wrong with a bundle
     */
    public Optional<Problem> foreign(String place, String check) {
        if (schema.equals(RecordDocument.SCHEMA)) {
            return Optional.empty();
        }
        Matcher numbered = NUMBERED.matcher(schema);
        if (!numbered.matches()) {
            return Optional.of(new Problem(
                    "There is no record that this Muster can read"
                            + (schema.isEmpty() ? "" : ": it is laid out as " + schema),
                    place,
                    "See what is wrong with the bundle: `" + check + "`."));
        }
        return Optional.of(
                number(numbered) > own()
                        ? new Problem(
                                "The record is of layout " + number(numbered) + ", and this Muster knows " + own(),
                                place,
                                "A newer Muster wrote it. Verify it with that version, or by the steps in "
                                        + Bundle.INSTRUCTIONS + "; those go for every layout.")
                        : new Problem(
                                "The record is of the older layout " + number(numbered) + ", and this Muster knows "
                                        + own(),
                                place,
                                "Read and verify it with the Muster that wrote it, or by the steps in "
                                        + Bundle.INSTRUCTIONS + "; its signature is as good as ever."));
    }

    private static int own() {
        Matcher own = NUMBERED.matcher(RecordDocument.SCHEMA);
        return own.matches() ? number(own) : 0;
    }

    private static int number(Matcher numbered) {
        return Integer.parseInt(numbered.group(2));
    }
}
