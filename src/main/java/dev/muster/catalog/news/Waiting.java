package dev.muster.catalog.news;

import java.time.Instant;
import java.util.Optional;

/**
 * What still waits to be delivered.
 *
 * @param since when the oldest of it was written; absent when nothing waits
 */
public record Waiting(int messages, Optional<Instant> since) {}
