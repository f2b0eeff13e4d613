package dev.muster.check.workflow;

import dev.muster.check.application.Started;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Verdict;
import dev.muster.drill.VersionRange;
import dev.muster.drill.Workflow;
import dev.muster.drill.WorkflowCall;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Does workflows with one started application, one after the other. */
public final class Workflows {
    private final Started application;
    private final Clock clock;
    private final Requests requests;
    private final Map<String, Memory> passed = new HashMap<>();

    public Workflows(Started application, Clock clock) {
        this.application = application;
        this.clock = clock;
        this.requests = new Requests(application.address());
    }

    /** Does a workflow and says whether it could be done; what it captured is there for those that go on with it. */
    public CheckResult run(Workflow workflow, Progress progress) throws InterruptedException {
        Instant began = clock.instant();
        Map<String, String> observations = new LinkedHashMap<>();
        Outcome outcome = outcome(workflow, progress, observations);
        return new CheckResult(
                workflow.name(),
                "workflow: " + workflow.name(),
                outcome.verdict(),
                began,
                clock.instant(),
                observations,
                outcome.problem(),
                List.of());
    }

    private Outcome outcome(Workflow workflow, Progress progress, Map<String, String> observations)
            throws InterruptedException {
        Optional<Outcome> obstacle = obstacle(workflow);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        Memory memory = memory(workflow);
        int made = 0;
        for (int number = 1; number <= workflow.calls().size(); number++) {
            WorkflowCall call = workflow.calls().get(number - 1);
            if (!meant(call)) {
                continue;
            }
            progress.says(workflow.name() + ", call " + number + " of "
                    + workflow.calls().size());
            CallRun run = new CallRun(application, requests, memory, workflow, number, call);
            Outcome outcome = run.outcome(observations);
            if (outcome.verdict() != Verdict.PASSED) {
                return outcome;
            }
            made++;
        }
        if (made == 0) {
            return Outcome.couldNotRun(new Problem(
                    "No call of the workflow " + workflow.name() + " is for this version of " + application.name(),
                    workflow.file(),
                    "Take the step out, or describe a workflow of your own."));
        }
        observations.put("calls answered as expected", Integer.toString(made));
        passed.put(workflow.name(), memory);
        return Outcome.PASSED;
    }

    private Memory memory(Workflow workflow) {
        Memory memory = workflow.after().map(passed::get).map(Memory::new).orElseGet(Memory::new);
        memory.keep("database", JsonNodeFactory.instance.stringNode(application.database()));
        memory.keep(
                "password",
                JsonNodeFactory.instance.stringNode(application.password().reveal()));
        application
                .version()
                .ifPresent(version -> memory.keep("version", JsonNodeFactory.instance.numberNode(version)));
        return memory;
    }

    private Optional<Outcome> obstacle(Workflow workflow) {
        if (workflow.after().isPresent() && !passed.containsKey(workflow.after().get())) {
            return Optional.of(Outcome.couldNotRun(new Problem(
                    "The workflow " + workflow.name() + " was not begun, because "
                            + workflow.after().get() + " did not pass",
                    workflow.file(),
                    "Look at the problem of \"workflow: " + workflow.after().get() + "\" first.")));
        }
        if (workflow.supports().isEmpty() || runs(workflow.supports().get())) {
            return Optional.empty();
        }
        return Optional.of(Outcome.couldNotRun(new Problem(
                "The workflow " + workflow.name() + " is for the versions "
                        + workflow.supports().get() + " of " + application.name() + ", and "
                        + (application.version().isPresent()
                                ? "this is version " + application.version().getAsInt()
                                : "which one this is, is not known"),
                workflow.file(),
                "Give the application a query for its version (`version`), or describe a workflow of your own under"
                        + " `workflows` in the runbook.")));
    }

    private boolean meant(WorkflowCall call) {
        return call.versions().isEmpty() || runs(call.versions().get());
    }

    private boolean runs(VersionRange versions) {
        return application.version().isPresent()
                && versions.holds(application.version().getAsInt());
    }
}
