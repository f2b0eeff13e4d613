package dev.muster.telling;

import dev.muster.drill.News;
import dev.muster.evidence.Handout;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * News on their way to a receiver.
 *
 * @param id the same each time that it is tried, so that a receiver can drop repeats
 * @param sent when it is tried this time
 * @param test whether nothing has happened, and somebody only tries the receiver
 */
public record Message(String id, News news, Instant sent, boolean test, Wording wording) {
    /** What is known of the news, for a machine. */
    public Map<String, Object> facts() {
        return wording.facts(this);
    }

    /**
     * The news in words.
     *
     * @param template its name below {@code templates/telling}
     * @param quoting makes of a value what stands for itself where the words go
     */
    public String words(String template, UnaryOperator<String> quoting) throws InterruptedException {
        return wording.words(this, template, quoting);
    }

    /** What goes round of the drill's evidence, where there is some. */
    public Optional<Handout> handout() throws InterruptedException {
        return wording.handout(this);
    }

    /** Whether a receiver need not worry. */
    public boolean good() {
        return test || news.kind() == News.Kind.PASSED || news.kind() == News.Kind.PASSED_AGAIN;
    }
}
