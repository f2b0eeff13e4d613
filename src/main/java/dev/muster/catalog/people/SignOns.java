package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.time.Instant;
import java.util.Optional;

/** Those who were sent to the provider and are not back yet. */
public final class SignOns {
    private final Store store;

    SignOns(Store store) {
        this.store = store;
    }

    /**
     * Somebody was sent to the provider.
     *
     * @param digest of the state that comes back with them
     * @param browser digest of what their browser holds meanwhile
     * @param target where they wanted to go
     */
    public record Row(String digest, String browser, String nonce, String verifier, String target, Instant begun) {}

    public void add(Row row) {
        store.work(handle -> handle.createUpdate("insert into sign_on (digest, browser, nonce, verifier, target, begun)"
                        + " values (:digest, :browser, :nonce, :verifier, :target, :begun)")
                .bind("digest", row.digest())
                .bind("browser", row.browser())
                .bind("nonce", row.nonce())
                .bind("verifier", row.verifier())
                .bind("target", row.target())
                .bind("begun", utc(row.begun()))
                .execute());
    }

    /** Takes one out; nobody gets it a second time. */
    public Optional<Row> take(String digest) {
        return store.together(handle -> handle.createQuery(
                        "select digest, browser, nonce, verifier, target, begun from sign_on where digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> new Row(
                        row.getString("digest"),
                        row.getString("browser"),
                        row.getString("nonce"),
                        row.getString("verifier"),
                        row.getString("target"),
                        Cells.instant(row, "begun")))
                .findFirst()
                .filter(found -> handle.createUpdate("delete from sign_on where digest = :digest")
                                .bind("digest", digest)
                                .execute()
                        == 1));
    }

    public int forgetOlder(Instant than) {
        return store.work(handle -> handle.createUpdate("delete from sign_on where begun < :than")
                .bind("than", utc(than))
                .execute());
    }
}
