package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** Everybody who may come in, or might once. */
public final class Accounts {
    private static final String SELECT =
            "select name, display, roles, active, password, one_time_until, issuer, subject,"
                    + " made, last_sign_in from person";

    private final Store store;

    Accounts(Store store) {
        this.store = store;
    }

    /** What becomes of somebody, in view of everybody; nobody else changes anything meanwhile. */
    public interface Change {
        Account of(Account before, List<Account> everybody);
    }

    public List<Account> all() {
        return store.work(handle -> handle.createQuery(SELECT + " order by name")
                .map(Accounts::read)
                .list());
    }

    public Optional<Account> find(String name) {
        return store.work(handle -> handle.createQuery(SELECT + " where name = :name")
                .bind("name", name)
                .map(Accounts::read)
                .findFirst());
    }

    public Optional<Account> find(Account.Origin origin) {
        return store.work(handle -> handle.createQuery(SELECT + " where issuer = :issuer and subject = :subject")
                .bind("issuer", origin.issuer())
                .bind("subject", origin.subject())
                .map(Accounts::read)
                .findFirst());
    }

    /** Adds somebody; false when the name is taken. */
    public boolean add(Account account) {
        return store.work(handle -> Insertion.unlessThere(bound(
                handle.createUpdate("insert into person (name, display, roles, active, password, one_time_until,"
                        + " issuer, subject, made, last_sign_in) values (:name, :display, :roles,"
                        + " :active, :password, :oneTime, :issuer, :subject, :made, :signedIn)"),
                account)));
    }

    /** Changes somebody; absent when there is nobody of this name. */
    public Optional<Account> change(String name, Change change) {
        return store.together(handle -> {
            List<Account> everybody = handle.createQuery(SELECT + " order by name for update")
                    .map(Accounts::read)
                    .list();
            Optional<Account> changed = everybody.stream()
                    .filter(account -> account.name().equals(name))
                    .findFirst()
                    .map(account -> change.of(account, everybody));
            changed.ifPresent(account -> bound(
                            handle.createUpdate(
                                    "update person set display = :display, roles = :roles, active = :active,"
                                            + " password = :password, one_time_until = :oneTime, issuer = :issuer,"
                                            + " subject = :subject, made = :made, last_sign_in = :signedIn where name = :name"),
                            account)
                    .execute());
            return changed;
        });
    }

    private static Update bound(Update statement, Account account) {
        return statement
                .bind("name", account.name())
                .bind("display", account.display())
                .bind("roles", Cells.joined(account.roles()))
                .bind("active", account.active())
                .bindBySqlType("password", account.password().orElse(null), Types.VARCHAR)
                .bindBySqlType("oneTime", utc(account.oneTimeUntil()), Types.TIMESTAMP_WITH_TIMEZONE)
                .bindBySqlType(
                        "issuer", account.origin().map(Account.Origin::issuer).orElse(null), Types.VARCHAR)
                .bindBySqlType(
                        "subject", account.origin().map(Account.Origin::subject).orElse(null), Types.VARCHAR)
                .bind("made", utc(account.made()))
                .bindBySqlType("signedIn", utc(account.lastSignIn()), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static Account read(ResultSet row, StatementContext context) throws SQLException {
        String issuer = row.getString("issuer");
        return new Account(
                row.getString("name"),
                row.getString("display"),
                Cells.words(row, "roles"),
                row.getBoolean("active"),
                Optional.ofNullable(row.getString("password")),
                Cells.perhaps(row, "one_time_until"),
                issuer == null ? Optional.empty() : Optional.of(new Account.Origin(issuer, row.getString("subject"))),
                Cells.instant(row, "made"),
                Cells.perhaps(row, "last_sign_in"));
    }
}
