package dev.muster.orchestrator.fault;

import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Runbook;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A copy of the restored database that may be changed. Nothing that came with it fires while it is. */
public final class Data {
    /** Tables with rows, those of the server and of extensions aside; as "t". */
    static final String TABLES = """
            (select c.oid, format('%I.%I', n.nspname, c.relname) as name, c.relname, pg_relation_size(c.oid) as size
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname <> 'information_schema'
               and n.nspname !~ '^pg_' and pg_relation_size(c.oid) > 0
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) t""";

    private final Connection connection;
    private final Runbook runbook;

    /** Begins with lots drawn from these. */
    public Data(Connection connection, Runbook runbook, Random lots) throws SQLException {
        this.connection = connection;
        this.runbook = runbook;
        run("set session_replication_role = replica");
        run("set allow_system_table_mods = on");
        run("select setseed(" + (lots.nextDouble() * 2 - 1) + ")");
    }

    Runbook runbook() {
        return runbook;
    }

    /** The processes whose newest row the runbook asks for. */
    List<BusinessProcess> watched() throws NotApplicable {
        List<BusinessProcess> watched = runbook.processes().values().stream()
                .filter(process -> process.watermark().isPresent())
                .toList();
        if (watched.isEmpty()) {
            throw new NotApplicable("no process of the runbook has a watermark");
        }
        return watched;
    }

    /** The rows of a query as texts. */
    List<List<String>> rows(String query) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                all.add(List.copyOf(row));
            }
        }
        return all;
    }

    /** The first row of a query; where there is none, the fault does not apply for this reason. */
    List<String> row(String query, String otherwise) throws SQLException, NotApplicable {
        List<List<String>> rows = rows(query);
        if (rows.isEmpty()) {
            throw new NotApplicable(otherwise);
        }
        return rows.get(0);
    }

    String value(String query, String otherwise) throws SQLException, NotApplicable {
        return row(query, otherwise).get(0);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Changes rows; where none was changed, the fault does not apply. */
    long change(String sql, String otherwise) throws SQLException, NotApplicable {
        try (Statement statement = connection.createStatement()) {
            long changed = statement.executeLargeUpdate(sql);
            if (changed == 0) {
                throw new NotApplicable(otherwise);
            }
            return changed;
        }
    }

    void demandTable(String name) throws SQLException, NotApplicable {
        if (rows("select 1 where to_regclass('" + name + "') is not null").isEmpty()) {
            throw new NotApplicable("there is no table " + name);
        }
    }

    /** Deletes rows and all that refers to them, so that no foreign key tells of it. */
    void erase(String table, String where) throws SQLException {
        List<List<String>> referring = rows("""
                select format('%%I.%%I', n.nspname, c.relname), format('%%I', a.attname), format('%%I', b.attname),
                       f.conrelid = f.confrelid, f.confdeltype = 'n'
                from pg_constraint f
                join pg_class c on c.oid = f.conrelid
                join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
                join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
                where f.contype = 'f' and f.confrelid = '%s'::regclass and cardinality(f.conkey) = 1
                order by 1, 2""".formatted(table));
        for (List<String> one : referring) {
            String pointing = "%s in (select %s from %s where %s)".formatted(one.get(1), one.get(2), table, where);
            if (one.get(3).equals("t") || one.get(4).equals("t")) {
                run("update %s set %s = null where %s".formatted(one.get(0), one.get(1), pointing));
            } else {
                erase(one.get(0), pointing);
            }
        }
        run("delete from " + table + " where " + where);
    }
}
