package dev.muster.signing;

/** A change of keys, with both pairs at hand so that both can sign what is noted about it. */
public record Rotation(String retiredKeyId, String currentKeyId, SigningKeys retired, SigningKeys current) {}
