package dev.muster.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an owner has promised about the backups of one asset as they lie in the vault.
 *
 * @param every how often one is made
 * @param keep how many are kept at least
 * @param longest how old one may become
 * @param immutable how long after it was stored one can be neither changed nor deleted
 * @param encrypted whether the vault encrypts what it stores
 * @param versioned whether the vault keeps what was overwritten or deleted
 */
public record Promises(
        Optional<Duration> every,
        OptionalInt keep,
        Optional<Duration> longest,
        Optional<Duration> immutable,
        boolean encrypted,
        boolean versioned,
        Optional<Replica> replica) {
    public static final Promises NONE = new Promises(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), false, false, Optional.empty());

    /** Where the same objects lie a second time. */
    public record Replica(String vault, String prefix) {}

    /** The promises as runbooks write them. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        every.ifPresent(length -> words.add("every " + new Span(length)));
        keep.ifPresent(count -> words.add("keep " + count));
        longest.ifPresent(length -> words.add("for " + new Span(length)));
        immutable.ifPresent(length -> words.add("immutable " + new Span(length)));
        if (encrypted) {
            words.add("encrypted");
        }
        if (versioned) {
            words.add("versioned");
        }
        replica.ifPresent(second -> words.add("replica in " + second.vault()));
        return List.copyOf(words);
    }
}
