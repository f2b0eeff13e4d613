package dev.muster.catalog.news;

import dev.muster.drill.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to tell a receiver.
 *
 * @param answer what the receiver said, shortly
 * @param problem why it does not have the news; absent when it does
 */
public record Attempt(Instant at, Duration took, String answer, Optional<Problem> problem) {}
