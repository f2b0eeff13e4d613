package dev.muster.check;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is every sequence past the numbers that its column already holds, so that the next row finds a free one? */
final class SequencesAhead implements Check {
    // A sequence belongs to a column that owns it (serial, identity) or takes its default from it. Partitions take it
    // from their table, which is asked for all of them.
    private static final String NUMBERED = """
            select format('%I.%I', n.nspname, c.relname), a.attname, format('%I', a.attname),
                   format('%I.%I', sn.nspname, sc.relname),
                   case when c.relkind = 'p' then '' else 'only ' end,
                   s.seqincrement,
                   exists (select from pg_catalog.pg_index i
                           where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey::int2[])),
                   not s.seqcycle and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)
            from (select d.objid as sequence, d.refobjid as relation, d.refobjsubid as attribute
                  from pg_catalog.pg_depend d
                  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
                    and d.deptype in ('a', 'i') and d.refobjsubid > 0
                  union
                  select d.refobjid, f.adrelid, f.adnum
                  from pg_catalog.pg_depend d
                  join pg_catalog.pg_attrdef f on f.oid = d.objid
                  where d.classid = 'pg_attrdef'::regclass and d.refclassid = 'pg_class'::regclass) numbered
            join pg_catalog.pg_sequence s on s.seqrelid = numbered.sequence
            join pg_catalog.pg_class sc on sc.oid = s.seqrelid
            join pg_catalog.pg_namespace sn on sn.oid = sc.relnamespace
            join pg_catalog.pg_class c on c.oid = numbered.relation
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = numbered.attribute
            where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
            order by 1, 2, 4""";

    private static final String COLUMNS = """
            select count(*)
            from pg_catalog.pg_attribute a
            join pg_catalog.pg_class c on c.oid = a.attrelid
            where c.relkind in ('r', 'p') and c.oid >= 16384 and c.relpersistence <> 't'
              and a.attnum > 0 and not a.attisdropped""";

    @Override
    public String name() {
        return "sequences-ahead";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        List<Numbered> numbered = new ArrayList<>();
        long others = 0;
        long columns;
        try (Connection connection = subject.restoredDatabase().connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(NUMBERED)) {
                while (rows.next()) {
                    if (rows.getBoolean(8)) {
                        numbered.add(Numbered.read(rows));
                    } else {
                        others++;
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                rows.next();
                columns = rows.getLong(1);
            }
        }
        List<Behind> seen = new Lanes(subject.restoredDatabase(), "sequences compared", progress)
                .ask(numbered, SequencesAhead::compare);
        List<String> collide = said(seen, true);
        List<String> repeat = said(seen, false);
        Map<String, String> observations = new LinkedHashMap<>();
        // What is looked at are the columns: a system that numbers none of them by a sequence has none that is behind.
        observations.put("columns", String.valueOf(columns));
        observations.put("columns with a sequence", String.valueOf(numbered.size() + others));
        observations.put("behind", String.valueOf(collide.size() + repeat.size()));
        observations.put("cycling or of other types, not compared", String.valueOf(others));
        if (columns == 0) {
            return Answer.couldNotRun(NothingThere.in(subject, "column of a table"), observations);
        }
        return answer(collide, observations).with(repeated(repeat).stream().toList());
    }

    private static Answer answer(List<String> collide, Map<String, String> observations) {
        if (collide.isEmpty()) {
            return Answer.passed(observations);
        }
        return Answer.failed(
                new Problem(
                        collide.size() + " sequences are behind their columns, so that new rows get numbers which are"
                                + " taken and are refused",
                        Examples.of(collide),
                        "Compare with production. Behind there too: SELECT setval('SEQUENCE', (SELECT max(COLUMN) FROM"
                                + " TABLE)). Not behind there: the backup holds rows and sequences of different"
                                + " instants, so choose an older one with --backup database=KEY."),
                observations);
    }

    /** Where numbers may repeat, one that does is perhaps meant. */
    private static Optional<Finding> repeated(List<String> repeat) {
        return repeat.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                Finding.Severity.MINOR,
                                new Problem(
                                        repeat.size()
                                                + " sequences are behind columns that no unique key covers, so that new"
                                                + " rows repeat numbers which are taken",
                                        Examples.of(repeat),
                                        "Compare with production; if that is not meant, set the sequences there with setval.")));
    }

    private static List<String> said(List<Behind> seen, boolean unique) {
        return seen.stream()
                .filter(each -> each.behind && each.column.unique == unique)
                .map(Behind::toString)
                .toList();
    }

    private static Behind compare(Connection connection, Numbered column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(column.query())) {
            rows.next();
            return new Behind(column, rows.getBoolean(1), rows.getLong(2), String.valueOf(rows.getString(3)));
        }
    }

    /** A column that takes its values from a sequence. */
    private record Numbered(
            String table, String name, String quoted, String sequence, String only, long step, boolean unique) {
        static Numbered read(ResultSet row) throws SQLException {
            return new Numbered(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getBoolean(7));
        }

        String query() {
            return """
                    select coalesce(taken.last %1$s s.last_value::numeric + case when s.is_called then %2$s else 0 end, false),
                           s.last_value, taken.last
                    from %3$s s, (select %4$s(%5$s)::numeric as last from %6$s%7$s) taken""".formatted(step > 0 ? ">=" : "<=", step, sequence, step > 0 ? "max" : "min", quoted, only, table);
        }
    }

    private record Behind(Numbered column, boolean behind, long last, String taken) {
        @Override
        public String toString() {
            return "%s is at %d, %s.%s already at %s"
                    .formatted(column.sequence, last, column.table, column.name, taken);
        }
    }
}
