package dev.muster.backup.pgbackrest;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.Opened;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One stanza of a repository, as it was listed. */
final class Repository {
    private static final String BACKUPS = "backup/";
    private static final String ARCHIVES = "archive/";
    /** As pgBackRest calls the second writing of what it cannot do without. */
    static final String COPY = ".copy";
    /** A manifest takes about 250 bytes for each file of the server. */
    private static final long LARGEST = 1L << 29;

    private final BackupSource source;
    private final Opened opened;
    private final String root;
    private final String stanza;
    private final TreeMap<String, StoredObject> objects = new TreeMap<>();

    Repository(BackupSource source, List<StoredObject> listed, Opened opened) {
        this.source = source;
        this.opened = opened;
        this.root =
                source.prefix().isEmpty() || source.prefix().endsWith("/") ? source.prefix() : source.prefix() + "/";
        this.stanza = source.stanza().orElse("");
        listed.stream()
                .filter(object -> object.key().startsWith(root))
                .forEach(object -> objects.put(object.key().substring(root.length()), object));
    }

    /** How the keys of all its objects begin. */
    String root() {
        return root;
    }

    /** An object by its place below the stanza's backups. */
    Optional<StoredObject> backup(String place) {
        return Optional.ofNullable(objects.get(BACKUPS + stanza + "/" + place));
    }

    /** The key of what lies, or should lie, at a place below the stanza's backups. */
    String place(String place) {
        return root + BACKUPS + stanza + "/" + place;
    }

    /** All objects of one backup. */
    List<StoredObject> files(String label) {
        return below(BACKUPS + stanza + "/" + label + "/").toList();
    }

    /** What stands for a backup of which nothing is there: as large as it was when it was made. */
    StoredObject lost(BackupInfo.Entry entry) {
        StoredObject index = indexes().get(0);
        return new StoredObject(
                index.vault(),
                index.bucket(),
                place(entry.label() + "/" + Manifest.NAME),
                Math.max(1, entry.bytes()),
                "",
                Optional.empty(),
                index.lastModified());
    }

    /** The backups of which anything is there. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        String folder = BACKUPS + stanza + "/";
        objects.tailMap(folder).keySet().stream()
                .takeWhile(place -> place.startsWith(folder))
                .map(place -> place.substring(folder.length()).split("/", 2)[0])
                .filter(BackupInfo::isLabel)
                .forEach(labels::add);
        return labels;
    }

    /** Whether a segment of the log is archived in this folder. */
    boolean hasSegment(String folder, String segment) {
        String beginning = ARCHIVES + stanza + "/" + folder + "/" + segment.substring(0, 16) + "/" + segment + "-";
        return below(beginning).findAny().isPresent();
    }

    /** What every restore needs besides the backup. */
    List<StoredObject> indexes() {
        String backups = BACKUPS + stanza + "/" + BackupInfo.NAME;
        String archives = ARCHIVES + stanza + "/" + ArchiveInfo.NAME;
        return Stream.of(backups, backups + COPY, archives, archives + COPY)
                .flatMap(place -> Optional.ofNullable(objects.get(place)).stream())
                .toList();
    }

    BackupInfo backupInfo() throws BadInfo, Unreadable, InterruptedException {
        demandStanza();
        return index(BACKUPS + stanza + "/" + BackupInfo.NAME, BackupInfo::read);
    }

    ArchiveInfo archiveInfo() throws BadInfo, Unreadable, InterruptedException {
        return index(ARCHIVES + stanza + "/" + ArchiveInfo.NAME, ArchiveInfo::read);
    }

    Manifest manifest(String label, BackupInfo info) throws BadInfo, Unreadable, InterruptedException {
        return eitherOf(BACKUPS + stanza + "/" + label + "/" + Manifest.NAME, Manifest::read, info.passphrase());
    }

    private <T> T index(String place, Reader<T> reader) throws BadInfo, Unreadable, InterruptedException {
        try {
            return eitherOf(place, reader, source.key().map(opened::secret));
        } catch (BadPassphrase e) {
            throw wrongKey(e.kind());
        }
    }

    /** The second writing counts where the first one is damaged, as it does for pgBackRest. */
    private <T> T eitherOf(String place, Reader<T> reader, Optional<Secret> passphrase)
            throws BadInfo, Unreadable, InterruptedException {
        Optional<BadInfo> fault = Optional.empty();
        for (String writing : List.of(place, place + COPY)) {
            StoredObject object = objects.get(writing);
            if (object != null) {
                try {
                    return reader.read(content(object, passphrase));
                } catch (BadInfo e) {
                    fault = fault.or(() -> Optional.of(e));
                }
            }
        }
        throw fault.orElseGet(() -> new BadInfo("is missing"));
    }

    private byte[] content(StoredObject object, Optional<Secret> passphrase)
            throws BadInfo, Unreadable, InterruptedException {
        if (object.size() > LARGEST) {
            throw new BadInfo("has " + object.size() + " bytes, too many to be what its name says");
        }
        byte[] content = opened.probe(object).read(0, Math.toIntExact(object.size()));
        boolean encrypted = RepositoryCipher.encrypted(content);
        if (!encrypted && passphrase.isEmpty()) {
            return content;
        }
        if (!encrypted) {
            throw new BadPassphrase(BadPassphrase.Kind.NEEDLESS);
        }
        RepositoryCipher cipher =
                new RepositoryCipher(passphrase.orElseThrow(() -> new BadPassphrase(BadPassphrase.Kind.MISSING)));
        if (!InfoFile.begins(cipher.beginning(content))) {
            throw new BadPassphrase(BadPassphrase.Kind.WRONG);
        }
        try {
            return cipher.open(new ByteArrayInputStream(content)).readAllBytes();
        } catch (IOException e) {
            throw new BadInfo("is damaged: it cannot be decrypted to its end", e);
        }
    }

    private void demandStanza() {
        Set<String> stanzas = new TreeSet<>();
        objects.keySet().stream()
                .filter(place -> place.startsWith(BACKUPS) || place.startsWith(ARCHIVES))
                .map(place -> place.split("/", -1))
                .filter(words -> words.length > 2)
                .forEach(words -> stanzas.add(words[1]));
        if (!stanzas.contains(stanza)) {
            throw cannot(
                    "The repository has no stanza " + stanza,
                    "stanza",
                    stanzas.isEmpty()
                            ? "Nothing below the prefix `" + source.prefix()
                                    + "` is laid out as pgBackRest does: write the value of"
                                    + " its repo1-path, without the first slash, as `prefix`."
                            : "It has " + String.join(", ", stanzas) + ": name one of these.");
        }
    }

    /** It says nothing about the backups. */
    private CouldNotRun wrongKey(BadPassphrase.Kind kind) {
        return switch (kind) {
            case MISSING ->
                cannot(
                        "The repository is encrypted, and the runbook names no key for it",
                        "key",
                        "Add `key: \"${secret:NAME}\"` there, and put the value of repo1-cipher-pass into the secret of"
                                + " that name.");
            case WRONG ->
                cannot(
                        "The key does not open the repository",
                        "key",
                        "Put the value of repo1-cipher-pass, as the server's pgbackrest.conf has it, into the secret that "
                                + source.key().orElse("") + " refers to.");
            case NEEDLESS ->
                cannot(
                        "The runbook names a key, and the repository is not encrypted",
                        "key",
                        "Remove `key` there, or set repo1-cipher-type for a new repository if it should be encrypted.");
        };
    }

    private CouldNotRun cannot(String what, String setting, String remedy) {
        return new CouldNotRun(new Problem(what, "backups." + source.asset().label() + "." + setting, remedy));
    }

    private Stream<StoredObject> below(String beginning) {
        return objects.tailMap(beginning).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(beginning))
                .map(Map.Entry::getValue);
    }

    /** Reads a file that has been decrypted. */
    private interface Reader<T> {
        T read(byte[] content) throws BadInfo;
    }
}
