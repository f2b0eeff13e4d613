package dev.muster.drill;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Days of each month, said in words: {@code first Sunday}, {@code last working day}, {@code last 3 working days},
 * {@code day 15}.
 *
 * @param first which of the days in question, counted from one; counted from the month's end where it is negative
 * @param last the same of the last of them
 */
public record MonthDays(Kind kind, int first, int last) {
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");
    private static final List<String> FROM_THE_END =
            List.of("last", "second-last", "third-last", "fourth-last", "fifth-last");
    private static final Pattern ONE = Pattern.compile("([a-z]+(?:-last)?) ([a-z]+(?: day)?)");
    private static final Pattern SEVERAL = Pattern.compile("(first|last) ([1-9]|[12]\\d|3[01]) ([a-z]+(?: day)?)s");
    private static final Pattern NUMBERED = Pattern.compile("day ([1-9]|[12]\\d|3[01])");

    /** The days that these words mean; absent when they mean none. */
    public static Optional<MonthDays> read(String words) {
        String plain = words.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher numbered = NUMBERED.matcher(plain);
        if (numbered.matches()) {
            int day = Integer.parseInt(numbered.group(1));
            return Optional.of(new MonthDays(Kind.DAY, day, day));
        }
        Matcher several = SEVERAL.matcher(plain);
        if (several.matches()) {
            int count = Integer.parseInt(several.group(2));
            boolean begins = several.group(1).equals("first");
            return Kind.of(several.group(3)).map(kind -> new MonthDays(kind, begins ? 1 : -count, begins ? count : -1));
        }
        Matcher one = ONE.matcher(plain);
        return one.matches() ? Kind.of(one.group(2)).flatMap(kind -> one(kind, one.group(1))) : Optional.empty();
    }

    private static Optional<MonthDays> one(Kind kind, String ordinal) {
        int nth = ORDINALS.contains(ordinal) ? ORDINALS.indexOf(ordinal) + 1 : -FROM_THE_END.indexOf(ordinal) - 1;
        return nth == 0 ? Optional.empty() : Optional.of(new MonthDays(kind, nth, nth));
    }

    /** Whether it is never more than one day in a month. */
    public boolean single() {
        return first == last;
    }

    /** The days in a month, in their order; none where the month does not have them. */
    public List<LocalDate> in(YearMonth month, Predicate<LocalDate> holiday) {
        List<LocalDate> candidates = Stream.iterate(month.atDay(1), day -> day.plusDays(1))
                .limit(month.lengthOfMonth())
                .filter(day -> kind.includes(day, holiday))
                .toList();
        int from = first > 0 ? first - 1 : candidates.size() + first;
        int to = last > 0 ? last : candidates.size() + last + 1;
        boolean whole = from >= 0 && to <= candidates.size();
        if (single() && !whole) {
            return List.of();
        }
        return candidates.subList(Math.max(0, Math.min(from, candidates.size())), Math.min(to, candidates.size()));
    }

    /** What can be said of a single day, for whoever misspelt it. */
    public static List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        Stream.concat(ORDINALS.stream(), FROM_THE_END.stream())
                .forEach(ordinal ->
                        Arrays.stream(Kind.values()).forEach(kind -> phrases.add(ordinal + " " + kind.words())));
        for (int day = 1; day <= 31; day++) {
            phrases.add("day " + day);
        }
        return List.copyOf(phrases);
    }

    /** Which days are counted. */
    public enum Kind {
        DAY,
        /** Monday to Friday without holidays. */
        WORKING_DAY,
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
        SATURDAY,
        SUNDAY;

        static Optional<Kind> of(String words) {
            return Arrays.stream(values())
                    .filter(kind -> kind.words().equalsIgnoreCase(words))
                    .findFirst();
        }

        String words() {
            return weekday()
                    .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    .orElse(name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }

        private Optional<DayOfWeek> weekday() {
            return this == DAY || this == WORKING_DAY ? Optional.empty() : Optional.of(DayOfWeek.valueOf(name()));
        }

        boolean includes(LocalDate day, Predicate<LocalDate> holiday) {
            DayOfWeek name = day.getDayOfWeek();
            if (this == WORKING_DAY) {
                return name.compareTo(DayOfWeek.FRIDAY) <= 0 && !holiday.test(day);
            }
            return weekday().map(name::equals).orElse(true);
        }
    }
}
