package dev.muster.orchestrator.written;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What kind of machine a drill ran on: without its name and its versions, which change while the machine stays as it is. */
final class Machine {
    private static final int MEBIBYTES = 1024;

    private Machine() {}

    /** The same text for the same kind; absent when the record does not say. */
    static Optional<String> of(JsonNode environment) {
        String processors = environment.path("processors").asString("");
        String memory = environment.path("memory").asString("");
        List<String> system =
                List.of(environment.path("operating system").asString("").split(" "));
        if (processors.isEmpty() || !memory.matches("[0-9]{1,12} MiB")) {
            return Optional.empty();
        }
        // A kernel keeps a little of the memory to itself, and another one a little more.
        long gibibytes = Math.round(Double.parseDouble(memory.replace(" MiB", "")) / MEBIBYTES);
        return Optional.of(processors + " processors, " + gibibytes + " GiB, " + system.get(0) + " "
                + system.get(system.size() - 1));
    }
}
