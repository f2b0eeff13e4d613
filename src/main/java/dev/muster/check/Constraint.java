package dev.muster.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A constraint with the query that proves it from the rows.
 *
 * @param columns how many columns it is about, where it is about each on its own
 * @param claimed whether the database itself takes it for proven
 * @param broken the query for the places where it is broken; one without that breaks off where it does not hold
 */
record Constraint(Kind kind, String name, long columns, boolean claimed, String broken) {
    // Whether a column is null is asked by a function, as the server answers "is null" from the constraint itself.
    // Places are given instead of values, which may be secrets.
    private static final String NOT_NULL = """
            select format('the columns of %1$s that must not be null', named), count(*), true,
                   format('select array_to_string(array[%1$s], '', '') || '' at '' || ctid as place from only %2$s'
                              || ' where num_nulls(%3$s) > 0',
                          string_agg(format('case when num_nulls(%I) > 0 then %L end', attname, attname), ', '
                                     order by attnum),
                          named,
                          string_agg(format('%I', attname), ', ' order by attnum))
            from (select format('%I.%I', n.nspname, c.relname) as named, a.attname, a.attnum
                  from pg_attribute a
                  join pg_class c on c.oid = a.attrelid
                  join pg_namespace n on n.oid = c.relnamespace
                  where a.attnotnull and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
                    and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')) col
            group by named, attnum / 50
            order by 1""";

    private static final String CHECKS = """
            select format('%I.%I, %I', n.nspname, c.relname, k.conname), 1, k.convalidated,
                   format('select ctid::text as place from only %I.%I where (%s) is false', n.nspname, c.relname,
                          pg_get_expr(k.conbin, k.conrelid))
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where k.contype = 'c' and c.relkind = 'r' and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
              and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
            order by 1""";

    // A value of a domain is trusted to be one; brought down to what the domain is made of and up again, it is held
    // against the domain's constraints.
    private static final String DOMAINS = """
            with recursive made (id, base, claimed, constrained) as (
                select t.oid, t.oid, true, false from pg_type t where t.typtype = 'd'
                union all
                select m.id, t.typbasetype,
                       m.claimed and coalesce((select bool_and(k.convalidated) from pg_constraint k
                                               where k.contypid = t.oid), true),
                       m.constrained or t.typnotnull or exists (select from pg_constraint k where k.contypid = t.oid)
                from made m join pg_type t on t.oid = m.base and t.typtype = 'd')
            select format('%I.%I, column %I as %s', n.nspname, c.relname, a.attname, format_type(m.id, null)), 1, m.claimed,
                   format('select null::text as place from only %I.%I where num_nulls(%I::%s::%s) < 0',
                          n.nspname, c.relname, a.attname, format_type(m.base, null), format_type(m.id, null))
            from made m
            join pg_type t on t.oid = m.base and t.typtype <> 'd'
            join pg_attribute a on a.atttypid = m.id
            join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            where m.constrained and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v' and c.relkind = 'r'
              and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            order by 1""";

    // The rows come out of a subquery that is not taken apart: the server would group by fewer columns where it trusts
    // a primary key.
    private static final String UNIQUE = """
            select format('%I.%I, %I', n.nspname, c.relname, x.relname), 1, true,
                   format('select min(place)::text || '' and '' || max(place)::text as place'
                              || ' from (select ctid as place, %1$s from only %2$I.%3$I%4$s offset 0) row'
                              || '%5$s group by %6$s having count(*) > 1',
                          keys.given, n.nspname, c.relname, ' where ' || pg_get_expr(i.indpred, i.indrelid),
                          case when not coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
                               then format(' where num_nulls(%s) = 0', keys.named) end,
                          keys.named)
            from pg_index i
            join pg_class x on x.oid = i.indexrelid
            join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (
                select string_agg(format('(%s)%s as key%s', pg_get_indexdef(i.indexrelid, place, false),
                                         case when l.oid is not null then format(' collate %I.%I', s.nspname, l.collname) end, place),
                                  ', ' order by place) as given,
                       string_agg('key' || place, ', ' order by place) as named,
                       bool_and(o.opcmethod = 403 and (o.opcdefault or o.opcname like '%pattern\\_ops')) as understood
                from generate_series(1, i.indnkeyatts) place
                join pg_opclass o on o.oid = i.indclass[place - 1]
                left join pg_collation l on l.oid = i.indcollation[place - 1]
                left join pg_namespace s on s.oid = l.collnamespace) keys
            where i.indisunique and i.indisvalid and keys.understood and c.relkind in ('r', 'm') and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            order by 1""";

    private static final String OTHERS = """
            select (select count(*) from pg_constraint k
                    where k.contype = 'x' or k.contype = 'c' and not coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true))
                 + (select count(*) from pg_index i
                    where i.indisunique and i.indrelid >= 16384
                      and exists (select from pg_opclass o where o.oid = any (i.indclass::oid[])
                                  and not (o.opcmethod = 403 and (o.opcdefault or o.opcname like '%pattern\\_ops'))))""";

    /** What a constraint forbids, in the order in which it is proven. */
    enum Kind {
        NOT_NULL("columns that must not be null", Constraint.NOT_NULL),
        CHECK("check constraints", Constraint.CHECKS),
        DOMAIN("columns of domains with constraints", Constraint.DOMAINS),
        UNIQUE("primary and unique keys", Constraint.UNIQUE);

        private final String label;
        private final String query;

        Kind(String label, String query) {
            this.label = label;
            this.query = query;
        }

        String label() {
            return label;
        }
    }

    /** The rows that a constraint forbids and that are there all the same. */
    record Broken(Constraint constraint, long rows, String shown) {
        boolean found() {
            return rows > 0;
        }

        @Override
        public String toString() {
            return constraint.name + ": " + shown;
        }
    }

    /** All that can be proven, as one who looks names up among the server's own only. */
    static List<Constraint> all(Statement statement) throws SQLException {
        List<Constraint> constraints = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            try (ResultSet rows = statement.executeQuery(kind.query)) {
                while (rows.next()) {
                    constraints.add(new Constraint(
                            kind, rows.getString(1), rows.getLong(2), rows.getBoolean(3), rows.getString(4)));
                }
            }
        }
        return constraints;
    }

    /** How many constraints there are of kinds that are not looked at. */
    static long others(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(OTHERS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Broken prove(Connection connection) throws SQLException {
        String query = "with broken as materialized (" + broken + ") select count(*),"
                + " (select string_agg(place, '; ') from (select place from broken limit 3) example) from broken";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            long found = rows.getLong(1);
            return new Broken(this, found, found + " times, such as ctid " + rows.getString(2));
        } catch (SQLException error) {
            ServerError said = ServerError.of(error);
            if (!said.state().startsWith("23")) {
                throw error;
            }
            return new Broken(this, 1, said.toString());
        }
    }
}
