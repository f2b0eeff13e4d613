package dev.muster.telling;

import dev.muster.catalog.figures.Measured;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.News;
import dev.muster.evidence.Handout;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** News on their way to a receiver; what is known of their drill is looked up once. */
public final class Message {
    private final String id;
    private final News news;
    private final Instant sent;
    private final boolean test;
    private final Wording wording;
    private @Nullable Known known;
    private boolean looked;
    private Optional<Handout> handout = Optional.empty();

    /**
     * A message for one try.
     *
     * @param id the same each time that it is tried, so that a receiver can drop repeats
     * @param sent when it is tried this time
     * @param test whether nothing has happened, and somebody only tries the receiver
     */
    public Message(String id, News news, Instant sent, boolean test, Wording wording) {
        this.id = id;
        this.news = news;
        this.sent = sent;
        this.test = test;
        this.wording = wording;
    }

    /** What the catalog knows of the drill that is meant. */
    record Known(Optional<DrillSummary> drill, Optional<Measured> measured) {}

    public String id() {
        return id;
    }

    public News news() {
        return news;
    }

    public Instant sent() {
        return sent;
    }

    public boolean test() {
        return test;
    }

    Known known() {
        if (known == null) {
            known = wording.known(news);
        }
        return known;
    }

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
        if (!looked) {
            handout = wording.handout(this);
            looked = true;
        }
        return handout;
    }

    /** Whether a receiver need not worry. */
    public boolean good() {
        return test || news.kind() == News.Kind.PASSED || news.kind() == News.Kind.PASSED_AGAIN;
    }
}
