package dev.muster.scratch;

import dev.muster.drill.OpenScratch;
import dev.muster.drill.TeardownReceipt;
import java.time.Duration;
import java.util.List;

/** Where scratches are opened: it knows every one that is there, whoever has opened it, and removes it. */
public interface Placement {

    /** Opens a scratch for a drill; it is on the list before anything of it exists. */
    Site open(Opening opening);

    /**
     * What a drill would apply to a cluster, each object as YAML without its secrets; nothing is touched.
     *
     * @param beside what it would have beside its scratch
     */
    default List<String> preview(Opening opening, CompanionWish beside) throws InterruptedException {
        return List.of();
    }

    /** Every scratch that exists, those that a crash has left behind included, oldest first. */
    List<OpenScratch> list();

    /** How many there are. */
    int open();

    /** How many of them no running drill uses and nobody keeps, or not any more. */
    int leftBehind();

    /** Whether there is one of this name. */
    boolean has(String id);

    /** Removes a scratch that is kept or was left behind; one that a running drill uses is refused. */
    TeardownReceipt remove(String id);

    /** Lets a scratch live longer. */
    OpenScratch extend(String id, Duration by);
}
