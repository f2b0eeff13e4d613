package dev.muster.backup.format;

import dev.muster.drill.BackupFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Says in words what bytes look like that are not what they were declared to be. */
public final class Looks {
    private static final int SHOWN = 8;

    private Looks() {}

    /** The sentence for content, already decompressed, that is not in the declared format. */
    static String notWhatWasDeclared(byte[] content, BackupFormat declared) {
        if (Bytes.startsWith(content, "PGDMP")) {
            return declareInstead("a custom archive of pg_dump", BackupFormat.PG_DUMP.label());
        }
        if (startsZip(content)) {
            return Bytes.latin(content).contains("dump.sql")
                    ? declareInstead("a ZIP of Odoo's database manager", BackupFormat.ODOO_ZIP.label())
                    : wrong("a ZIP", declared);
        }
        if (Tars.looksLikeTar(content)) {
            return declared == BackupFormat.TAR
                    ? wrong("a tar", declared)
                    : declareInstead("a tar of files", BackupFormat.TAR.label());
        }
        String text = Bytes.latin(content).stripLeading();
        if (text.contains("-- PostgreSQL database dump")) {
            return declareInstead("plain SQL of pg_dump", BackupFormat.PG_DUMP.label());
        }
        return wrong(other(content, text), declared);
    }

    /** The sentence for a compressed stream out of whose beginning nothing came. */
    static String nothingInside(Probe probe, byte[] head) {
        return head.length == probe.size()
                ? "It holds nothing but the frame of a compressed stream: what made the backup failed, what compressed"
                        + " it did not"
                : "It is broken: its beginning cannot be decompressed";
    }

    static String declareInstead(String looks, String format) {
        return "It is not in the declared format but looks like " + looks + ": declare `format: " + format + "`";
    }

    /** Whether a file begins as backups do: a dump, a tar, a ZIP, or something compressed. */
    public static boolean likeBackup(Path file) throws IOException {
        byte[] head;
        try (InputStream input = Files.newInputStream(file)) {
            head = input.readNBytes(Probe.HEAD);
        }
        return startsZip(head)
                || Tars.looksLikeTar(head)
                || Compression.of(head) != Compression.NONE
                || DumpHeader.read(head).isPresent();
    }

    static boolean startsZip(byte[] content) {
        return Bytes.startsWith(content, 'P', 'K', 3, 4);
    }

    private static String wrong(String looks, BackupFormat declared) {
        return "It looks like " + looks + ", not like the declared format " + declared.label();
    }

    private static String other(byte[] content, String text) {
        String start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "an HTML page";
        }
        if (start.startsWith("<?xml") || start.startsWith("<error")) {
            return start.contains("<error") ? "the XML of an S3 error" : "XML";
        }
        if (start.contains("-- postgresql database cluster dump")) {
            return "a dump of a whole cluster by pg_dumpall";
        }
        if (start.startsWith("-- mysql dump") || start.startsWith("-- mariadb dump")) {
            return "a dump of MySQL";
        }
        if (start.contains("pg_dump: error") || start.contains("pg_dump: fatal")) {
            return "an error message of pg_dump";
        }
        if (Bytes.startsWith(content, 0xfd, '7', 'z', 'X', 'Z')) {
            return "data compressed with xz";
        }
        if (Bytes.startsWith(content, 'B', 'Z', 'h')) {
            return "data compressed with bzip2";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON";
        }
        byte[] first = Arrays.copyOf(content, Math.min(SHOWN, content.length));
        return start.chars().allMatch(letter -> (letter >= ' ' && letter < 127) || Character.isWhitespace(letter))
                ? "text of another kind"
                : "unknown data that begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(first);
    }
}
