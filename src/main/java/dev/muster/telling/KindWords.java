package dev.muster.telling;

import dev.muster.drill.News;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kinds of news are called. */
public final class KindWords {
    private KindWords() {}

    /** As settings and machines write it: {@code could-not-run}. */
    public static String label(News.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind that settings mean. */
    public static Optional<News.Kind> of(String label) {
        return Stream.of(News.Kind.values())
                .filter(kind -> label(kind).equals(label))
                .findFirst();
    }

    /** As people read it: {@code Could not run}. */
    static String word(News.Kind kind) {
        String words = label(kind).replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
