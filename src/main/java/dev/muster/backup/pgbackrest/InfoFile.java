package dev.muster.backup.pgbackrest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads the files in which pgBackRest keeps what it knows: sections of keys with JSON values, and a digest of them all. */
final class InfoFile {
    private static final String BEGINNING = "[backrest]";

    private static final String CHECKSUM = "backrest-checksum";
    private static final int FORMAT = 5;

    private final Listener listener;
    private final MessageDigest digest = sha1();
    private String section = "";
    private String digested = "";
    private String declared = "";
    private boolean firstKey;

    private InfoFile(Listener listener) {
        this.listener = listener;
    }

    /** Is told of every key. */
    interface Listener {
        void hear(String section, String key, JsonNode value) throws BadInfo;
    }

    /** Whether what begins with these bytes can be one. */
    static boolean begins(byte[] head) {
        return new String(head, 0, Math.min(head.length, BEGINNING.length()), StandardCharsets.US_ASCII)
                .equals(BEGINNING);
    }

    /** Reads a whole file and demands that it is unaltered; what the listener heard counts only then. */
    static void read(byte[] content, Listener listener) throws BadInfo {
        if (!begins(content)) {
            throw new BadInfo("is no file of pgBackRest");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        InfoFile file = new InfoFile(listener);
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            file.line(lines.next());
        }
        file.demandUnaltered();
    }

    private void line(String line) throws BadInfo {
        if (line.isEmpty()) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            section = line.substring(1, line.length() - 1);
            return;
        }
        // A file's name may hold the sign that ends a key.
        for (int sign = line.indexOf('='); sign > 0; sign = line.indexOf('=', sign + 1)) {
            JsonNode value = json(line.substring(sign + 1));
            if (!value.isMissingNode()) {
                key(line.substring(0, sign), line.substring(sign + 1), value);
                return;
            }
        }
        throw new BadInfo("is damaged in its section " + section);
    }

    private void key(String key, String written, JsonNode value) throws BadInfo {
        if (section.equals("backrest") && key.equals(CHECKSUM)) {
            declared = value.asString("");
            return;
        }
        if (section.equals("backrest") && key.equals("backrest-format") && value.asInt(0) != FORMAT) {
            throw new BadInfo("is of the format " + value.asInt(0) + ", and Muster knows " + FORMAT);
        }
        digest(key, written);
        listener.hear(section, key, value);
    }

    /** What is digested is the same content written as one JSON document. */
    private void digest(String key, String written) {
        if (!section.equals(digested)) {
            update((digested.isEmpty() ? "{" : "},") + "\"" + section + "\":{");
            digested = section;
            firstKey = true;
        }
        update((firstKey ? "" : ",") + "\"" + key + "\":" + written);
        firstKey = false;
    }

    private void update(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private void demandUnaltered() throws BadInfo {
        update("}}");
        if (declared.isEmpty()) {
            throw new BadInfo("is cut off: the checksum that ends it is missing");
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(declared)) {
            throw new BadInfo("was altered: its own checksum differs");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
