package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quota that has no room, as the API server says it.
 *
 * @param requested what was asked for, as the server lists it
 * @param limited what there is in all
 */
record Shortage(String quota, String requested, String used, String limited) {
    private static final Pattern FORM = Pattern.compile(
            "exceeded quota: (?<quota>[^,]+), requested: (?<requested>.*), used: (?<used>.*), limited: (?<limited>.*)",
            Pattern.DOTALL);

    static Optional<Shortage> in(String message) {
        Matcher form = FORM.matcher(message);
        return form.find()
                ? Optional.of(new Shortage(
                        form.group("quota"), form.group("requested"), form.group("used"), form.group("limited")))
                : Optional.empty();
    }

    /** Whether it would not even do if nothing else were there. */
    boolean forEver() {
        Map<String, BigDecimal> most = amounts(limited);
        return amounts(requested).entrySet().stream()
                .anyMatch(asked ->
                        most.containsKey(asked.getKey()) && asked.getValue().compareTo(most.get(asked.getKey())) > 0);
    }

    private static Map<String, BigDecimal> amounts(String list) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        for (String one : list.split(",", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                amounts.put(
                        one.substring(0, equals).strip(),
                        new Quantity(one.substring(equals + 1).strip()).getNumericalAmount());
            }
        }
        return amounts;
    }

    @Override
    public String toString() {
        return quota + " (" + requested + " asked, " + used + " used, " + limited + " in all)";
    }
}
