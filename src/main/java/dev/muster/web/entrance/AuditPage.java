package dev.muster.web.entrance;

import dev.muster.drill.LedgerEvent;
import dev.muster.ledger.Found;
import dev.muster.people.Action;
import dev.muster.people.AuditLog;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Layout;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who has done what, as the ledger has it. */
final class AuditPage implements Part {
    private static final int SIZE = 50;
    private static final int LONGEST = 200;

    private final AuditLog audit;
    private final Layout layout;

    AuditPage(AuditLog audit, Layout layout) {
        this.audit = audit;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/people/audit", Right.AUDIT, this::page);
    }

    private void page(Context request) {
        Optional<String> by = asked(request, "by");
        Optional<String> action = asked(request, "action");
        int number = asked(request, "page")
                .filter(text -> text.matches("[1-9][0-9]{0,5}"))
                .map(Integer::parseInt)
                .orElse(1);
        Found page = audit.page(by, action, number, SIZE);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("by", by.orElse(""));
        model.put("action", action.orElse(""));
        model.put("actions", Stream.of(Action.values()).map(Action::word).toList());
        model.put("all", page.all());
        model.put("events", page.events().stream().map(this::row).toList());
        model.put("newer", number > 1 ? address(by, action, number - 1) : "");
        model.put("older", number * SIZE < page.all() ? address(by, action, number + 1) : "");
        layout.answer(request, "people", "entrance/audit", model);
    }

    private Map<String, Object> row(LedgerEvent event) {
        Map<String, Object> row = new LinkedHashMap<>(event.details());
        row.put("at", layout.words().moment(event.at()));
        row.put("line", event.sequence());
        return row;
    }

    private static Optional<String> asked(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST);
    }

    private static String address(Optional<String> by, Optional<String> action, int page) {
        return "/people/audit?by=" + URLEncoder.encode(by.orElse(""), StandardCharsets.UTF_8) + "&action="
                + URLEncoder.encode(action.orElse(""), StandardCharsets.UTF_8) + "&page=" + page;
    }
}
