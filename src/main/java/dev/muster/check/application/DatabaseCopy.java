package dev.muster.check.application;

import dev.muster.drill.Secret;
import dev.muster.scratch.Database;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * A copy of the restored database for an application to write into, with a role that owns all of it and is no superuser.
 * The restored one stays as it came back.
 */
record DatabaseCopy(Database database, String role, Secret password) {
    private static final String NAME = "started";
    private static final int WITH_STRATEGIES = 15;

    /** What belongs to an extension stays with it: its owner may be a superuser for a reason. */
    private static final String OWNED = """
            do $$
            declare
              change text;
            begin
              for change in
                with own as (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
                     extended as (select classid, objid from pg_depend where deptype = 'e')
                select format('alter schema %%I owner to %1$s', nspname) from pg_namespace where oid in (select oid from own)
                union all
                select format('alter %%s %%s owner to %1$s',
                              case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                                           when 'f' then 'foreign table' else 'table' end, oid::regclass)
                from pg_class
                where relnamespace in (select oid from own) and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                  and ('pg_class'::regclass, oid) not in (select classid, objid from extended)
                  and not (relkind = 'S' and exists (select from pg_depend
                                                     where classid = 'pg_class'::regclass and objid = pg_class.oid
                                                       and deptype in ('a', 'i') and refobjsubid > 0))
                union all
                select format('alter routine %%s owner to %1$s', oid::regprocedure)
                from pg_proc
                where pronamespace in (select oid from own)
                  and ('pg_proc'::regclass, oid) not in (select classid, objid from extended)
                union all
                select format('alter type %%s owner to %1$s', oid::regtype)
                from pg_type
                where typnamespace in (select oid from own)
                  and (typtype in ('e', 'd', 'r')
                       or typtype = 'c' and typrelid in (select oid from pg_class where relkind = 'c'))
                  and ('pg_type'::regclass, oid) not in (select classid, objid from extended)
              loop
                execute change;
              end loop;
            end
            $$""";

    static DatabaseCopy of(Database restored) throws SQLException {
        return of(restored, random());
    }

    static DatabaseCopy of(Database restored, Secret password) throws SQLException {
        String role = "application_" + random().reveal().substring(0, 8);
        Database copy = restored.named(NAME);
        try (Connection connection = restored.named("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + role + " login nosuperuser");
            setPassword(connection, role, password);
            statement.execute("create database " + NAME + " template " + quoted(restored.name()) + " owner " + role
                    + (restored.major() >= WITH_STRATEGIES ? " strategy file_copy" : ""));
        }
        try (Connection connection = copy.connect();
                Statement statement = connection.createStatement()) {
            // Names are written with their schema then, whatever the role's own path.
            statement.execute("set search_path = pg_catalog, pg_temp");
            statement.execute(OWNED.formatted(role));
        }
        return new DatabaseCopy(copy, role, password);
    }

    /** By a setting, so that the password stands in no statement that a log could show. */
    private static void setPassword(Connection connection, String role, Secret password) throws SQLException {
        try (PreparedStatement hand = connection.prepareStatement("select set_config('muster.password', ?, false)");
                Statement statement = connection.createStatement()) {
            hand.setString(1, password.reveal());
            hand.execute();
            statement.execute("do $$ begin execute format('alter role " + role
                    + " password %L', current_setting('muster.password')); end $$");
        }
    }

    /** A connection with the rights of the application. */
    Connection connect() throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + role);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    static Secret random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
