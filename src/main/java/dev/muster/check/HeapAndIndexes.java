package dev.muster.check;

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
import java.util.Optional;

/** Is every page of every table readable, and does every index lead to every row? Asked of the amcheck extension. */
final class HeapAndIndexes implements Check {
    private static final String RELATIONS = """
            select c.oid, c.oid::regclass::text, c.relkind = 'i' as index,
                   c.relkind <> 'i' or (a.amname = 'btree' and i.indisvalid and i.indisready) as understood,
                   c.oid >= 16384 as own
            from pg_catalog.pg_class c
            join pg_catalog.pg_am a on a.oid = c.relam
            left join pg_catalog.pg_index i on i.indexrelid = c.oid
            where c.relkind in ('r', 't', 'm', 'i') and c.relpersistence <> 't'
              and (c.relkind = 'i' or a.amname = 'heap')
            order by c.relpages desc, c.oid""";

    @Override
    public String name() {
        return "heap-and-indexes";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Database database = subject.restoredDatabase();
        List<Relation> relations = new ArrayList<>();
        long others = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                if (rows.getBoolean(4)) {
                    relations.add(
                            new Relation(rows.getLong(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(5)));
                } else {
                    others++;
                }
            }
        }
        if (relations.stream().noneMatch(relation -> relation.own && !relation.index)) {
            return Answer.couldNotRun(NothingThere.in(subject, "table"), Map.of());
        }
        List<Amcheck.Seen> seen;
        try (Amcheck amcheck = Amcheck.install(database)) {
            seen = new Lanes(database, "tables and indexes walked", progress)
                    .ask(
                            relations,
                            (connection, relation) ->
                                    amcheck.look(connection, relation.id, relation.name, relation.index));
        }
        Map<String, String> observations = new LinkedHashMap<>();
        long indexes = relations.stream().filter(Relation::index).count();
        observations.put("tables walked", String.valueOf(relations.size() - indexes));
        observations.put("btree indexes walked", String.valueOf(indexes));
        observations.put("indexes of other kinds, not looked into", String.valueOf(others));
        return answer(database, seen, observations);
    }

    private static Answer answer(Database database, List<Amcheck.Seen> seen, Map<String, String> observations) {
        List<String> damaged =
                seen.stream().flatMap(each -> each.damage().stream()).toList();
        List<String> unanswered =
                seen.stream().flatMap(each -> each.trouble().stream()).toList();
        observations.put("damaged", String.valueOf(damaged.size()));
        Optional<Problem> trouble = unanswered.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "amcheck could not look into " + unanswered.size() + " tables or indexes",
                        Examples.of(unanswered),
                        "An index over a function needs what the function calls; make such functions name their schemas"
                                + " in production, then back up again."));
        Optional<Problem> broken = damaged.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        damaged.size() + " tables or indexes are damaged in database " + database.name(),
                        Examples.of(damaged),
                        "Run pg_amcheck --heapallindexed --parent-check against production. Damage there too: REINDEX"
                                + " indexes and restore tables from an older backup. No damage there: the backup is bad,"
                                + " so choose an older one with --backup database=KEY."));
        return Answer.judged(broken, trouble, observations);
    }

    private record Relation(long id, String name, boolean index, boolean own) {}
}
