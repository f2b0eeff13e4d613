package dev.muster.backup.pgbackrest;

import dev.muster.drill.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code archive.info} says: whose log is archived where.
 *
 * @param passphrase what the log is encrypted with
 */
public record ArchiveInfo(Map<Integer, Cluster> clusters, Optional<Secret> passphrase) {
    static final String NAME = "archive.info";

    public ArchiveInfo {
        clusters = Map.copyOf(clusters);
    }

    public static ArchiveInfo read(byte[] content) throws BadInfo {
        Map<Integer, Cluster> clusters = new TreeMap<>();
        List<Secret> passphrases = new ArrayList<>();
        InfoFile.read(content, (section, key, value) -> {
            switch (section) {
                case "db:history" -> clusters.put(number(key), BackupInfo.cluster(value, "db-id"));
                case "cipher" -> passphrases.add(new Secret(value.asString("")));
                default -> {}
            }
        });
        return new ArchiveInfo(clusters, passphrases.stream().findFirst());
    }

    /** The folder that holds this server's log, {@code 15-1}; its number need not be that of the backups. */
    Optional<String> folder(Cluster cluster) {
        return clusters.entrySet().stream()
                .filter(known -> known.getValue().equals(cluster))
                .map(known -> cluster.version() + "-" + known.getKey())
                .findFirst();
    }

    static int number(String key) throws BadInfo {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new BadInfo("numbers a server as " + key, e);
        }
    }
}
