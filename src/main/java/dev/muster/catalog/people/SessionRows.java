package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Who is signed in, in which browser. */
public final class SessionRows {
    private static final String SELECT =
            "select digest, person, means, began, seen, address, browser from person_session";

    private final Store store;

    SessionRows(Store store) {
        this.store = store;
    }

    /**
     * Somebody is signed in.
     *
     * @param digest of what the browser holds
     * @param means by what they have shown who they are
     * @param seen when they last asked for something, within a minute
     */
    public record Row(
            String digest, String person, String means, Instant began, Instant seen, String address, String browser) {}

    public void add(Row row) {
        store.work(handle -> handle.createUpdate(
                        "insert into person_session (digest, person, means, began, seen, address, browser)"
                                + " values (:digest, :person, :means, :began, :seen, :address, :browser)")
                .bind("digest", row.digest())
                .bind("person", row.person())
                .bind("means", row.means())
                .bind("began", utc(row.began()))
                .bind("seen", utc(row.seen()))
                .bind("address", row.address())
                .bind("browser", row.browser())
                .execute());
    }

    public Optional<Row> find(String digest) {
        return store.work(handle -> handle.createQuery(SELECT + " where digest = :digest")
                .bind("digest", digest)
                .map(SessionRows::read)
                .findFirst());
    }

    /** The sessions of somebody, the last one used first. */
    public List<Row> of(String person) {
        return store.work(handle -> handle.createQuery(SELECT + " where person = :person order by seen desc, digest")
                .bind("person", person)
                .map(SessionRows::read)
                .list());
    }

    public void seen(String digest, Instant at) {
        store.work(handle -> handle.createUpdate("update person_session set seen = :at where digest = :digest")
                .bind("digest", digest)
                .bind("at", utc(at))
                .execute());
    }

    /** Ends one; false when there is none of this person. */
    public boolean end(String person, String digest) {
        return store.work(
                handle -> handle.createUpdate("delete from person_session where digest = :digest and person = :person")
                                .bind("digest", digest)
                                .bind("person", person)
                                .execute()
                        > 0);
    }

    /** Ends all of a person but one. */
    public int endOthers(String person, String digest) {
        return store.work(
                handle -> handle.createUpdate("delete from person_session where person = :person and digest <> :digest")
                        .bind("digest", digest)
                        .bind("person", person)
                        .execute());
    }

    /** Ends those that began, or were used last, before these. */
    public int endOlder(Instant began, Instant seen) {
        return store.work(
                handle -> handle.createUpdate("delete from person_session where began < :began or seen < :seen")
                        .bind("began", utc(began))
                        .bind("seen", utc(seen))
                        .execute());
    }

    private static Row read(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                row.getString("digest"),
                row.getString("person"),
                row.getString("means"),
                Cells.instant(row, "began"),
                Cells.instant(row, "seen"),
                row.getString("address"),
                row.getString("browser"));
    }
}
