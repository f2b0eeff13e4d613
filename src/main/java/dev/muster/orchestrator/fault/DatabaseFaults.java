package dev.muster.orchestrator.fault;

import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Fault;
import dev.muster.drill.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Faults of any PostgreSQL database: lost and altered rows, and a structure that no longer fits them. */
final class DatabaseFaults {
    private static final String NO_ROWS = "no table has rows";
    private static final Duration DAY = Duration.ofDays(1);
    /** A B-tree index on a table with rows; as "i". */
    private static final String INDEXES = """
            (select i.indexrelid::regclass::text as index, t.name as table, i.indexrelid, t.oid, i.indisunique
             from %s join pg_index i on i.indrelid = t.oid
             join pg_class x on x.oid = i.indexrelid and x.relam = (select oid from pg_am where amname = 'btree')
             where i.indisvalid and i.indpred is null
             order by 1) i""".formatted(Data.TABLES);

    private DatabaseFaults() {}

    static List<Injection> all() {
        return List.of(
                fault(
                        "table-emptied",
                        "The rows of the largest table are missing.",
                        Set.of("row-counts", "foreign-keys", "as-the-baseline", "as-the-last-drill"),
                        DatabaseFaults::emptied),
                fault(
                        "all-tables-emptied",
                        "Every table is there, and none has a row.",
                        Set.of("row-counts", "as-the-baseline", "as-the-last-drill"),
                        DatabaseFaults::allEmptied),
                fault(
                        "unreferenced-table-emptied",
                        "The rows of the largest table are missing that no other table refers to.",
                        Set.of("as-the-last-drill", "as-the-baseline", "row-counts"),
                        DatabaseFaults::quietlyEmptied),
                fault(
                        "rows-lost",
                        "One row in a hundred of the largest table is missing.",
                        Set.of("foreign-keys", "as-the-baseline", "row-counts"),
                        DatabaseFaults::rowsLost),
                fault(
                        "foreign-key-broken",
                        "A row is missing that another one points to.",
                        Set.of("foreign-keys"),
                        DatabaseFaults::foreignKey),
                fault(
                        "index-corrupted",
                        "An index does not lead to a row that is there.",
                        Set.of("heap-and-indexes"),
                        DatabaseFaults::indexCorrupted),
                fault(
                        "index-invalid",
                        "An index was never finished.",
                        Set.of("indexes-valid"),
                        DatabaseFaults::indexInvalid),
                fault(
                        "large-object-unreadable",
                        "A page of a large object cannot be read.",
                        Set.of("everything-readable"),
                        DatabaseFaults::largeObject),
                fault(
                        "not-null-violated",
                        "A column that must not be empty is empty in a row.",
                        Set.of("constraints-hold"),
                        DatabaseFaults::notNull),
                fault(
                        "check-violated",
                        "The catalog vouches for a check constraint that rows violate.",
                        Set.of("constraints-hold"),
                        DatabaseFaults::checkViolated),
                fault(
                        "sequence-behind",
                        "A sequence gives out numbers that are taken.",
                        Set.of("sequences-ahead"),
                        DatabaseFaults::sequenceBehind),
                unknowable(
                        "extension-missing",
                        "The database uses an extension that the server does not have.",
                        Set.of("extensions-there"),
                        DatabaseFaults::extension),
                unknowable(
                        "collation-of-another-library",
                        "Text was sorted by another version of the library, in an index that nobody can walk.",
                        Set.of("collations-match"),
                        DatabaseFaults::collation),
                fault(
                        "watermark-too-old",
                        "The newest rows of the watched processes are missing.",
                        Set.of("objective: rpo", "as-the-baseline"),
                        DatabaseFaults::watermarkTooOld),
                unknowable(
                        "watermark-unknown",
                        "Nobody can tell how new the rows of the watched processes are.",
                        Set.of("watermark"),
                        DatabaseFaults::watermarkUnknown));
    }

    static Injection fault(String name, String sentence, Set<String> meant, Injection.IntoData.DataMaking making) {
        return new Injection.IntoData(new Fault(name, sentence, Fault.Kind.DATA, meant), making);
    }

    /** A fault that the machine could as well be at the bottom of, so that its check says that it could not run. */
    static Injection unknowable(String name, String sentence, Set<String> meant, Injection.IntoData.DataMaking making) {
        return new Injection.IntoData(new Fault(name, sentence, Fault.Kind.DATA, meant, Verdict.COULD_NOT_RUN), making);
    }

    /** The largest one is where the business is, and what damage most likely hits. */
    private static String largest(Data data) throws SQLException, NotApplicable {
        return data.value("select name from " + Data.TABLES + " order by size desc, name limit 1", NO_ROWS);
    }

    private static String emptied(Data data) throws SQLException, NotApplicable {
        String table = largest(data);
        return data.change("delete from " + table, NO_ROWS) + " rows of " + table + " deleted";
    }

    /** No foreign key tells that these rows were ever there. */
    private static String quietlyEmptied(Data data) throws SQLException, NotApplicable {
        String table = data.value(
                "select t.name from " + Data.TABLES + "\n" + """
                        where not exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = t.oid)
                        order by size desc, name limit 1""",
                "every table with rows is referred to by another one");
        return data.change("delete from " + table, NO_ROWS) + " rows of " + table + " deleted";
    }

    private static String allEmptied(Data data) throws SQLException, NotApplicable {
        List<List<String>> tables = data.rows("select name from " + Data.TABLES + " order by name");
        if (tables.isEmpty()) {
            throw new NotApplicable(NO_ROWS);
        }
        data.run("truncate "
                + String.join(", ", tables.stream().map(table -> table.get(0)).toList()) + " cascade");
        return tables.size() + " tables emptied";
    }

    private static String rowsLost(Data data) throws SQLException, NotApplicable {
        String table = largest(data);
        long lost = data.change("""
                delete from %1$s where ctid in (
                    select ctid from (select ctid from %1$s order by ctid) row
                    order by random() limit (select greatest(1, count(*) / 100) from %1$s))""".formatted(table), NO_ROWS);
        return lost + " rows of " + table + " deleted";
    }

    private static String foreignKey(Data data) throws SQLException, NotApplicable {
        for (List<String> key : data.rows("""
                select key, child, own, parent, other from (
                    select f.conname as key, f.conrelid::regclass::text as child, format('%I', a.attname) as own,
                           f.confrelid::regclass::text as parent, format('%I', b.attname) as other
                    from pg_constraint f
                    join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
                    join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
                    where f.contype = 'f' and cardinality(f.conkey) = 1 and f.conrelid <> f.confrelid
                      and pg_relation_size(f.conrelid) > 0
                    order by 1, 2) k
                order by random()""")) {
            List<List<String>> pointed =
                    data.rows("select %s::text from %s where %s is not null order by random() limit 1"
                            .formatted(key.get(2), key.get(1), key.get(2)));
            if (!pointed.isEmpty()) {
                data.run("delete from %s where %s::text = '%s'"
                        .formatted(key.get(3), key.get(4), pointed.get(0).get(0).replace("'", "''")));
                return "the row of " + key.get(3) + " deleted that " + key.get(0) + " of " + key.get(1) + " points to";
            }
        }
        throw new NotApplicable("no foreign key of one column is in use");
    }

    /** Takes a row out and puts it back while the index is not looking. */
    private static String indexCorrupted(Data data) throws SQLException, NotApplicable {
        List<String> index = data.row(
                "select i.index, i.table, i.indexrelid from " + INDEXES + "\n" + """
                        where not exists (select from pg_attribute a where a.attrelid = i.oid and a.attgenerated <> '')
                        order by random() limit 1""",
                "no table with rows has a B-tree index");
        String ready = "update pg_index set indisready = %s, indisvalid = %s where indexrelid = " + index.get(2);
        data.run(ready.formatted("false", "false"));
        data.change("""
                with moved as (
                    delete from only %1$s where ctid = (select ctid from only %1$s order by random() limit 1) returning *)
                insert into %1$s overriding system value select * from moved""".formatted(index.get(1)), NO_ROWS);
        data.run(ready.formatted("true", "true"));
        return "the index " + index.get(0) + " does not know of a row of " + index.get(1);
    }

    private static String indexInvalid(Data data) throws SQLException, NotApplicable {
        List<String> index = data.row(
                "select i.index, i.indexrelid from " + INDEXES + " order by i.indisunique, random() limit 1",
                "no table with rows has a B-tree index");
        data.run("update pg_index set indisvalid = false where indexrelid = " + index.get(1));
        return "the index " + index.get(0) + " marked as unfinished";
    }

    private static String largeObject(Data data) throws SQLException, NotApplicable {
        List<List<String>> there = data.rows("select loid, pageno from pg_largeobject order by random() limit 1");
        if (there.isEmpty()) {
            data.run("select lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'))");
        }
        List<String> page = data.row(
                "select loid, pageno from pg_largeobject order by random() limit 1", "there is no large object");
        data.run("update pg_largeobject set data = decode(repeat('ab', 5000), 'hex') where loid = %s and pageno = %s"
                .formatted(page.get(0), page.get(1)));
        return "page " + page.get(1) + " of the large object " + page.get(0) + " made too long";
    }

    private static String notNull(Data data) throws SQLException, NotApplicable {
        List<String> column = data.row(
                """
                select t.name, format('%%I', a.attname), t.oid, a.attnum from %s
                join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and a.attnotnull and a.attgenerated = ''
                    and a.attidentity = '' and not a.attisdropped
                where not exists (select from pg_index i where i.indrelid = t.oid and a.attnum = any (i.indkey::int2[]))
                  and not exists (select from pg_constraint c where c.conrelid = t.oid and c.contype in ('c', 'f')
                                  and a.attnum = any (c.conkey))
                order by random() limit 1""".formatted("(select * from " + Data.TABLES + " order by name) t"),
                "no column outside of keys and indexes must be filled in");
        String must = "update pg_attribute set attnotnull = %s where attrelid = " + column.get(2) + " and attnum = "
                + column.get(3);
        data.run(must.formatted("false"));
        data.change(
                "update only %1$s set %2$s = null where ctid = (select ctid from only %1$s order by random() limit 1)"
                        .formatted(column.get(0), column.get(1)),
                NO_ROWS);
        data.run(must.formatted("true"));
        return column.get(1) + " of a row of " + column.get(0) + " emptied";
    }

    private static String checkViolated(Data data) throws SQLException, NotApplicable {
        String table = data.value(
                "select name from (select name from " + Data.TABLES + " order by name) t order by random() limit 1",
                NO_ROWS);
        data.run("alter table " + table + " add constraint muster_fault check (tableoid is null) not valid");
        data.run("update pg_constraint set convalidated = true where conname = 'muster_fault'");
        return "no row of " + table + " keeps the constraint muster_fault";
    }

    private static String sequenceBehind(Data data) throws SQLException, NotApplicable {
        for (List<String> owned : data.rows("""
                select sequence, name, attname from (
                    select format('%%I.%%I', n.nspname, s.relname) as sequence, t.name, format('%%I', a.attname) as attname
                    from %s
                    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid and d.deptype in ('a', 'i')
                    join pg_class s on s.oid = d.objid and s.relkind = 'S'
                    join pg_namespace n on n.oid = s.relnamespace
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
                    where exists (select from pg_index i where i.indrelid = t.oid and i.indisunique
                                    and i.indkey[0] = a.attnum)
                    order by 1) s
                order by random()""".formatted(Data.TABLES))) {
            if (data.rows("select 1 from %s having max(%s) > 1".formatted(owned.get(1), owned.get(2)))
                    .isEmpty()) {
                continue;
            }
            data.run("select setval('" + owned.get(0).replace("'", "''") + "', 1, false)");
            return "the sequence " + owned.get(0) + " begins anew";
        }
        throw new NotApplicable("no sequence numbers a table that has rows");
    }

    private static String extension(Data data) throws SQLException, NotApplicable {
        String name = data.value("select extname from pg_extension order by random() limit 1", "there is no extension");
        data.run("update pg_extension set extname = 'muster_absent' where extname = '" + name.replace("'", "''") + "'");
        return "the extension " + name + " renamed to one that no server has";
    }

    private static String collation(Data data) throws SQLException, NotApplicable {
        String collation = data.value("""
                select oid::regcollation::text from pg_collation
                where collversion is not null and collisdeterministic
                  and collencoding in (-1, (select encoding from pg_database where datname = current_database()))
                order by collname limit 1""", "the server knows no collation that has a version");
        List<String> column = data.row("""
                select t.name, format('%%I', a.attname) from %s
                join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                    and a.atttypid in ('text'::regtype, 'varchar'::regtype)
                order by t.name, a.attnum limit 1""".formatted(Data.TABLES), "no table with rows has a text");
        data.run("create index muster_fault on %s using brin (%s collate %s)"
                .formatted(column.get(0), column.get(1), collation));
        data.run("update pg_collation set collversion = '0' where oid = '" + collation.replace("'", "''")
                + "'::regcollation");
        return "an index on " + column.get(1) + " of " + column.get(0) + " sorted by version 0 of " + collation;
    }

    private static String watermarkTooOld(Data data) throws SQLException, NotApplicable {
        List<String> changed = new ArrayList<>();
        for (BusinessProcess process : data.watched()) {
            Duration back = process.objectives().rpo().plus(DAY);
            for (List<String> column : watermarkColumns(data, process)) {
                data.run("update %1$s set %2$s = %2$s - interval '%3$d seconds'"
                        .formatted(column.get(0), column.get(1), back.toSeconds()));
                changed.add(column.get(0) + "." + column.get(1));
            }
        }
        return String.join(", ", changed) + " set back by more than the target";
    }

    private static String watermarkUnknown(Data data) throws SQLException, NotApplicable {
        List<String> changed = new ArrayList<>();
        for (BusinessProcess process : data.watched()) {
            for (List<String> column : watermarkColumns(data, process)) {
                data.run("alter table %1$s alter %2$s drop not null".formatted(column.get(0), column.get(1)));
                data.run("update %1$s set %2$s = null".formatted(column.get(0), column.get(1)));
                changed.add(column.get(0) + "." + column.get(1));
            }
        }
        return String.join(", ", changed) + " emptied";
    }

    /** The columns of instants that a watermark looks at, as the server understands its query. */
    private static List<List<String>> watermarkColumns(Data data, BusinessProcess process)
            throws SQLException, NotApplicable {
        data.run("create temporary view muster_watermark as "
                + process.watermark().orElseThrow());
        List<List<String>> columns = data.rows("""
                select distinct d.refobjid::regclass::text, format('%I', a.attname)
                from pg_rewrite r
                join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
                join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
                where r.ev_class = 'muster_watermark'::regclass
                  and a.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype, 'date'::regtype)
                order by 1, 2""");
        data.run("drop view muster_watermark");
        if (columns.isEmpty()) {
            throw new NotApplicable(
                    "the watermark of " + process.name() + " does not read a column of instants in a table");
        }
        return columns;
    }
}
