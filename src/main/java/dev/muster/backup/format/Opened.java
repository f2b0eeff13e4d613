package dev.muster.backup.format;

import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;

/** What a layout may ask of an opened vault. */
public interface Opened {

    /** Reads stretches of one of the objects that were listed. */
    Probe probe(StoredObject listed);

    /** The secret behind a reference of the runbook. */
    Secret secret(String reference);
}
