package dev.muster.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a vault is asked about the backups that lie in it. */
public enum VaultQuestion {
    /** Was anything promised at all. */
    PROMISES,
    /** Is the newest as young as promised. */
    FRESHNESS,
    /** Is none missing between two others. */
    SEQUENCE,
    /** Is the newest as large as usual. */
    SIZES,
    /** Are there enough, and none too old. */
    RETENTION,
    /** Does the vault encrypt them. */
    ENCRYPTION,
    /** Does it keep what is overwritten or deleted. */
    VERSIONING,
    /** Are they locked against change and deletion. */
    LOCK,
    /** Do they lie elsewhere a second time. */
    REPLICA;

    /** The name of the step that asks all of them. */
    public static final String GROUP = "vault-health";

    /** The check's name, as runbooks and reports write it. */
    public String label() {
        return "vault-" + name().toLowerCase(Locale.ROOT);
    }

    public static Set<String> labels() {
        return Arrays.stream(values()).map(VaultQuestion::label).collect(Collectors.toCollection(TreeSet::new));
    }
}
