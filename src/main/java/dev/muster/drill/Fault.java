package dev.muster.drill;

import java.util.Set;

/**
 * Something that goes wrong with backups, made on purpose to see which check notices it.
 *
 * @param sentence what is made wrong, for people
 * @param kind where it sits
 * @param meant how the names of the checks and objectives begin that are there for it
 * @param expected the verdict by which those checks tell of it: what may as well be the machine's fault could not run
 */
public record Fault(String name, String sentence, Kind kind, Set<String> meant, Verdict expected) {
    public Fault {
        meant = Set.copyOf(meant);
    }

    public Fault(String name, String sentence, Kind kind, Set<String> meant) {
        this(name, sentence, kind, meant, Verdict.FAILED);
    }

    /** Whether a check or an objective of this name is there for this fault. */
    public boolean meant(String catcher) {
        return meant.stream().anyMatch(catcher::startsWith);
    }

    /** Where a fault sits, which decides how much has to be restored again to see it. */
    public enum Kind {
        /** In the objects, as if the vault held them so: the asset is restored again from them. */
        OBJECTS,
        /** In the rows or the catalog of the database: a copy of what was restored is changed. */
        DATA,
        /** In the files of the filestore or the configuration: a copy of what was restored is changed. */
        FILES,
        /** In what the vault says of its objects. */
        VAULT,
        /** In what programs of the scratch can reach: a scratch is opened with a way out. */
        NETWORK
    }
}
