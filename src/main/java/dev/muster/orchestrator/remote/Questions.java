package dev.muster.orchestrator.remote;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Erasure;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.orchestrator.Outside;
import dev.muster.scratch.Served;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The one who conducts the drill, for those who work in a scratch elsewhere: what they ask is said, and answered. */
final class Questions implements Outside {
    private final Sayings sayings;
    private final WorkerSecrets secrets;
    private final Map<Long, Said.Asks> open = new TreeMap<>();
    private final Map<Long, CompletableFuture<Question.Answer>> answers = new TreeMap<>();
    private long last;

    Questions(Sayings sayings, WorkerSecrets secrets) {
        this.sayings = sayings;
        this.secrets = secrets;
    }

    /** Questions that have no answer yet: it may have been lost on its way. */
    synchronized List<Said.Asks> open() {
        return new ArrayList<>(open.values());
    }

    synchronized void answered(long question, Question.Answer answer) {
        open.remove(question);
        Optional.ofNullable(answers.remove(question)).ifPresent(waiting -> waiting.complete(answer));
    }

    @Override
    public void cutOff() throws InterruptedException {
        ask(new Question.CutOff(), Question.Answer.Done.class);
    }

    @Override
    public List<CheckResult> askVaults() throws InterruptedException {
        return ask(new Question.AskVaults(), Question.Answer.Vaults.class).results();
    }

    @Override
    public Background.Known baseline(Instant point) throws InterruptedException {
        return ask(new Question.OfBaseline(point), Question.Answer.OfBaseline.class)
                .known();
    }

    @Override
    public Optional<Census> lastCensus(Instant point) throws InterruptedException {
        return ask(new Question.LastCensus(point), Question.Answer.LastCensus.class)
                .census();
    }

    @Override
    public Erased erased(Erasure.Listing listing) throws InterruptedException {
        return ask(new Question.OfErased(listing), Question.Answer.OfErased.class)
                .erased();
    }

    @Override
    public Secret password() {
        return secrets.beside();
    }

    @Override
    public Served start(String application, Map<String, String> blanks, OptionalInt port) throws InterruptedException {
        return ask(new Question.Start(application, blanks, port), Question.Answer.OfServed.class)
                .served();
    }

    @Override
    public Served recover(RecoveryTarget target) throws InterruptedException {
        return ask(new Question.Recover(target), Question.Answer.OfServed.class).served();
    }

    private <T extends Question.Answer> T ask(Question question, Class<T> kind) throws InterruptedException {
        CompletableFuture<Question.Answer> waiting = new CompletableFuture<>();
        synchronized (this) {
            last++;
            Said.Asks asked = new Said.Asks(last, question);
            open.put(last, asked);
            answers.put(last, waiting);
            sayings.say(asked);
        }
        try {
            Question.Answer answer = waiting.get();
            if (answer instanceof Question.Answer.Unable unable) {
                throw new CouldNotRun(unable.problem());
            }
            return kind.cast(answer);
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }
}
