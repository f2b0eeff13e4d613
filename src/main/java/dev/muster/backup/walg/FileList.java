package dev.muster.backup.walg;

import dev.muster.backup.format.BadManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * WAL-G's list of a backup's files: which changed since the backup before, and in which tars they are. It may be large,
 * so it is never held as a whole.
 *
 * @param files every file and folder of the server, by its path
 * @param tars the names of the tars
 */
public record FileList(Map<String, Kept> files, Set<String> tars) {
    /** The name of its object. */
    public static final String NAME = "files_metadata.json";

    /** No list: then everything that is in the tars counts. */
    public static final FileList NONE = new FileList(Map.of(), Set.of());

    public FileList {
        files = Map.copyOf(files);
        tars = Set.copyOf(tars);
    }

    /**
     * How a file was kept.
     *
     * @param changesOnly whether its tar holds only the pages that changed
     * @param elsewhere whether it did not change, so that only an earlier backup holds it
     * @param corruptPages how many of its pages were corrupt already when it was backed up
     */
    public record Kept(boolean changesOnly, boolean elsewhere, int corruptPages) {
        /** Whether an earlier backup is needed for it. */
        public boolean needsEarlier() {
            return changesOnly || elsewhere;
        }
    }

    public static FileList read(InputStream content) throws BadManifest, IOException {
        Map<String, Kept> files = new HashMap<>();
        Set<String> tars = new TreeSet<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadManifest("Its list of files is none of WAL-G");
            }
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                parser.nextToken();
                if (key.equals("Files") && parser.currentToken() == JsonToken.START_OBJECT) {
                    for (String path = parser.nextName(); path != null; path = parser.nextName()) {
                        parser.nextToken();
                        files.put(relative(path), kept(parser));
                    }
                } else if (key.equals("TarFileSets") && parser.currentToken() == JsonToken.START_OBJECT) {
                    for (String tar = parser.nextName(); tar != null; tar = parser.nextName()) {
                        parser.nextToken();
                        parser.skipChildren();
                        tars.add(tar);
                    }
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new BadManifest("Its list of files is cut off");
            }
        } catch (JacksonException e) {
            throw new BadManifest("Its list of files is cut off or no JSON at all", e);
        }
        return new FileList(files, tars);
    }

    /** The path below the server's folder: WAL-G writes it as if that folder were the root. */
    public static String relative(String path) {
        return path.replaceFirst("^/+", "").replaceFirst("/+$", "");
    }

    private static Kept kept(JsonParser parser) {
        boolean changesOnly = false;
        boolean elsewhere = false;
        int corrupt = 0;
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (key) {
                case "IsIncremented" -> changesOnly = value == JsonToken.VALUE_TRUE;
                case "IsSkipped" -> elsewhere = value == JsonToken.VALUE_TRUE;
                case "CorruptBlocks" -> corrupt = corrupt(parser);
                default -> parser.skipChildren();
            }
        }
        return new Kept(changesOnly, elsewhere, corrupt);
    }

    private static int corrupt(JsonParser parser) {
        int count = 0;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return count;
        }
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (key.equals("CorruptBlocksCount") && value == JsonToken.VALUE_NUMBER_INT) {
                count = parser.getIntValue();
            } else {
                parser.skipChildren();
            }
        }
        return count;
    }
}
