package dev.muster.people;

import java.time.Duration;

/**
 * How long somebody stays signed in.
 *
 * @param idle without asking for anything
 * @param longest however much they ask for
 */
public record SessionRules(Duration idle, Duration longest) {
    public static final SessionRules USUAL = new SessionRules(Duration.ofMinutes(30), Duration.ofHours(12));
}
