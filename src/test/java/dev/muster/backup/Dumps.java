package dev.muster.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes the beginnings of backups, laid out byte by byte as the programs that write them do. */
public final class Dumps {
    private Dumps() {}

    public static byte[] custom(LocalDateTime started) {
        return archive(14, 1, started, false, "15.18 (Debian 15.18-0+deb12u1)", "15.18 (Debian 15.18-0+deb12u1)");
    }

    /** The header of an archive, followed by some bytes as of a table of contents. */
    public static byte[] archive(
            int minor, int format, LocalDateTime started, boolean summerTime, String server, String dumper) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {1, (byte) minor, 0, 4, 8, (byte) format});
        if (minor >= 15) {
            bytes.write(1);
        } else {
            integer(bytes, -1);
        }
        integer(bytes, started.getSecond());
        integer(bytes, started.getMinute());
        integer(bytes, started.getHour());
        integer(bytes, started.getDayOfMonth());
        integer(bytes, started.getMonthValue() - 1);
        integer(bytes, started.getYear() - 1900);
        integer(bytes, summerTime ? 1 : 0);
        string(bytes, "acme");
        string(bytes, server);
        string(bytes, dumper);
        bytes.writeBytes(new byte[200]);
        return bytes.toByteArray();
    }

    public static String plain(String started) {
        return """
                --
                -- PostgreSQL database dump
                --

                \\restrict abc

                -- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
                -- Dumped by pg_dump version 18.6 (Debian 18.6-3)

                %s
                SET statement_timeout = 0;
                --
                -- PostgreSQL database dump complete
                --

                \\unrestrict abc

                """.formatted(started.isEmpty() ? "" : "-- Started on " + started + "\n");
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] filestore() {
        return tar(Map.of("acme/ab/abcdef", bytes("an attachment")));
    }

    /** What Odoo's database manager writes; times are those of a wall clock. */
    public static byte[] odooZip(LocalDateTime dump, LocalDateTime manifest) {
        Map<String, LocalDateTime> entries = new LinkedHashMap<>();
        entries.put("dump.sql", dump);
        entries.put("manifest.json", manifest);
        entries.put("filestore/ab/abcdef", manifest.minusMinutes(1));
        return zip(entries);
    }

    public static byte[] zip(Map<String, LocalDateTime> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, LocalDateTime> one : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(one.getKey());
                entry.setTimeLocal(one.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes("content of " + one.getKey()));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static LocalDateTime local(String instant) {
        return LocalDateTime.ofInstant(Instant.parse(instant), ZoneOffset.UTC);
    }

    private static void integer(ByteArrayOutputStream bytes, int value) {
        bytes.write(value < 0 ? 1 : 0);
        int size = Math.abs(value);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.write(size >> shift & 0xff);
        }
    }

    private static void string(ByteArrayOutputStream bytes, String text) {
        byte[] encoded = bytes(text);
        integer(bytes, encoded.length);
        bytes.writeBytes(encoded);
    }
}
