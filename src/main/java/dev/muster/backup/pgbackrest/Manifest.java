package dev.muster.backup.pgbackrest;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a backup's {@code backup.manifest} says: each of its files, and where in the repository it lies.
 *
 * @param version the major version of the server that was copied
 * @param references the backups that hold files of this one, itself among them
 * @param bytes how large all files are together once they are restored
 * @param tablespaces the numbers of the tablespaces
 * @param damaged the files with pages that failed their checksums while they were copied
 */
public record Manifest(
        String label,
        String version,
        Set<String> references,
        List<Stretch> files,
        long bytes,
        Set<String> tablespaces,
        List<String> damaged) {
    /** The object's name. */
    public static final String NAME = "backup.manifest";

    public Manifest {
        references = Set.copyOf(references);
        files = List.copyOf(files);
        tablespaces = Set.copyOf(tablespaces);
        damaged = List.copyOf(damaged);
    }

    /**
     * A file of the server, and the stretch of an object that holds it.
     *
     * @param object the object's place below the stanza's backups
     * @param from where in the object it begins
     * @param length how many bytes of the object it takes
     * @param sha1 the digest of those bytes; empty where pgBackRest was too old to note it
     * @param blocks whether objects of the backups referred to may hold older blocks of it
     */
    public record Stretch(String file, String object, long from, long length, String sha1, boolean blocks) {}

    /** Reads a manifest that has been decrypted. */
    public static Manifest read(byte[] content) throws BadInfo {
        ManifestContent manifest = new ManifestContent();
        InfoFile.read(content, manifest);
        return manifest.whole();
    }

    /** The objects that are named in it, by their places below the stanza's backups. */
    Set<String> objects() {
        return files.stream().map(Stretch::object).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether files were copied in blocks, so that objects which are not named here may be needed. */
    boolean inBlocks() {
        return files.stream().anyMatch(Stretch::blocks);
    }
}
