package dev.muster.drill;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a runbook says about files and the rows that name them.
 *
 * @param skew how far files and rows may lie apart in time
 * @param unnamed the most files that no row may name, those aside that are newer than the database or
 *     marked as garbage
 * @param files how the database names its files; absent for the application that is known
 */
public record Filekeeping(Optional<SkewLimit> skew, OptionalLong unnamed, Optional<FileSource> files) {
    /** A runbook that says nothing about them. */
    public static final Filekeeping USUAL = new Filekeeping(Optional.empty(), OptionalLong.empty(), Optional.empty());
}
