package dev.muster.orchestrator.remote;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryTarget;
import dev.muster.orchestrator.Outside;
import dev.muster.scratch.Served;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A question of a worker to the one who conducts the drill: one kind for each that {@link Outside} answers. */
sealed interface Question {

    /** Puts the question. */
    Answer ask(Outside outside) throws InterruptedException;

    /** Take back the ways out of the scratch. */
    record CutOff() implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            outside.cutOff();
            return new Answer.Done();
        }
    }

    /** How are the vaults? */
    record AskVaults() implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.Vaults(outside.askVaults());
        }
    }

    /** Which baseline is nearest to this instant? */
    record OfBaseline(Instant point) implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.OfBaseline(outside.baseline(point));
        }
    }

    /** Which rows had the last drill with an earlier point than this? */
    record LastCensus(Instant point) implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.LastCensus(outside.lastCensus(point));
        }
    }

    /** Who was erased? */
    record OfErased(Erasure.Listing listing) implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.OfErased(outside.erased(listing));
        }
    }

    /** Start this application beside the scratch. */
    record Start(String application, Map<String, String> blanks, OptionalInt port) implements Question {
        public Start {
            blanks = Map.copyOf(blanks);
        }

        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.OfServed(outside.start(application, blanks, port));
        }
    }

    /** Have the database restored beside the scratch. */
    record Recover(RecoveryTarget target) implements Question {
        @Override
        public Answer ask(Outside outside) throws InterruptedException {
            return new Answer.OfServed(outside.recover(target));
        }
    }

    /** The answer to a question. */
    sealed interface Answer {

        /** It is done. */
        record Done() implements Answer {}

        /** So they are. */
        record Vaults(List<CheckResult> results) implements Answer {
            public Vaults {
                results = List.copyOf(results);
            }
        }

        /** This one. */
        record OfBaseline(Background.Known known) implements Answer {}

        /** These; absent where there was no such drill. */
        record LastCensus(Optional<Census> census) implements Answer {}

        /** These were. */
        record OfErased(Outside.Erased erased) implements Answer {}

        /** This came of it. */
        record OfServed(Served served) implements Answer {}

        /** It could not be answered. */
        record Unable(Problem problem) implements Answer {}
    }
}
