package dev.muster.orchestrator.remote;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.Surroundings;
import dev.muster.orchestrator.Unexpected;
import dev.muster.orchestrator.WorkDone;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is done about each thing that a worker says. */
final class Listening {
    /** Further apart than this, times of the worker and of this machine do not belong in one timeline. */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private static final double MILLISECONDS = 1000.0;

    private final Outside outside;
    private final Progress progress;
    private final String version;
    private final Clock clock;
    private final Map<Long, Question.Answer> answered = new HashMap<>();
    private Duration ahead = Duration.ZERO;

    Listening(Outside outside, Progress progress, String version, Clock clock) {
        this.outside = outside;
        this.progress = progress;
        this.version = version;
        this.clock = clock;
    }

    /** The worker's clock, and whether it is the Muster that it has to be. */
    void ready(Said.Ready ready) {
        boolean released = !List.of(version, ready.version()).contains(Surroundings.UNRELEASED);
        if (released && !ready.version().equals(version)) {
            throw new CouldNotRun(new Problem(
                    "The worker is Muster " + ready.version() + ", and this is Muster " + version,
                    "kubernetes.images.worker in the settings",
                    "Name the image of this version there; both understand each other only when they are the same."));
        }
        ahead = Duration.between(clock.instant(), ready.now());
    }

    void begins(Said.Begins begins) {
        progress.begins(begins.stage());
    }

    void advances(Said.Advances advances) {
        progress.advances(advances.work(), advances.done(), advances.total(), advances.unit());
    }

    void says(Said.Says says) {
        progress.says(says.line());
    }

    /** The answer; a question that is put again is not asked again. */
    Told.Answers answer(Said.Asks asks) throws InterruptedException {
        Question.Answer answer = answered.get(asks.question());
        if (answer == null) {
            answer = asked(asks.what());
            answered.put(asks.question(), answer);
        }
        return new Told.Answers(asks.question(), answer);
    }

    private Question.Answer asked(Question what) throws InterruptedException {
        try {
            return what.ask(outside);
        } catch (CouldNotRun unable) {
            return new Question.Answer.Unable(unable.problem());
        } catch (RuntimeException unexpected) {
            return new Question.Answer.Unable(Unexpected.problem(unexpected));
        }
    }

    /** What was observed, with what is to be known of who observed it. */
    WorkDone ended(WorkDone work) {
        Map<String, String> environment = new LinkedHashMap<>(work.environment());
        environment.put("clock of the scratch's node", words() + " this machine's");
        List<Finding> findings = new ArrayList<>(work.findings());
        apart().ifPresent(findings::add);
        return work.with(findings, environment);
    }

    private String words() {
        return String.format(
                Locale.ROOT,
                "%.1f s %s",
                ahead.abs().toMillis() / MILLISECONDS,
                ahead.isNegative() ? "behind" : "ahead of");
    }

    private Optional<Finding> apart() {
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                "The clock of the scratch's node is " + words()
                                        + " this machine's, so that times of this drill are off by as much",
                                "the node of the scratch",
                                "Let the nodes of the cluster and this machine keep the same time, for example with"
                                        + " chrony.")));
    }
}
