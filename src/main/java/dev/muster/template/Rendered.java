package dev.muster.template;

/**
 * A rendered text, and what it was rendered with.
 *
 * @param sha256 the digest of the template's file; of all its files one after the other when it includes others
 * @param customised whether any of them was the organisation's own
 */
public record Rendered(String text, String sha256, boolean customised) {}
