package dev.muster.telling;

import dev.muster.drill.News;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who is told.
 *
 * @param name as the settings have it
 * @param on the kinds of news that it wants
 * @param systems whose news it wants, with {@code *} for any letters; empty means those of all systems
 */
public record Receiver(String name, Set<News.Kind> on, List<String> systems, Channel channel) {
    /** What is wrong, and that it is right again. */
    public static final Set<News.Kind> USUAL = Set.copyOf(EnumSet.complementOf(EnumSet.of(News.Kind.PASSED)));

    public Receiver {
        on = Set.copyOf(on);
        systems = List.copyOf(systems);
    }

    /** Whether it wants to hear of something. What is about no system is about all of them. */
    public boolean wants(News news) {
        return on.contains(news.kind())
                && (systems.isEmpty()
                        || news.system()
                                .map(system -> systems.stream().anyMatch(pattern -> matches(pattern, system)))
                                .orElse(true));
    }

    private static boolean matches(String pattern, String system) {
        return Pattern.matches("\\Q" + pattern.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E", system);
    }
}
