package dev.muster.signing.timestamp;

import dev.muster.drill.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where timestamps come from.
 *
 * @param certificate a file with the certificates that the authority's own must lead to
 * @param user whom the authority knows us as, where it wants to know
 * @param password looked up each time that it is needed
 * @param policy the rules, by their object identifier, that the authority is asked to follow
 * @param timeout the longest that an answer may take, from the first byte asked to the last one read
 */
public record TimestampSettings(
        URI url,
        Path certificate,
        Optional<String> user,
        Optional<Supplier<Secret>> password,
        Optional<String> policy,
        Duration timeout) {}
