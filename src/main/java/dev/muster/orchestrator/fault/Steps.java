package dev.muster.orchestrator.fault;

import dev.muster.drill.Step;
import java.util.List;

/** The steps of a runbook one by one. */
public final class Steps {
    private Steps() {}

    /** All steps, those that run side by side one after the other. */
    public static List<Step> single(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> step instanceof Step.Together together
                        ? single(together.steps()).stream()
                        : List.of(step).stream())
                .toList();
    }
}
