package dev.muster.check.isolation;

import dev.muster.check.Answer;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.drill.Step;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Tries to get out of the scratch as a program in it would, and must fail everywhere. */
public final class NoWayOut {
    /** What the check is called in reports. */
    public static final String NAME = "no-way-out";

    private final Clock clock;
    private final BiFunction<List<Endpoint>, List<Endpoint>, List<WayOut>> ways;

    public NoWayOut(Clock clock) {
        this(clock, WaysOut::of);
    }

    NoWayOut(Clock clock, BiFunction<List<Endpoint>, List<Endpoint>, List<WayOut>> ways) {
        this.clock = clock;
        this.ways = ways;
    }

    /**
     * Tries all ways.
     *
     * @param vaults where the backups lie
     */
    public CheckResult probe(Step.Probe step, Scratch scratch, List<Endpoint> vaults) throws InterruptedException {
        Instant started = clock.instant();
        Answer answer = answer(step, scratch, vaults);
        return new CheckResult(
                NAME,
                step.label(),
                answer.verdict(),
                started,
                clock.instant(),
                answer.observations(),
                answer.problem(),
                answer.findings());
    }

    private Answer answer(Step.Probe step, Scratch scratch, List<Endpoint> vaults) throws InterruptedException {
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("network", scratch.network());
        try (Nearest nearest = Nearest.of(scratch.nextDoor())) {
            // Where this way is open, all are: then nothing is sent that anyone else could receive.
            Answer first = judged(Tries.of(List.of(nearest.way()), scratch), nearest, scratch, observations);
            return first.problem().isPresent()
                    ? first
                    : judged(Tries.of(ways(step, scratch, vaults), scratch), nearest, scratch, observations);
        } catch (CouldNotRun unable) {
            return Answer.couldNotRun(unable.problem(), observations);
        } catch (IOException failed) {
            return Answer.couldNotRun(
                    new Problem(
                            "There is no place on this machine that the scratch must not reach: " + failed,
                            "127.0.0.1",
                            "See with `ss -s` whether ports are left, and run the drill again."),
                    observations);
        }
    }

    private List<WayOut> ways(Step.Probe step, Scratch scratch, List<Endpoint> vaults) {
        List<WayOut> all = new ArrayList<>(ways.apply(step.mustNotReach(), vaults));
        if (scratch.nextDoor().isEmpty()) {
            // Where it is next door to something else, this machine is what the scratch is part of.
            all.addAll(WaysOut.ofThisMachine());
        }
        return all.stream().distinct().toList();
    }

    private static Answer judged(Tries tries, Nearest nearest, Scratch scratch, Map<String, String> observations)
            throws IOException {
        observations.putAll(tries.outcomes());
        if (!tries.reached().isEmpty() || nearest.visited()) {
            String remedy = scratch.exposed()
                    .map(Problem::remedy)
                    .orElse("Run no application on restored data here; `muster doctor` shows what cuts a scratch off.");
            return Answer.failed(
                    new Problem(
                            "What runs in the scratch gets out: it reached "
                                    + (tries.reached().isEmpty()
                                            ? nearest.way().name()
                                            : String.join("; ", tries.reached())),
                            "scratch " + scratch.id(),
                            remedy),
                    observations);
        }
        if (!tries.trouble().isEmpty()) {
            return Answer.couldNotRun(
                    new Problem(
                            tries.trouble(),
                            "scratch " + scratch.id(),
                            "Let the user that runs the scratch's programs run the Java that runs Muster,"
                                    + " and see whether memory is left; then run the drill again."),
                    observations);
        }
        return Answer.passed(observations);
    }
}
