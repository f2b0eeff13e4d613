package dev.muster.check.isolation;

import dev.muster.scratch.Finished;
import dev.muster.scratch.JavaProgram;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.inside.Attempts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of trying some ways out, inside the scratch and as its user.
 *
 * @param outcomes by the way's name
 * @param reached the names of the ways that are open
 * @param trouble why the outcomes mean nothing; empty when they do mean something
 */
record Tries(Map<String, String> outcomes, List<String> reached, String trouble) {
    private static final String REACHED = "reached: ";
    private static final String NOT = "not: ";

    static Tries of(List<WayOut> ways, Scratch scratch) throws InterruptedException {
        Map<String, String> lines = Collections.synchronizedMap(new LinkedHashMap<>());
        List<String> attempts = ways.stream().map(WayOut::attempt).toList();
        Finished finished = scratch.run(new JavaProgram(Attempts.class, List.of()).in(scratch, attempts, line -> {
            int space = line.indexOf(' ');
            lines.put(space < 0 ? line : line.substring(0, space), line.substring(space + 1));
        }));
        Map<String, String> outcomes = new LinkedHashMap<>();
        List<String> reached = new ArrayList<>();
        for (int number = 0; number < ways.size(); number++) {
            String said = lines.getOrDefault(String.valueOf(number), NOT + "no answer at all");
            if (said.startsWith(REACHED)) {
                reached.add(ways.get(number).name());
            }
            outcomes.put(ways.get(number).name(), said.replaceFirst("^" + NOT, "not reached: "));
        }
        return new Tries(outcomes, reached, trouble(finished, lines));
    }

    private static String trouble(Finished finished, Map<String, String> lines) {
        if (!finished.succeeded() || !lines.containsKey("end")) {
            List<String> said = finished.lastLines();
            return "The program that tries to get out did not come to its end: exit code " + finished.exit() + ", "
                    + String.join(" / ", said.subList(Math.max(0, said.size() - 3), said.size()));
        }
        String control = lines.getOrDefault("control", NOT + "no answer at all");
        return control.startsWith(REACHED)
                ? ""
                : "The program that tries to get out does not even reach a place inside (" + control
                        + "), so that what it did not reach proves nothing";
    }
}
