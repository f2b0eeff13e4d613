package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of having something run beside a scratch.
 *
 * @param address where it answers, seen from the scratch; absent when it does not
 * @param trouble why it does not
 * @param log what it has said: of a server that was recovered, all that it said of that
 * @param facts what is to be known of it, for the report
 */
public record Served(
        Optional<Endpoint> address, Optional<Problem> trouble, List<String> log, Map<String, String> facts) {
    public Served {
        log = List.copyOf(log);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public static Served at(Endpoint address, List<String> log, Map<String, String> facts) {
        return new Served(Optional.of(address), Optional.empty(), log, facts);
    }

    public static Served not(Problem trouble, List<String> log) {
        return new Served(Optional.empty(), Optional.of(trouble), log, Map.of());
    }
}
