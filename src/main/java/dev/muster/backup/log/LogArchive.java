package dev.muster.backup.log;

import dev.muster.backup.digest.Algorithm;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An archived write-ahead log as it was listed: its segments and histories by the names that PostgreSQL gave them. */
public final class LogArchive {
    /** Not {@code .partial} and {@code .backup}: the one is no whole segment, the other no log. */
    private static final Pattern FILE = Pattern.compile(
            "([0-9A-F]{24}|[0-9A-F]{8}\\.history)(?:-([0-9a-f]{40}))?(?:\\.(?:gz|zst|zstd|lz4|bz2|xz|snappy|br))?");

    private final TreeMap<String, StoredObject> files = new TreeMap<>();
    private final Map<String, StoredObject> contradictions = new TreeMap<>();
    private final List<StoredObject> digests = new ArrayList<>();

    public LogArchive(List<StoredObject> listed) {
        for (StoredObject object : listed) {
            Matcher file = FILE.matcher(object.name());
            if (file.matches()) {
                keep(file.group(1), object);
            } else if (Algorithm.ofSidecar(object.name()).isPresent()
                    || Algorithm.ofList(object.name()).isPresent()) {
                digests.add(object);
            }
        }
    }

    private void keep(String name, StoredObject object) {
        StoredObject before = files.put(name, object);
        if (before != null
                && sha1(before).isPresent()
                && sha1(object).isPresent()
                && !sha1(before).equals(sha1(object))) {
            contradictions.put(name, before);
        }
    }

    /** The name that PostgreSQL gave an archived file. */
    static String file(StoredObject archived) {
        Matcher file = FILE.matcher(archived.name());
        return file.matches() ? file.group(1) : archived.name();
    }

    /** The digest of its content that an archived file has in its name, as pgBackRest does it. */
    public static Optional<String> sha1(StoredObject archived) {
        Matcher file = FILE.matcher(archived.name());
        return file.matches() ? Optional.ofNullable(file.group(2)) : Optional.empty();
    }

    /** Another archived file of the same name that says something else. */
    Optional<StoredObject> contradicting(StoredObject archived) {
        return Optional.ofNullable(contradictions.get(file(archived)));
    }

    /** The objects that hold digests of others. */
    List<StoredObject> digests() {
        return digests;
    }

    Optional<StoredObject> segment(String name) {
        return Optional.ofNullable(files.get(name));
    }

    Optional<StoredObject> history(int timeline) {
        return Optional.ofNullable(files.get(TimelineHistory.name(timeline)));
    }

    List<StoredObject> histories() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".history"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The names of all segments, by timeline and number. */
    public Set<String> segments() {
        return files.keySet().stream()
                .filter(name -> name.length() == 24)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
