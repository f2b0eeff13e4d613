package dev.muster.telling.metrics;

import java.util.List;
import java.util.function.Supplier;

/**
 * Where some of the metrics are read from.
 *
 * @param reading what it throws means that nothing is known
 */
public record Source(String name, Supplier<List<Family>> reading) {}
