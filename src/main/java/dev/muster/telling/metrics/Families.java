package dev.muster.telling.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Lists of families, put together. */
final class Families {
    private Families() {}

    @SafeVarargs
    static List<Family> joined(List<Family>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
