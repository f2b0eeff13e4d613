package dev.muster.telling;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Puts news into the outbox for those who want them; whoever delivers takes them from there. */
public final class Telling implements Teller {
    /** Of these the latest says whether a system stands as it should. */
    private static final Set<News.Kind> STANDING =
            Set.of(News.Kind.OVERDUE, News.Kind.MISSED, News.Kind.PASSED, News.Kind.PASSED_AGAIN);

    private static final int WITH_THE_ONE_BEFORE = 2;
    private static final int LATEST = 200;
    private static final Duration LATELY = Duration.ofDays(1);

    private final Catalog catalog;
    private final Outbox outbox;
    private final List<Receiver> receivers;
    private final UnaryOperator<String> masked;
    private final Clock clock;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Tells these receivers.
     *
     * @param masked keeps secrets out of a text
     */
    public Telling(Catalog catalog, List<Receiver> receivers, UnaryOperator<String> masked, Clock clock) {
        this.catalog = catalog;
        this.outbox = new Outbox(catalog);
        this.receivers = List.copyOf(receivers);
        this.masked = masked;
        this.clock = clock;
    }

    @Override
    public void ended(DrillRecord record, Optional<Path> bundle) {
        told.set(true);
        News ended = DrillNews.of(record);
        boolean again = ended.kind() == News.Kind.PASSED && passedAgain(record);
        tell(again ? DrillNews.again(ended) : ended);
        DrillNews.leftBehind(record).forEach(this::tell);
    }

    private boolean passedAgain(DrillRecord record) {
        String system = record.request().runbook().system();
        return catalog.ended(system, record.request().runbook().name(), WITH_THE_ONE_BEFORE).stream()
                        .filter(drill -> !drill.drill().equals(record.drill()))
                        .flatMap(drill -> drill.verdict().stream())
                        .anyMatch(verdict -> verdict != Verdict.PASSED)
                || outbox.latest(system, STANDING)
                        .filter(kind -> kind == News.Kind.OVERDUE || kind == News.Kind.MISSED)
                        .isPresent();
    }

    /** Whether there was anything to tell so far. */
    public boolean told() {
        return told.get();
    }

    @Override
    public void tell(News news) {
        told.set(true);
        List<String> wanting = receivers.stream()
                .filter(receiver -> receiver.wants(news))
                .map(Receiver::name)
                .toList();
        if (!wanting.isEmpty()) {
            outbox.put(NewsId.of(news), masked(news), wanting, clock.instant());
        }
    }

    /**
     * Tells of the drills that ended lately and nobody was told of, since the process died in between; those that were
     * told stay told.
     */
    public void catchUp() {
        Instant lately = clock.instant().minus(LATELY);
        catalog.newest(Optional.empty(), LATEST).stream()
                .filter(drill -> drill.finished().filter(lately::isBefore).isPresent())
                .flatMap(drill -> DrillNews.of(drill).stream())
                .forEach(this::tell);
    }

    private News masked(News news) {
        return new News(
                news.kind(),
                masked.apply(news.subject()),
                news.system(),
                news.drill(),
                news.at(),
                masked.apply(news.what()),
                news.problem()
                        .map(problem -> new Problem(
                                masked.apply(problem.what()),
                                masked.apply(problem.where()),
                                masked.apply(problem.remedy()))));
    }
}
