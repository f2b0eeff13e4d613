package dev.muster.people;

import java.time.Instant;

/**
 * Somebody is signed in with a browser.
 *
 * @param key names the session to its owner; nobody comes in with it
 * @param mustChange they may do nothing before they have chosen a password
 */
public record Session(
        String key, Person person, boolean mustChange, Instant began, Instant seen, String address, String browser) {}
