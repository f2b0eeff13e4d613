package dev.muster.restore;

import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real server with something worth backing up, and the programs that do so. */
final class SourceServer implements AutoCloseable {
    private final RestoreBench bench;
    private final Database database;

    private SourceServer(RestoreBench bench, Database database) {
        this.bench = bench;
        this.database = database;
    }

    static SourceServer start(Path home) throws InterruptedException, SQLException {
        RestoreBench bench = RestoreBench.open(home);
        try {
            SourceServer server = new SourceServer(bench, bench.scratch().startDatabase(RestoreBench.MAJOR, "erp"));
            server.fill();
            return server;
        } catch (SQLException e) {
            bench.close();
            throw e;
        }
    }

    private void fill() throws SQLException {
        run("""
                create role erp_owner;
                create role accountant;
                create type mood as enum ('good; bad', 'it''s');
                create table customer (id serial primary key, name text not null, note text, mood mood);
                insert into customer (name, note, mood)
                select 'Customer ' || n, repeat(md5(n::text), 20) || E'\\ttab\\nline \\\\. end;', 'it''s'
                from generate_series(1, 3000) n;
                insert into customer (id, name) values (0, 'Käsebröd ½');
                create table invoice (id int primary key, customer int references customer, total numeric);
                insert into invoice select n, n, n * 1.1 from generate_series(1, 2000) n;
                create index on invoice (customer);
                create view big as select * from invoice where total > 100;
                create function body() returns text language plpgsql as $$ begin return ';$x$'; end $$;
                create rule twice as on delete to customer do (delete from invoice where id = old.id; select 1);
                select lo_from_bytea(0, decode(repeat('00ff', 5000), 'hex'));
                alter table customer owner to erp_owner;
                grant select on invoice to accountant;
                alter default privileges for role erp_owner grant select on tables to accountant;
                comment on table customer is 'a; b -- c /* d';
                """);
        // On its own, since the driver splits what follows such a body wrongly.
        run("create function later(a int) returns int language sql"
                + " begin atomic select case when a > 1 then 2 else 3 end; end");
    }

    Database database() {
        return database;
    }

    void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Dumps the database into a file of this name. */
    Path dump(String name, String... options) throws InterruptedException {
        Path file = bench.scratch().folder("dumps").resolve(name);
        List<String> command = new ArrayList<>(List.of(client("pg_dump"), "--file=" + file));
        command.addAll(List.of(options));
        execute(command);
        return file;
    }

    String client(String program) {
        return bench.scratch()
                .client(program, RestoreBench.MAJOR)
                .orElseThrow(() -> new AssertionError("no " + program + " on this machine"))
                .toString();
    }

    void execute(List<String> command) throws InterruptedException {
        Finished finished = bench.scratch().run(new Program(command, environment(), line -> {}));
        if (!finished.succeeded()) {
            throw new AssertionError(command + ": " + finished);
        }
    }

    private Map<String, String> environment() {
        return database.environment();
    }

    @Override
    public void close() {
        bench.close();
    }
}
