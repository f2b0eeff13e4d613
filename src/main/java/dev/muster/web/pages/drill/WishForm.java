package dev.muster.web.pages.drill;

import dev.muster.drill.Asset;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.Wish;
import dev.muster.runbook.Amounts;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What somebody has filled in to start a drill, and what is wrong with it, by field. */
final class WishForm {
    private static final int LONGEST = 1024;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Object> problems = new LinkedHashMap<>();
    private final Runbook runbook;

    private WishForm(Runbook runbook) {
        this.runbook = runbook;
    }

    /** @param now no disaster lies after it */
    static WishForm read(Context request, Runbook runbook, Instant now) {
        WishForm form = new WishForm(runbook);
        form.take("at", request);
        form.take("keep", request);
        runbook.backups().keySet().forEach(asset -> form.take(field(asset), request));
        form.judge(now);
        return form;
    }

    static String field(Asset asset) {
        return "backup-" + asset.label();
    }

    private void take(String field, Context request) {
        String value = Optional.ofNullable(request.formParam(field))
                .or(() -> Optional.ofNullable(request.queryParam(field)))
                .orElse("")
                .trim();
        if (value.length() > LONGEST) {
            wrong(field, new Problem("This is too long", "", "Write at most " + LONGEST + " characters."));
        } else {
            values.put(field, value);
        }
    }

    private void judge(Instant now) {
        if (!value("at").isEmpty()) {
            Optional<Instant> at = at();
            if (at.isEmpty()) {
                wrong("at", new Problem("This is no instant", "", "Write it like 2026-11-20T02:00, in UTC."));
            } else if (at.get().isAfter(now)) {
                wrong("at", new Problem("The disaster lies in the future", "", "Give an instant up to now, in UTC."));
            }
        }
        if (!value("keep").isEmpty() && keep().isEmpty()) {
            wrong("keep", new Problem("This is no length of time", "", "Write it like 90m, 4h or 2d."));
        }
    }

    boolean sound() {
        return problems.isEmpty();
    }

    void wrong(String field, Problem problem) {
        problems.put(field, Words.problem(problem));
    }

    Wish wish() {
        Map<String, String> backups = new TreeMap<>();
        runbook.backups().keySet().stream()
                .filter(asset -> !value(field(asset)).isEmpty())
                .forEach(asset -> backups.put(asset.label(), value(field(asset))));
        return new Wish(runbook.name(), at(), backups, Map.of(), keep());
    }

    Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }

    Map<String, Object> problems() {
        return new LinkedHashMap<>(problems);
    }

    private String value(String field) {
        return values.getOrDefault(field, "");
    }

    private Optional<Instant> at() {
        try {
            return value("at").isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            LocalDateTime.parse(value("at").replace(' ', 'T').replaceFirst("Z$", ""))
                                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Duration> keep() {
        return Amounts.duration(value("keep"));
    }
}
