package dev.muster.backup.pgbackrest;

import dev.muster.backup.pgbackrest.Manifest.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Gathers what the keys of a manifest say. */
final class ManifestContent implements InfoFile.Listener {
    private static final Pattern TABLESPACE = Pattern.compile("pg_tblspc/(\\d{1,10})");
    private static final Map<String, String> ENDINGS =
            Map.of("none", "", "gz", ".gz", "lz4", ".lz4", "zst", ".zst", "bz2", ".bz2");

    private final Set<String> references = new TreeSet<>();
    private final List<Stretch> files = new ArrayList<>();
    private final Set<String> tablespaces = new TreeSet<>();
    private final List<String> damaged = new ArrayList<>();
    private String label = "";
    private String version = "";
    private String ending = ".gz";
    private boolean bundled;
    private long bytes;

    @Override
    public void hear(String section, String key, JsonNode value) throws BadInfo {
        switch (section) {
            case "backup" -> backup(key, value);
            case "backup:db" -> version = key.equals("db-version") ? value.asString("") : version;
            case "backup:option" -> option(key, value);
            case "backup:target" -> target(key);
            case "target:file" -> file(key, value);
            case "target:link", "target:path" -> demandInside(key);
            default -> {}
        }
    }

    Manifest whole() {
        return new Manifest(label, version, references, files, bytes, tablespaces, damaged);
    }

    private void backup(String key, JsonNode value) throws BadInfo {
        switch (key) {
            case "backup-label" -> {
                label = label(value.asString(""));
                references.add(label);
            }
            case "backup-bundle" -> bundled = value.asBoolean(false);
            case "backup-reference" -> {
                for (String reference : value.asString("").split(",", -1)) {
                    references.add(label(reference));
                }
            }
            default -> {}
        }
    }

    private void option(String key, JsonNode value) throws BadInfo {
        if (key.equals("option-compress-type")) {
            String found = ENDINGS.get(value.asString(""));
            if (found == null) {
                throw new BadInfo("names a compression that nobody knows: " + value.asString(""));
            }
            ending = found;
        } else if (key.equals("option-compress") && !value.asBoolean(true)) {
            ending = "";
        }
    }

    private void target(String key) throws BadInfo {
        demandInside(key);
        Matcher tablespace = TABLESPACE.matcher(key);
        if (tablespace.matches()) {
            tablespaces.add(tablespace.group(1));
        }
    }

    private void file(String file, JsonNode value) throws BadInfo {
        demandInside(file);
        if (!value.path("checksum-page").asBoolean(true)) {
            damaged.add(file);
        }
        boolean inBundle = value.has("bni");
        long size = value.path("size").asLong(0);
        bytes += size;
        if (bundled && size == 0 && !inBundle) {
            // In a bundle nothing is stored of an empty file.
            return;
        }
        String holder = value.has("reference") ? label(value.path("reference").asString("")) : label;
        boolean blocks = value.has("bi");
        files.add(new Stretch(
                file,
                holder + "/"
                        + (inBundle ? "bundle/" + value.path("bni").asLong(0) : file + (blocks ? ".pgbi" : ending)),
                value.path("bno").asLong(0),
                value.path("repo-size").asLong(size),
                value.path("rck").asString(""),
                blocks));
    }

    private static String label(String name) throws BadInfo {
        if (!BackupInfo.isLabel(name)) {
            throw new BadInfo("names a backup that is none: " + name);
        }
        return name;
    }

    /** The program that restores would follow such a name. */
    private static void demandInside(String name) throws BadInfo {
        if (name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
            throw new BadInfo("names a file outside the server's folder: " + name);
        }
    }
}
