package dev.muster.catalog.people;

import dev.muster.catalog.Store;

/** What the catalog remembers of people. */
public final class Directory {
    private final Store store;

    public Directory(Store store) {
        this.store = store;
    }

    public Accounts accounts() {
        return new Accounts(store);
    }

    public SessionRows sessions() {
        return new SessionRows(store);
    }

    public TokenRows tokens() {
        return new TokenRows(store);
    }

    public Browsers browsers() {
        return new Browsers(store);
    }

    public SignOns signOns() {
        return new SignOns(store);
    }

    public Tries tries() {
        return new Tries(store);
    }

    public Counts counts() {
        return new Counts(store);
    }
}
