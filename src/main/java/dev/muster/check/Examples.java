package dev.muster.check;

import java.util.List;
import java.util.stream.Collectors;

/** The first few of many, for a reader who cannot use them all. */
public final class Examples {
    private static final int SHOWN = 10;

    private Examples() {}

    /** Up to ten of them on one line, and how many more there are. */
    public static String of(List<String> all) {
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
        return all.size() > SHOWN ? shown + "; and " + (all.size() - SHOWN) + " more" : shown;
    }
}
