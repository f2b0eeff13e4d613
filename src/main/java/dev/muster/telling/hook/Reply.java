package dev.muster.telling.hook;

import dev.muster.drill.Problem;
import dev.muster.telling.Answer;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** What a server's answer means. Its text is not kept: it may repeat what is secret. */
record Reply(String name, HttpResponse<String> response, Instant sent) {
    private static final Set<Integer> ASK_LATER = Set.of(408, 425, 429);

    Answer answer() {
        int status = response.statusCode();
        String said = Integer.toString(status);
        if (status / 100 == 2) {
            return Answer.taken(said);
        }
        if (status / 100 == 3) {
            return Answer.refused(
                    said,
                    new Problem(
                            "The server answered with " + status + ": go to another address, which is not done",
                            name,
                            "Find out whether the receiver has moved, and put its new address under `telling:` in the"
                                    + " settings."));
        }
        if (ASK_LATER.contains(status) || status / 100 == 5) {
            return Answer.notNow(
                            said,
                            new Problem(
                                    "The server does not take it now: the answer was " + status,
                                    name,
                                    "See in that server's log why."))
                    .after(pause());
        }
        return Answer.refused(
                said,
                new Problem(
                        "The server refuses it: the answer was " + status,
                        name,
                        "See that address and secret or key under `telling:` in the settings are those of the"
                                + " receiver, then try it with `muster tell --try NAME`."));
    }

    private Optional<Duration> pause() {
        return response.headers().firstValue("Retry-After").flatMap(this::pause);
    }

    private Optional<Duration> pause(String written) {
        if (written.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
        }
        try {
            Instant until = ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(sent, until)).filter(pause -> !pause.isNegative());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
