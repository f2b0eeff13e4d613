package dev.muster.check.erasure;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.ReadOnly;
import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.Erasure;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does nobody come back who was erased by request since the backup was made? */
public record ErasedStayErased(Erasure erasure, ErasureList list) implements Check {
    public static final String NAME = "erased-stay-erased";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String group() {
        return "erasure";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException {
        String place = subject.runbook().file() + ", erase";
        Optional<Instant> point = Optional.ofNullable(subject.readings().get(Asset.DATABASE))
                .flatMap(readings ->
                        readings.proven().at().or(() -> readings.claimed().at()));
        List<Request> due = list.requests().stream()
                .filter(request -> isDue(request, point))
                .toList();
        Presence presence = new Presence(erasure, place, progress);
        int before;
        try (Connection reader = ReadOnly.connect(subject.restoredDatabase())) {
            before = presence.found(reader, due).size();
        }
        long rows = erase(subject, due, place, progress);
        Map<Request, String> left = new LinkedHashMap<>();
        int columns;
        try (Connection reader = ReadOnly.connect(subject.restoredDatabase())) {
            left.putAll(presence.found(reader, list.requests()));
            TextSearch search = TextSearch.of(reader, erasure.search(), place);
            search.found(list.requests(), list.place(), progress).forEach(left::putIfAbsent);
            columns = search.columns();
        }
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("list's SHA-256", list.sha256());
        seen.put("persons on the list", String.valueOf(list.requests().size()));
        seen.put("database of", point.map(Instant::toString).orElse("not known, so all are erased again"));
        seen.put("erased again", String.valueOf(due.size()));
        seen.put("of these found in the backup", String.valueOf(before));
        seen.put("rows changed", String.valueOf(rows));
        seen.put("columns searched", String.valueOf(columns));
        seen.put("still there", String.valueOf(left.size()));
        Answer answer = left.isEmpty() ? Answer.passed(seen) : Answer.failed(cameBack(left, due), seen);
        return before == 0 && !due.isEmpty() ? answer.with(List.of(foundNobody(due, place))) : answer;
    }

    /** Only what was erased before the backup's instant is surely erased in it; a transaction may take its time. */
    private static boolean isDue(Request request, Optional<Instant> point) {
        return point.isEmpty()
                || request.erased()
                        .filter(erased -> erased.isBefore(point.get().minus(SkewLimit.USUAL_SLACK)))
                        .isEmpty();
    }

    /** Erases all or nothing, and tells how many rows that changed. */
    private long erase(Subject subject, List<Request> due, String place, Progress progress) throws SQLException {
        long rows = 0;
        try (Connection connection = subject.restoredDatabase().connect()) {
            try (java.sql.Statement session = connection.createStatement()) {
                session.execute("set default_transaction_read_only = off");
                connection.setAutoCommit(false);
                session.execute("set local search_path = public, pg_temp");
            }
            for (String sql : erasure.run()) {
                Statement statement = new Statement(sql, place + ".run");
                try (PreparedStatement prepared = Presence.prepare(statement, connection)) {
                    int done = 0;
                    for (Request request : due) {
                        rows += changed(statement, prepared, request);
                        progress.advances("persons erased again", ++done, due.size(), Progress.Unit.ITEMS);
                    }
                }
            }
            connection.commit();
            return rows;
        }
    }

    private static long changed(Statement statement, PreparedStatement prepared, Request request) throws SQLException {
        try {
            Statement.bind(prepared, request);
            return prepared.execute() ? 0 : prepared.getUpdateCount();
        } catch (SQLException error) {
            throw statement.failed(error, request);
        }
    }

    private Problem cameBack(Map<Request, String> left, List<Request> due) {
        List<String> lines = new ArrayList<>();
        left.forEach((request, where) -> lines.add(request.told() + " "
                + (due.contains(request) ? "" : "(erased before the backup was made) ") + "by " + where));
        return new Problem(
                left.size() + " of " + list.requests().size() + " erased persons are still in the restored data: "
                        + Examples.of(lines),
                list.place(),
                "Look up these lines in the list with this SHA-256: " + list.sha256()
                        + ". Add the statements to \"run:\" that"
                        + " erase there as well. Of persons that were erased before the backup was made, production"
                        + " itself may still hold something.");
    }

    private static Finding foundNobody(List<Request> due, String place) {
        return new Finding(
                Finding.Severity.MINOR,
                new Problem(
                        "None of the " + due.size() + " persons to be erased again was in the backup",
                        place + ".absent",
                        "That may be so. If it is always so, the queries look in the wrong place, or the list names persons by"
                                + " something else than the data does."));
    }
}
