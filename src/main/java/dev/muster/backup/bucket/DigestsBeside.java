package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.drill.StoredObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tells from a listing alone beside which backups a digest lies. */
public final class DigestsBeside {
    private final Map<String, Collection<String>> sidecars = new HashMap<>();
    private final Map<String, Collection<String>> lists = new HashMap<>();

    public DigestsBeside(List<StoredObject> listed) {
        for (StoredObject one : listed) {
            if (Algorithm.ofSidecar(one.name()).isPresent()) {
                String owner = one.key().substring(0, one.key().lastIndexOf('.'));
                sidecars.computeIfAbsent(owner, key -> new TreeSet<>()).add(one.name());
            } else if (Algorithm.ofList(one.name()).isPresent()) {
                lists.computeIfAbsent(one.folder(), key -> new TreeSet<>()).add(one.name());
            }
        }
    }

    /** What a reader should know about the digests of a backup; empty when there is none. */
    public String remark(StoredObject backup) {
        Collection<String> own = sidecars.getOrDefault(backup.key(), List.of());
        if (!own.isEmpty()) {
            return " Its digest lies beside it: " + String.join(", ", own) + ".";
        }
        Collection<String> around = lists.getOrDefault(backup.folder(), List.of());
        return around.isEmpty() ? "" : " Its digest may stand in " + String.join(", ", around) + ".";
    }
}
