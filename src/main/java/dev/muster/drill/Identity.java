package dev.muster.drill;

import java.util.Set;
import java.util.TreeSet;

/**
 * By what a restored database is known as the system that it should be.
 *
 * @param sql a query for what only this system holds, such as the names of its companies
 * @param is the values that it must give, all of them and no other
 */
public record Identity(String sql, Set<String> is) {
    public Identity {
        is = Set.copyOf(is);
    }

    /** The values in an order that does not change. */
    public Set<String> sorted() {
        return new TreeSet<>(is);
    }
}
