package dev.muster.drill;

/**
 * Where the write-ahead log lies that a base backup is recovered with, in the same vault.
 *
 * @param target how far it is replayed
 */
public record LogSource(String prefix, RecoveryTarget target) {}
