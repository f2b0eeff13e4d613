package dev.muster.drill;

import java.util.List;
import java.util.Optional;

/**
 * What keeps a restore from bringing back persons who asked to be erased. In every statement {@code :id} stands for one of
 * the identifiers.
 *
 * @param list where the identifiers are listed
 * @param run the statements that erase one of them
 * @param absent the queries for how much is still there of one of them
 * @param search tables in which no text may hold one of them
 */
public record Erasure(Listing list, List<String> run, List<String> absent, List<String> search) {
    public Erasure {
        run = List.copyOf(run);
        absent = List.copyOf(absent);
        search = List.copyOf(search);
    }

    /**
     * Where the list lies.
     *
     * @param vault the vault that holds it; absent when it is a file beside the runbook
     * @param name its key there, or the file's path
     */
    public record Listing(Optional<String> vault, String name) {}
}
