package dev.muster.backup.format;

import dev.muster.drill.Reading;
import java.util.Optional;

/**
 * What a look at an object's bytes tells.
 *
 * @param fault why it cannot be restored, as a sentence without its full stop; absent when it looks complete
 */
public record Judgement(Reading claimed, Optional<String> fault) {

    public static Judgement complete(Reading claimed) {
        return new Judgement(claimed, Optional.empty());
    }

    public static Judgement faulty(String fault) {
        return new Judgement(Reading.none(fault), Optional.of(fault));
    }

    public Judgement but(String fault) {
        return new Judgement(claimed, Optional.of(fault));
    }
}
