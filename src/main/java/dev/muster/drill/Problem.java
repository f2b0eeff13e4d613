package dev.muster.drill;

import java.util.Objects;

/**
 * One thing that is wrong, said so that its reader can act: what is wrong, where it is, and what to do about it.
 *
 * @param what the fault, without a full stop at its end
 * @param where the object, file and line, or setting at fault; empty when there is no place to name
 * @param remedy what to do next, as whole sentences
 */
public record Problem(String what, String where, String remedy) {
    public Problem {
        Objects.requireNonNull(what);
        Objects.requireNonNull(where);
        Objects.requireNonNull(remedy);
    }

    /** The problem on one line, as an operator reads it. */
    @Override
    public String toString() {
        return what + (where.isEmpty() ? "" : " (" + where + ")") + "." + (remedy.isEmpty() ? "" : " " + remedy);
    }
}
