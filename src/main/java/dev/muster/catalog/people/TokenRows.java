package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;

/** The tokens by which programs come in somebody's name. */
public final class TokenRows {
    private static final String SELECT =
            "select id, digest, person, label, rights, made, expires, used, revoked from person_token";

    private final Store store;

    TokenRows(Store store) {
        this.store = store;
    }

    /**
     * A token.
     *
     * @param id the part of it that may be shown
     * @param digest of its secret part
     * @param label what its owner calls it
     */
    public record Row(
            String id,
            String digest,
            String person,
            String label,
            Set<String> rights,
            Instant made,
            Instant expires,
            Optional<Instant> used,
            Optional<Instant> revoked) {
        public Row {
            rights = Set.copyOf(rights);
        }
    }

    public void add(Row row) {
        store.work(handle -> handle.createUpdate(
                        "insert into person_token (id, digest, person, label, rights, made, expires)"
                                + " values (:id, :digest, :person, :label, :rights, :made, :expires)")
                .bind("id", row.id())
                .bind("digest", row.digest())
                .bind("person", row.person())
                .bind("label", row.label())
                .bind("rights", Cells.joined(row.rights()))
                .bind("made", utc(row.made()))
                .bind("expires", utc(row.expires()))
                .execute());
    }

    public Optional<Row> find(String id) {
        return store.work(handle -> handle.createQuery(SELECT + " where id = :id")
                .bind("id", id)
                .map(TokenRows::read)
                .findFirst());
    }

    /** The tokens of somebody, the newest first. */
    public List<Row> of(String person) {
        return store.work(handle -> handle.createQuery(SELECT + " where person = :person order by made desc, id")
                .bind("person", person)
                .map(TokenRows::read)
                .list());
    }

    public void used(String id, Instant at) {
        store.work(handle -> handle.createUpdate("update person_token set used = :at where id = :id")
                .bind("id", id)
                .bind("at", utc(at))
                .execute());
    }

    /** Revokes one; false when this person has none such that still holds. */
    public boolean revoke(String person, String id, Instant at) {
        return store.work(handle -> handle.createUpdate("update person_token set revoked = :at"
                                + " where id = :id and person = :person and revoked is null")
                        .bind("id", id)
                        .bind("person", person)
                        .bind("at", utc(at))
                        .execute()
                > 0);
    }

    public int revokeAll(String person, Instant at) {
        return store.work(handle -> handle.createUpdate(
                        "update person_token set revoked = :at where person = :person and revoked is null")
                .bind("person", person)
                .bind("at", utc(at))
                .execute());
    }

    private static Row read(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("digest"),
                row.getString("person"),
                row.getString("label"),
                Cells.words(row, "rights"),
                Cells.instant(row, "made"),
                Cells.instant(row, "expires"),
                Cells.perhaps(row, "used"),
                Cells.perhaps(row, "revoked"));
    }
}
