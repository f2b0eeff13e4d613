package dev.muster.backup.choice;

import java.time.Instant;

/**
 * What one backup is compared with another by.
 *
 * @param at the instant it is good for
 * @param key where it lies in its vault
 */
record Standing(Instant at, String key) {}
