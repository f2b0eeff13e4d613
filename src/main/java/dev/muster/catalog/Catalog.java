package dev.muster.catalog;

import dev.muster.drill.Census;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Remembers drills and how they ended, in an H2 file or in a PostgreSQL that several processes share. */
public final class Catalog implements Store, AutoCloseable {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Connections connections;
    private final Optional<Pool> pool;
    private final ConnectionFactory source;
    private final Jdbi jdbi;

    private Catalog(Connections connections, Optional<Pool> pool) {
        this.connections = connections;
        this.pool = pool;
        // Without a pool a connection for each piece of work: an H2 file is free for other processes in between.
        this.source = pool.<ConnectionFactory>map(held -> held).orElse(connections);
        this.jdbi = Jdbi.create(source);
    }

    /** Opens a catalog that needs no user. */
    public static Catalog open(String url) {
        return open(url, Optional.empty(), Optional.empty());
    }

    /** Opens the catalog, and makes or brings up to date what it needs in its database. */
    public static Catalog open(String url, Optional<String> user, Optional<Secret> password) {
        Connections connections = new Connections(url, user, password);
        Migration.run(connections);
        return new Catalog(connections, Optional.empty());
    }

    /** Opens the catalog and holds it open until it is closed; other processes can use it meanwhile. */
    public static Catalog hold(String url, Optional<String> user, Optional<Secret> password) {
        Connections connections = new Connections(url, user, password).shared();
        Migration.run(connections);
        return new Catalog(connections, Optional.of(Pool.of(connections)));
    }

    /** Where it lies, as it may be shown. */
    public String place() {
        return connections.place();
    }

    /** A connection for a library that keeps tables of its own here; whoever asks for it closes it. */
    public Connection connection() throws SQLException {
        return source.openConnection();
    }

    /** Adds a drill, or replaces what was known of it. */
    public void remember(DrillSummary drill) {
        work(handle -> {
            if (DrillRow.update(handle, drill) == 0 && !inserted(handle, drill)) {
                DrillRow.update(handle, drill);
            }
            return drill;
        });
    }

    private static boolean inserted(Handle handle, DrillSummary drill) {
        try {
            DrillRow.insert(handle, drill);
            return true;
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    /** The drill of this id, or the only one whose id begins so. */
    public Optional<DrillSummary> find(String idOrUniquePrefix) {
        List<DrillSummary> found = work(handle -> handle.createQuery(DrillRow.SELECT
                        + " where id = :id or (length(:id) > 0 and left(id, length(:id)) = :id) order by planned desc")
                .bind("id", idOrUniquePrefix)
                .map(DrillRow::read)
                .list());
        Optional<DrillSummary> exact = found.stream()
                .filter(drill -> drill.drill().equals(idOrUniquePrefix))
                .findFirst();
        if (exact.isPresent() || found.size() <= 1) {
            return exact.or(() -> found.stream().findFirst());
        }
        throw new CouldNotRun(new Problem(
                found.size() + " drills begin with " + idOrUniquePrefix,
                connections.place(),
                "Name one of them: "
                        + found.stream().limit(5).map(DrillSummary::drill).collect(Collectors.joining(", "))
                        + (found.size() > 5 ? ", …" : ".")));
    }

    /** The latest drills, newest first. */
    public List<DrillSummary> newest(Optional<String> system, int limit) {
        return work(handle -> handle.createQuery(DrillRow.SELECT
                        + (system.isPresent() ? " where system = :system" : "")
                        + " order by planned desc, id desc fetch first :limit rows only")
                .bindMap(system.map(name -> Map.of("system", name)).orElse(Map.of()))
                .bind("limit", limit)
                .map(DrillRow::read)
                .list());
    }

    /** The latest drills of a runbook that have come to a verdict, newest first. */
    public List<DrillSummary> ended(String system, String runbook, int limit) {
        return work(handle -> handle.createQuery(DrillRow.SELECT
                        + " where system = :system and runbook = :runbook and verdict is not null"
                        + " order by planned desc, id desc fetch first :limit rows only")
                .bind("system", system)
                .bind("runbook", runbook)
                .bind("limit", limit)
                .map(DrillRow::read)
                .list());
    }

    /** The latest drill of a system that passed. */
    public Optional<DrillSummary> lastPassed(String system) {
        return work(handle -> handle.createQuery(DrillRow.SELECT
                        + " where system = :system and verdict = :verdict"
                        + " order by planned desc, id desc fetch first 1 rows only")
                .bind("system", system)
                .bind("verdict", Verdict.PASSED.name())
                .map(DrillRow::read)
                .findFirst());
    }

    /** Keeps how many rows each table had in a drill, for the next one to compare with. */
    public void remember(Census census) {
        work(handle -> {
            handle.useTransaction(together -> CensusRows.replace(together, census));
            return census;
        });
    }

    /**
     * The rows in the last drill of a runbook that passed.
     *
     * @param point what the database of that drill was good for is not after this
     */
    public Optional<Census> lastCensus(String system, String runbook, Instant point) {
        return work(handle -> CensusRows.last(handle, system, runbook, point));
    }

    @Override
    public <R> R together(Function<Handle, R> work) {
        return work(handle -> handle.inTransaction(work::apply));
    }

    @Override
    public <R> R work(Function<Handle, R> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException failed) {
            throw connections.trouble("The catalog could not be asked", failed);
        }
    }

    @Override
    public void close() {
        pool.ifPresent(Pool::close);
    }
}
