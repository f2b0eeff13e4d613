package dev.muster.check;

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

/** Does every row that refers to another find it? Proven from the rows, since a constraint may be there over broken data. */
final class ForeignKeys implements Check {
    // A constraint on a partitioned table is copied to its partitions; the one at the top speaks for all.
    // Constraints over periods and unenforced ones (both since PostgreSQL 18) are not a matter of equal keys.
    private static final String KEYS = """
            select c.conname,
                   format('%I.%I', child_schema.nspname, child.relname),
                   case when child.relkind = 'p' then '' else 'only ' end,
                   format('%I.%I', parent_schema.nspname, parent.relname),
                   case when parent.relkind = 'p' then '' else 'only ' end,
                   c.confmatchtype = 'f',
                   columns.given, columns.mixed, columns.matching, columns.shown
            from pg_catalog.pg_constraint c
            join pg_catalog.pg_class child on child.oid = c.conrelid
            join pg_catalog.pg_namespace child_schema on child_schema.oid = child.relnamespace
            join pg_catalog.pg_class parent on parent.oid = c.confrelid
            join pg_catalog.pg_namespace parent_schema on parent_schema.oid = parent.relnamespace
            cross join lateral (
                select string_agg(format('child.%I is not null', a.attname), ' and ' order by k.place) as given,
                       format('num_nulls(%1$s) between 1 and %2$s',
                              string_agg(format('child.%I', a.attname), ', ' order by k.place), count(*) - 1) as mixed,
                       string_agg(format('parent.%I operator(%I.%s) child.%I',
                                         b.attname, s.nspname, o.oprname, a.attname),
                                  ' and ' order by k.place) as matching,
                       string_agg(format('child.%I', a.attname), ', ' order by k.place) as shown
                from unnest(c.conkey, c.confkey, c.conpfeqop) with ordinality as k (child, parent, operator, place)
                join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.child
                join pg_catalog.pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.parent
                join pg_catalog.pg_operator o on o.oid = k.operator
                join pg_catalog.pg_namespace s on s.oid = o.oprnamespace) columns
            where c.contype = 'f' and c.conparentid = 0
              and not coalesce((to_jsonb(c) ->> 'conperiod')::boolean, false)
              and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
            order by 2, 1""";

    private static final String OTHERS = """
            select count(*) from pg_catalog.pg_constraint c
            where c.contype = 'f' and c.conparentid = 0
              and (coalesce((to_jsonb(c) ->> 'conperiod')::boolean, false)
                   or not coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true))""";

    @Override
    public String name() {
        return "foreign-keys";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        List<ForeignKey> keys = new ArrayList<>();
        long others;
        try (Connection connection = subject.restoredDatabase().connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(KEYS)) {
                while (rows.next()) {
                    keys.add(ForeignKey.read(rows));
                }
            }
            try (ResultSet rows = statement.executeQuery(OTHERS)) {
                rows.next();
                others = rows.getLong(1);
            }
        }
        List<ForeignKey.Orphans> orphans =
                new Lanes(subject.restoredDatabase(), "foreign keys proven", progress).ask(keys, ForeignKey::prove);
        List<ForeignKey.Orphans> broken =
                orphans.stream().filter(found -> found.rows() > 0).toList();
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("foreign keys", String.valueOf(keys.size()));
        observations.put("broken", String.valueOf(broken.size()));
        observations.put(
                "orphaned rows",
                String.valueOf(
                        broken.stream().mapToLong(ForeignKey.Orphans::rows).sum()));
        observations.put("not enforced or over periods, not looked at", String.valueOf(others));
        if (keys.isEmpty()) {
            return Answer.couldNotRun(NothingThere.in(subject, "foreign key"), observations);
        }
        if (broken.isEmpty()) {
            return Answer.passed(observations);
        }
        return Answer.failed(
                new Problem(
                        broken.size() + " of " + keys.size() + " foreign keys do not hold",
                        Examples.of(broken.stream()
                                .map(ForeignKey.Orphans::toString)
                                .toList()),
                        "Look for the same rows in production. If their parents are there, the backup lost rows: choose"
                                + " an older one with --backup database=KEY and repair the backup job. If not,"
                                + " production itself is inconsistent and needs repair."),
                observations);
    }
}
