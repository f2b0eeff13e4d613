package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.time.Instant;

/** The browsers in which somebody has signed in before. */
public final class Browsers {
    private final Store store;

    Browsers(Store store) {
        this.store = store;
    }

    public boolean knows(String digest, String person) {
        return store.work(handle ->
                handle.createQuery("select count(*) from person_browser where digest = :digest and person = :person")
                                .bind("digest", digest)
                                .bind("person", person)
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    public void remember(String digest, String person, Instant at) {
        store.together(handle -> {
            handle.createUpdate("delete from person_browser where digest = :digest and person = :person")
                    .bind("digest", digest)
                    .bind("person", person)
                    .execute();
            return handle.createUpdate(
                            "insert into person_browser (digest, person, known) values (:digest, :person, :known)")
                    .bind("digest", digest)
                    .bind("person", person)
                    .bind("known", utc(at))
                    .execute();
        });
    }

    public int forgetOlder(Instant than) {
        return store.work(handle -> handle.createUpdate("delete from person_browser where known < :than")
                .bind("than", utc(than))
                .execute());
    }
}
