package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a runbook. */
public sealed interface Step {

    <R> R match(Cases<R> cases);

    /** One answer per kind of step; a new kind does not compile until every reader of steps knows it. */
    interface Cases<R> {
        R together(Together step);

        R restore(Restore step);

        R neutralise(Neutralise step);

        R check(Check step);

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
    }

    /** Puts the backup of an asset into the scratch. */
    record Restore(Asset asset) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.restore(this);
        }
    }

    /** Switches off in the data whatever would reach out, before anything is started on it. */
    record Neutralise(String profile) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.neutralise(this);
        }
    }

    /**
     * Puts a group of questions to the restored system.
     *
     * @param rows the least number of rows by table
     * @param inventory what the restored configuration has to hold
     * @param without the questions of the group that are not put, each with the reason
     * @param rules what has to hold in the restored data
     */
    record Check(
            String name,
            Map<String, Long> rows,
            Optional<Inventory> inventory,
            Map<String, String> without,
            List<Rule> rules)
            implements Step {
        public Check {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
            without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
            rules = List.copyOf(rules);
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
    }

    /** Starts an application on the restored data. */
    record Start(Application application) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.start(this);
        }
    }

    /** Does with the application what people do with it. */
    record Work(Workflow workflow) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.workflow(this);
        }
    }
}
