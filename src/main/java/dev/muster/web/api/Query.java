package dev.muster.web.api;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.runbook.Amounts;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands behind the question mark of a request; what does not belong there is refused. */
final class Query {
    private static final int LONGEST = 200;

    private final Context request;

    /** @param known the parameters that the request may have */
    Query(Context request, String... known) {
        this.request = request;
        Set<String> allowed = Set.of(known);
        request.queryParamMap().forEach((name, values) -> {
            if (!allowed.contains(name)) {
                throw wrong(shortened(name), "is no parameter here", "Take one of: " + String.join(", ", known) + ".");
            }
            if (values.size() != 1) {
                throw wrong(name, "stands there more than once", "Write it once.");
            }
            if (values.get(0).length() > LONGEST) {
                throw wrong(name, "is too long", "Write at most " + LONGEST + " characters.");
            }
        });
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(request.queryParam(name)).filter(value -> !value.isEmpty());
    }

    int number(String name, int usual, int least, int most) {
        return (int) whole(name, usual, least, most);
    }

    long whole(String name, long usual, long least, long most) {
        return text(name)
                .map(text -> {
                    long value = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
                    if (value < least || value > most) {
                        throw wrong(
                                name, "is not a number that will do", "Write one from " + least + " to " + most + ".");
                    }
                    return value;
                })
                .orElse(usual);
    }

    /** An instant, or a day for its beginning in UTC. */
    Optional<Instant> instant(String name) {
        return text(name)
                .map(
                        text -> Amounts.instant(text)
                                .or(() -> day(text)
                                        .map(day ->
                                                day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                                .orElseThrow(
                                        () -> wrong(
                                                name,
                                                "is no instant",
                                                "Write it with its zone, like 2026-11-20T02:00:00Z, or a day of UTC, like 2026-11-20.")));
    }

    LocalDate day(String name, String example) {
        return text(name)
                .flatMap(Query::day)
                .orElseThrow(() -> wrong(name, "is no day", "Write it like " + name + "=" + example + "."));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        List<E> words = Arrays.asList(type.getEnumConstants());
        return text(name)
                .map(text -> words.stream()
                        .filter(word -> word.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> wrong(name, "is none of the words for it", "Take one of " + words + ".")));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
    }

    static Refusal wrong(String name, String what, String remedy) {
        return new Refusal(Refusal.Reason.INVALID, new Problem("`" + name + "` " + what, name, remedy));
    }
}
