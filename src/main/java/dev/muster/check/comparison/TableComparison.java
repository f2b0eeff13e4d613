package dev.muster.check.comparison;

import dev.muster.check.Examples;
import dev.muster.check.Subject;
import dev.muster.drill.Baseline;
import dev.muster.drill.BaselinePlan;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Shrinking;
import dev.muster.drill.Tolerance;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the tables of a restored database with those of a baseline, each by its tolerance. */
final class TableComparison {
    private final Subject subject;
    private final Baseline baseline;
    private final boolean sameBackup;
    private final Map<String, Tolerance> tolerances;
    private final TablePatterns patterns;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> exact = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> notComparable = new ArrayList<>();
    private int within;
    private int any;
    private long added;

    /** @param sameBackup whether the baseline was read from a restore of the very same backup */
    TableComparison(Subject subject, Baseline baseline, boolean sameBackup) {
        this.subject = subject;
        this.baseline = baseline;
        this.sameBackup = sameBackup;
        this.tolerances =
                subject.runbook().baseline().map(BaselinePlan::tolerances).orElse(Map.of());
        this.patterns = new TablePatterns(tolerances.keySet());
    }

    void compare(List<Table> restored, Progress progress) throws SQLException, InterruptedException {
        Map<String, Table> there = new LinkedHashMap<>();
        restored.stream().filter(Table::lasting).forEach(table -> there.put(table.label(), table));
        List<Table> toDigest = new ArrayList<>();
        baseline.tables().forEach((name, before) -> {
            Optional<Tolerance> tolerance = patterns.best(name).map(tolerances::get);
            if (tolerance.filter(Tolerance.ANY::equals).isPresent()) {
                any++;
            } else if (!there.containsKey(name)) {
                wrong.add(name + " is not there, and had " + before.rows() + " rows");
            } else if (subject.background().written().contains(name)) {
                written.add(name);
                if (tolerance.filter(Tolerance.EXACT::equals).isPresent()) {
                    notComparable.add(name + ", since a step of the drill has written to it");
                }
            } else if (sameBackup || tolerance.filter(Tolerance.EXACT::equals).isPresent()) {
                exactly(name, before, there.get(name), toDigest);
            } else {
                within(name, before, there.get(name), tolerance);
            }
        });
        added = there.keySet().stream()
                .filter(name -> !baseline.tables().containsKey(name))
                .count();
        digest(toDigest, progress);
    }

    private void within(String name, Baseline.Table before, Table now, Optional<Tolerance> tolerance) {
        within++;
        boolean admitted = tolerance
                .map(each -> each.admits(before.rows(), now.rows()))
                .orElseGet(() -> Shrinking.USUAL.tolerates(before.rows(), now.rows()));
        if (!admitted) {
            wrong.add(name + " has " + now.rows() + " rows, and had " + before.rows() + " (tolerated: "
                    + tolerance.map(Tolerance::words).orElseGet(Shrinking.USUAL::words) + ")");
        }
    }

    private void exactly(String name, Baseline.Table before, Table now, List<Table> toDigest) {
        exact.add(name);
        if (now.rows() != before.rows()) {
            wrong.add(name + " has " + now.rows() + " rows, and had " + before.rows() + " (tolerated: exact)");
        } else {
            toDigest.add(now);
        }
    }

    /** Digests of different versions or encodings differ for reasons of their own. */
    private void digest(List<Table> tables, Progress progress) throws SQLException, InterruptedException {
        if (tables.isEmpty()) {
            return;
        }
        Database database = subject.restoredDatabase();
        Baseline.Server then = baseline.server();
        Baseline.Server here;
        try (Connection connection = database.connect()) {
            here = BaselineReader.server(connection, database);
        }
        if (then.major() != here.major() || !then.encoding().equals(here.encoding())) {
            notComparable.add(
                    tables.size() + " tables that have to be exact, since the baseline was read from PostgreSQL "
                            + then.major() + " with " + then.encoding() + " and the restored server is " + here.major()
                            + " with "
                            + here.encoding());
            return;
        }
        for (RowDigests.Digested one : BaselineReader.digests(database, tables, progress)) {
            String name = one.table().label();
            Baseline.Table before =
                    Optional.ofNullable(baseline.tables().get(name)).orElseThrow();
            if (!before.digest().equals(one.digest())) {
                wrong.add(name + " has other contents in its " + before.rows() + " rows");
            }
        }
    }

    List<String> wrong() {
        return wrong;
    }

    Map<String, String> observations() {
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put(
                "tables in the baseline", String.valueOf(baseline.tables().size()));
        observations.put("compared by their rows", String.valueOf(within));
        observations.put(
                "compared by their contents",
                sameBackup
                        ? exact.size() + ", since the baseline was read from this very backup"
                        : exact.isEmpty() ? "none" : exact.size() + ": " + Examples.of(exact));
        if (!written.isEmpty()) {
            observations.put("not compared, as a step has written to them", Examples.of(written));
        }
        observations.put("left out by their tolerance", String.valueOf(any));
        observations.put("tables that the baseline does not know", String.valueOf(added));
        observations.put("differences", String.valueOf(wrong.size()));
        return observations;
    }

    /** Why the comparison is no pass even where it found no difference. */
    Optional<Problem> unknown() {
        String place = subject.runbook().file() + ", baseline";
        if (!notComparable.isEmpty()) {
            return Optional.of(new Problem(
                    "Not everything could be compared with the baseline: " + Examples.of(notComparable),
                    place,
                    "Put \"check: database-integrity\" before the step that writes, restore into the PostgreSQL that"
                            + " production runs, or give these tables another tolerance than exact."));
        }
        return within + exact.size() > 0
                ? Optional.empty()
                : Optional.of(new Problem(
                        "The baseline holds no table that could be compared",
                        place,
                        "See whether the baseline was read from the right database, and whether \"tolerances:\" leaves"
                                + " out every table."));
    }
}
