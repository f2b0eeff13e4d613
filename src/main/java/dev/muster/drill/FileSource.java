package dev.muster.drill;

import java.util.Optional;

/**
 * How an application's database names the files of its filestore, as a runbook writes it.
 *
 * @param sql a query for one row per file, with columns such as {@code path}, {@code digest}, {@code size},
 *     {@code written} and {@code owner}
 * @param digest the algorithm of the digests that the database records; absent when it records none
 * @param path where a file lies, with columns in braces; absent when the column {@code path} says it
 */
public record FileSource(String sql, Optional<String> digest, Optional<String> path) {}
