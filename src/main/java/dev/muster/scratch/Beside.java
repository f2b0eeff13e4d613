package dev.muster.scratch;

import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import java.util.Map;
import java.util.OptionalInt;

/** What runs beside a scratch and is cut off like it, asked for by those who work within. */
public interface Beside {
    /** The name of the password among the secrets of a scratch. */
    String PASSWORD = "beside-password";

    /** What opens the databases; those within and those without know it, and neither says it. */
    Secret password();

    /**
     * Starts an application of the runbook that is made of manifests, and waits until it is up.
     *
     * @param blanks what is filled into its manifests
     * @param port of the scratch, at which the database answers; absent where that runs beside the scratch as well
     */
    Served start(String application, Map<String, String> blanks, OptionalInt port) throws InterruptedException;

    /**
     * Has the database restored by the operator that the runbook names.
     *
     * @param target how far its log is replayed
     */
    Served recover(RecoveryTarget target) throws InterruptedException;
}
