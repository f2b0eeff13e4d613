package dev.muster.backup.log;

import dev.muster.drill.StoredObject;
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
    private static final Pattern FILE =
            Pattern.compile("([0-9A-F]{24}|[0-9A-F]{8}\\.history)(\\.(gz|zst|zstd|lz4|bz2|xz|snappy|br))?");

    private final TreeMap<String, StoredObject> files = new TreeMap<>();

    public LogArchive(List<StoredObject> listed) {
        for (StoredObject object : listed) {
            Matcher file = FILE.matcher(object.name());
            if (file.matches()) {
                files.put(file.group(1), object);
            }
        }
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
