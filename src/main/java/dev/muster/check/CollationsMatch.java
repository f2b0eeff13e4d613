package dev.muster.check;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Does text sort here as it did where the database was made? A dump records the scratch's own versions, so that only a
 * server's files can disagree. Where the versions leave a doubt, the indexes themselves are asked.
 */
final class CollationsMatch implements Check {
    // An index that keeps something else than text in its text column (trigrams, hashes) is sorted by no collation.
    private static final String INDEXES = """
            select i.indexrelid, i.indexrelid::regclass::text, a.amname = 'btree'
            from pg_catalog.pg_index i
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am a on a.oid = c.relam
            where c.relkind = 'i' and c.relpersistence <> 't' and i.indisvalid and i.indisready and a.amname <> 'hash'
              and exists (select from unnest(i.indcollation::oid[], i.indclass::oid[]) k (sorted, kind)
                          join pg_catalog.pg_opclass o on o.oid = k.kind
                          left join pg_catalog.pg_type t on t.oid = o.opckeytype
                          where k.sorted in (%1$s) and coalesce(t.typcollation, 1) <> 0)
            union all
            select p.partrelid, 'ranges of ' || p.partrelid::regclass::text, false
            from pg_catalog.pg_partitioned_table p
            where p.partstrat = 'r' and p.partcollation::oid[] && array[%1$s]::oid[]
            order by 2""";

    @Override
    public String name() {
        return "collations-match";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Database database = subject.restoredDatabase();
        Map<String, String> observations = new LinkedHashMap<>();
        List<Collation> collations;
        List<Sorted> sorted = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            observations.put("encoding", encoding(statement));
            collations = Collation.inUse(statement, database.major());
            String doubtful = collations.stream()
                    .filter(Collation::doubtful)
                    .map(collation -> String.valueOf(collation.id()))
                    .collect(Collectors.joining(", "));
            if (!doubtful.isEmpty()) {
                sorted.addAll(sorted(statement, doubtful));
            }
        }
        collations.forEach(collation -> observations.put(
                collation.id() == Collation.OF_DATABASE ? "collation of the database" : "collation " + collation.name(),
                collation.toString()));
        observations.put("indexes and ranges in doubt", String.valueOf(sorted.size()));
        if (sorted.isEmpty()) {
            return Answer.passed(observations).with(findings(collations));
        }
        return prove(database, sorted, observations, progress).with(findings(collations));
    }

    private static Answer prove(
            Database database, List<Sorted> sorted, Map<String, String> observations, Progress progress)
            throws SQLException, InterruptedException {
        List<String> unproven = new ArrayList<>(sorted.stream()
                .filter(each -> !each.walkable)
                .map(each -> each.name + ": no program can tell")
                .toList());
        List<Sorted> walkable = sorted.stream().filter(Sorted::walkable).toList();
        List<String> broken = new ArrayList<>();
        try (Amcheck amcheck = Amcheck.install(database)) {
            for (Amcheck.Seen seen : new Lanes(database, "indexes in doubt walked", progress)
                    .ask(walkable, (connection, index) -> amcheck.look(connection, index.id, index.name, true))) {
                seen.damage().ifPresent(broken::add);
                seen.trouble().ifPresent(unproven::add);
            }
        }
        observations.put("proven to be in order", String.valueOf(sorted.size() - broken.size() - unproven.size()));
        if (!broken.isEmpty()) {
            return Answer.failed(
                    new Problem(
                            broken.size() + " indexes are not in the order that text has on this server",
                            Examples.of(broken),
                            "Drill on a machine with the libraries of production, say the same image or release of the"
                                    + " system. After a real restore on other libraries, run REINDEX DATABASE "
                                    + database.name() + " before anybody works."),
                    observations);
        }
        if (!unproven.isEmpty()) {
            return Answer.couldNotRun(
                    new Problem(
                            "Nobody can tell whether " + unproven.size()
                                    + " indexes or ranges are in the order that text has on this server",
                            Examples.of(unproven),
                            "Drill on a machine with the libraries of production, say the same image or release of the"
                                    + " system."),
                    observations);
        }
        return Answer.passed(observations);
    }

    private static List<Finding> findings(List<Collation> collations) {
        return collations.stream()
                .filter(Collation::differs)
                .map(collation -> new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                "A collation has another version on this server than the database was made with",
                                collation.toString(),
                                "Drill on a machine with the libraries of production. After a real restore on other"
                                        + " libraries, rebuild the indexes on text, then ALTER DATABASE or COLLATION …"
                                        + " REFRESH (COLLATION) VERSION.")))
                .toList();
    }

    private static String encoding(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select pg_catalog.current_setting('server_encoding')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<Sorted> sorted(Statement statement, String doubtful) throws SQLException {
        List<Sorted> sorted = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(INDEXES.formatted(doubtful))) {
            while (rows.next()) {
                sorted.add(new Sorted(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return sorted;
    }

    private record Sorted(long id, String name, boolean walkable) {}
}
