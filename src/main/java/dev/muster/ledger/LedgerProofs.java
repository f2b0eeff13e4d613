package dev.muster.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What shows whoever has no ledger that a drill's lines stand in it, all under one checkpoint.
 *
 * @param lines a proof for each line
 * @param sinceBefore that the ledger is what it was before the drill, and more; absent when there is no line
 */
public record LedgerProofs(List<LedgerProof> lines, Optional<Consistency> sinceBefore) {
    /** Of no line at all. */
    public static final LedgerProofs NONE = new LedgerProofs(List.of(), Optional.empty());

    public LedgerProofs {
        lines = List.copyOf(lines);
    }
}
