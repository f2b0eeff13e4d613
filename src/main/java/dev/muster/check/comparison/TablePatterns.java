package dev.muster.check.comparison;

import dev.muster.check.configuration.Wildcards;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Names of tables and patterns of such names, as a runbook lists them. */
final class TablePatterns {
    private final List<String> patterns;

    TablePatterns(Collection<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** The one that fits a table best: its own name, else the longest pattern. */
    Optional<String> best(String table) {
        return patterns.stream()
                .filter(pattern -> Wildcards.valueMatches(label(pattern), table))
                .max(Comparator.comparing((String pattern) -> label(pattern).equals(table))
                        .thenComparing(String::length));
    }

    private static String label(String pattern) {
        return pattern.startsWith("public.") ? pattern.substring("public.".length()) : pattern;
    }
}
