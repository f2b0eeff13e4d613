package dev.muster.schedule.queue;

import dev.muster.drill.Asset;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fleet;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Wish;
import dev.muster.orchestrator.Conductor;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what was asked for into what a drill needs, or says why that makes no sense. */
final class Wishes {
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 1000;
    private static final Duration LONGEST_KEPT = Duration.ofDays(30);

    private final Library library;
    private final RunbookReader reader;
    private final Conductor conductor;
    private final Clock clock;

    Wishes(Library library, RunbookReader reader, Conductor conductor, Clock clock) {
        this.library = library;
        this.reader = reader;
        this.conductor = conductor;
        this.clock = clock;
    }

    /**
     * What a person's wish comes to.
     *
     * @param approvalRequired by the runbook as it is written: nobody sets that aside for one drill
     */
    record Sound(Runbook runbook, boolean approvalRequired) {}

    /** Reads the runbook that a person wants to have drilled. */
    Sound sound(Wish wish, String by) {
        sizes(wish);
        Path file = library.find(wish.runbook()).map(Shelved::file).orElseThrow(() -> unknown(wish.runbook()));
        Runbook written = withoutMistakes(reader.read(file, Map.of()), by);
        Runbook runbook = withoutMistakes(reader.read(file, wish.overrides()), by);
        if (runbook.template()) {
            throw Fleet.tenantWanted();
        }
        wish.at().filter(at -> at.isAfter(clock.instant())).ifPresent(at -> {
            throw invalid("The disaster instant " + at + " lies in the future", "at", "Give an instant up to now.");
        });
        Map<Asset, String> unused = wish.named(runbook);
        return new Sound(
                runbook,
                written.governance().approvalRequired() || runbook.governance().approvalRequired());
    }

    private static void sizes(Wish wish) {
        boolean tooMuch = wish.overrides().size() + wish.backups().size() > MOST_VALUES
                || Stream.of(wish.overrides(), wish.backups())
                        .flatMap(values -> values.entrySet().stream())
                        .anyMatch(one -> one.getKey().length() + one.getValue().length() > LONGEST_VALUE);
        if (tooMuch) {
            throw invalid(
                    "The drill was asked for with more than " + MOST_VALUES + " values, or with one longer than "
                            + LONGEST_VALUE + " characters",
                    wish.runbook().length() > LONGEST_VALUE ? "" : wish.runbook(),
                    "Write what shall always hold into the runbook.");
        }
        if (wish.keep()
                .filter(keep -> keep.isNegative() || keep.isZero() || keep.compareTo(LONGEST_KEPT) > 0)
                .isPresent()) {
            throw invalid(
                    "A scratch cannot be kept for so long or so short",
                    "keep",
                    "Give a duration up to " + LONGEST_KEPT.toDays() + "d, such as 4h.");
        }
    }

    private Runbook withoutMistakes(RunbookText text, String by) {
        return text.runbook().orElseThrow(() -> {
            conductor.refuse(text.file().toString(), text.misprints().size(), by);
            Problem first = text.misprints().get(0).problem();
            int others = text.misprints().size() - 1;
            return new Refusal(
                    Refusal.Reason.INVALID,
                    new Problem(
                            first.what() + (others == 0 ? "" : "; and " + others + " more"),
                            first.where(),
                            first.remedy()
                                    + (others == 0 ? "" : " `muster lint " + text.file() + "` says all of them.")));
        });
    }

    /** The drill as it is to begin now: by the runbook's last good version. */
    DrillRequest request(QueuedDrill drill) {
        Wish wish = drill.wish();
        Runbook runbook = library.good(wish.runbook(), wish.overrides()).orElseThrow(() -> gone(wish.runbook()));
        Instant disaster = wish.at().or(drill::slot).orElseGet(clock::instant);
        return new DrillRequest(
                runbook,
                disaster,
                drill.askedBy(),
                drill.trigger(),
                wish.named(runbook),
                wish.overrides(),
                wish.keep(),
                Optional.of(drill));
    }

    /** The last good version of a runbook that is due. */
    Runbook due(String runbook) {
        return library.find(runbook).flatMap(Shelved::good).orElseThrow(() -> gone(runbook));
    }

    private static CouldNotRun gone(String runbook) {
        return new CouldNotRun(new Problem(
                "There is no runbook " + runbook + " without mistakes any more",
                runbook,
                "Put it back into the folder that `runbooks:` in the settings names, and ask `muster lint`."));
    }

    private static Refusal unknown(String runbook) {
        String shown = runbook.length() > 200 ? runbook.substring(0, 200) + "…" : runbook;
        return new Refusal(
                Refusal.Reason.UNKNOWN,
                new Problem(
                        "There is no runbook " + shown,
                        "",
                        "Name one of the folder that `runbooks:` in the settings names; `muster schedule` lists them."));
    }

    private static Refusal invalid(String what, String where, String remedy) {
        return new Refusal(Refusal.Reason.INVALID, new Problem(what, where, remedy));
    }
}
