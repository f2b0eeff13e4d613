package dev.muster.backup.health;

import dev.muster.drill.Promises;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;

/** One question about what a vault holds of an asset. What keeps it from being asked is thrown. */
interface Question {

    VaultQuestion name();

    /** Whether these promises are about it. */
    boolean promised(Promises promises);

    VaultAnswer ask(Holdings holdings) throws InterruptedException;
}
