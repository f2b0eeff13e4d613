package dev.muster.people;

import java.util.Set;

/**
 * Somebody, or a program in somebody's name, who has shown who they are.
 *
 * @param name how the ledger names them
 * @param rights what they may do this time: those of their roles, or fewer with a token
 * @param by how they have shown it
 */
public record Person(String name, String display, Set<Right> rights, Means by) {
    public Person {
        rights = Set.copyOf(rights);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** By what somebody has shown who they are. */
    public enum Means {
        PASSWORD,
        SIGN_ON,
        TOKEN
    }
}
