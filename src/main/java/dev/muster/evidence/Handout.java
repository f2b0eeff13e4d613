package dev.muster.evidence;

import dev.muster.drill.Classification;
import java.util.Optional;

/**
 * What of a drill's evidence goes round.
 *
 * @param classification who may read it
 * @param demonstration whether it is signed with a key that nobody should trust
 * @param ticket the record as a text
 * @param paper the report for paper as it was signed; absent when it could not be set
 */
public record Handout(String classification, boolean demonstration, String ticket, Optional<byte[]> paper) {
    private static final int LARGEST = 10_000_000;

    /** The report, where it may be sent: who reads a restricted one is not for a mailbox to decide. */
    public Optional<byte[]> enclosed() {
        return paper.filter(pages -> pages.length <= LARGEST)
                .filter(pages -> !classification.equals(Classification.RESTRICTED.label()));
    }
}
