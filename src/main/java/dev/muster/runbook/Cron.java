package dev.muster.runbook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks whether a cron expression is one that the scheduler will take. */
final class Cron {
    private static final String MONTH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
    private static final String DAY = "SUN|MON|TUE|WED|THU|FRI|SAT";
    private static final List<Field> FIELDS = List.of(
            new Field("second", 0, 59, "", ""),
            new Field("minute", 0, 59, "", ""),
            new Field("hour", 0, 23, "", ""),
            new Field("day of the month", 1, 31, "", "\\?|L|LW|L-\\d{1,2}|\\d{1,2}W"),
            new Field("month", 1, 12, MONTH, ""),
            new Field("day of the week", 1, 7, DAY, "\\?|L|([1-7]|" + DAY + ")(L|#[1-5])"),
            new Field("year", 1970, 2099, "", ""));

    private Cron() {}

    /** What is wrong with an expression; absent when nothing is. */
    static Optional<String> fault(String expression) {
        List<String> parts = List.of(expression.strip().split("\\s+"));
        if (parts.size() < 6 || parts.size() > 7) {
            return Optional.of(
                    "has " + parts.size() + (parts.size() == 1 ? " field" : " fields") + " instead of six or seven");
        }
        for (int index = 0; index < parts.size(); index++) {
            Field field = FIELDS.get(index);
            if (!field.takes(parts.get(index))) {
                return Optional.of("has `" + parts.get(index) + "` as the " + field.name);
            }
        }
        boolean month = parts.get(3).equals("?");
        boolean week = parts.get(5).equals("?");
        return month == week
                ? Optional.of(
                        month
                                ? "has `?` both as the day of the month and as the day of the week"
                                : "names both a day of the month and a day of the week")
                : Optional.empty();
    }

    /**
     * @param names words that stand for the numbers, as alternatives of a pattern
     * @param special what else may stand there, as alternatives of a pattern
     */
    private record Field(String name, int least, int most, String names, String special) {
        boolean takes(String text) {
            return List.of(text.split(",", -1)).stream().allMatch(this::takesPart);
        }

        private boolean takesPart(String part) {
            if (!special.isEmpty() && Pattern.matches(special, part)) {
                return true;
            }
            String[] step = part.split("/", -1);
            if (step.length > 2 || (step.length == 2 && !step[1].matches("[1-9]\\d{0,3}"))) {
                return false;
            }
            if (step[0].equals("*")) {
                return true;
            }
            String[] range = step[0].split("-", -1);
            return range.length <= 2 && List.of(range).stream().allMatch(this::takesValue);
        }

        private boolean takesValue(String value) {
            if (!names.isEmpty() && Pattern.matches(names, value)) {
                return true;
            }
            return value.matches("\\d{1,4}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        }
    }
}
