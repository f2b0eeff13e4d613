package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a runbook. */
public sealed interface Step {

    <R> R match(Cases<R> cases);

    /** The step as runbook and report write it. */
    String label();

    /** The stage of the drill that it is done in. */
    Stage stage();

    /** One answer per kind of step; a new kind does not compile until every reader of steps knows it. */
    interface Cases<R> {
        R together(Together step);

        R restore(Restore step);

        R neutralise(Neutralise step);

        R erase(Erase step);

        R check(Check step);

        R probe(Probe step);

        R start(Start step);

        R workflow(Work step);
    }

    /** Steps that run side by side. */
    record Together(List<Step> steps) implements Step {
        public Together {
            steps = List.copyOf(steps);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.together(this);
        }

        @Override
        public String label() {
            return "together";
        }

        @Override
        public Stage stage() {
            return steps.get(0).stage();
        }
    }

    /**
     * Puts the backup of an asset into the scratch.
     *
     * @param with an operator of the cluster that does it; absent means Muster itself
     */
    record Restore(Asset asset, Optional<OperatorPlan> with) implements Step {
        public Restore(Asset asset) {
            this(asset, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.restore(this);
        }

        @Override
        public String label() {
            return "restore: " + asset.label()
                    + with.map(plan -> " with " + plan.operator()).orElse("");
        }

        @Override
        public Stage stage() {
            return Stage.RESTORE;
        }
    }

    /** Switches off in the data whatever would reach out, before anything is started on it. */
    record Neutralise(String profile) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.neutralise(this);
        }

        @Override
        public String label() {
            return "neutralise: " + profile;
        }

        @Override
        public Stage stage() {
            return Stage.NEUTRALISE;
        }
    }

    /** Erases again who asked for it since the backup was made, and proves that nobody of them came back. */
    record Erase(Erasure erasure) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.erase(this);
        }

        @Override
        public String label() {
            return "erase: " + erasure.list().name();
        }

        @Override
        public Stage stage() {
            return Stage.NEUTRALISE;
        }
    }

    /**
     * Puts a group of questions to the restored system.
     *
     * @param rows the least number of rows by table
     * @param inventory what the restored configuration has to hold
     * @param without the questions of the group that are not put, each with the reason
     * @param rules what has to hold in the restored data
     * @param filekeeping what holds for files and the rows that name them
     * @param likeness what the restored database has to be like
     */
    record Check(
            String name,
            Map<String, Long> rows,
            Optional<Inventory> inventory,
            Map<String, String> without,
            List<Rule> rules,
            Filekeeping filekeeping,
            Likeness likeness)
            implements Step {
        public Check {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
            without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
            rules = List.copyOf(rules);
        }

        public Check(
                String name,
                Map<String, Long> rows,
                Optional<Inventory> inventory,
                Map<String, String> without,
                List<Rule> rules) {
            this(name, rows, inventory, without, rules, Filekeeping.USUAL, Likeness.USUAL);
        }

        public Check(String name, Map<String, Long> rows, Optional<Inventory> inventory, Map<String, String> without) {
            this(name, rows, inventory, without, List.of());
        }

        public Check(String name, Map<String, Long> rows, Optional<Inventory> inventory) {
            this(name, rows, inventory, Map.of());
        }

        public Check(String name, Map<String, Long> rows) {
            this(name, rows, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.check(this);
        }

        @Override
        public String label() {
            return "check: " + name;
        }

        @Override
        public Stage stage() {
            return Stage.CHECK;
        }
    }

    /**
     * Tries from inside the scratch to do what nothing in it may be able to do.
     *
     * @param mustNotReach places of production that are tried besides those that every probe tries
     */
    record Probe(String name, List<Endpoint> mustNotReach) implements Step {
        /** The probe that there is: of the scratch's isolation. */
        public static final String ISOLATION = "isolation";

        public Probe {
            mustNotReach = List.copyOf(mustNotReach);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.probe(this);
        }

        @Override
        public String label() {
            return "probe: " + name;
        }

        @Override
        public Stage stage() {
            return Stage.CHECK;
        }
    }

    /** Starts an application on the restored data. */
    record Start(Application application) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.start(this);
        }

        @Override
        public String label() {
            return "start: " + application.name();
        }

        @Override
        public Stage stage() {
            return Stage.START;
        }
    }

    /** Does with the application what people do with it. */
    record Work(Workflow workflow) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.workflow(this);
        }

        @Override
        public String label() {
            return "workflow: " + workflow.name();
        }

        @Override
        public Stage stage() {
            return Stage.CHECK;
        }
    }
}
