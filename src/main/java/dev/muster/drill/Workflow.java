package dev.muster.drill;

import java.util.List;
import java.util.Optional;

/**
 * Work that people or partners do with the application, as the calls that it takes.
 *
 * @param file where it is written
 * @param means what it means to the business when the work cannot be done
 * @param after the workflow whose captured values it goes on with
 * @param supports the versions of the application that it knows; absent means any
 */
public record Workflow(
        String name,
        String file,
        String means,
        Optional<String> after,
        Optional<VersionRange> supports,
        List<WorkflowCall> calls) {
    public Workflow {
        calls = List.copyOf(calls);
    }
}
