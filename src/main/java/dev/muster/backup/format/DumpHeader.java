package dev.muster.backup.format;

import dev.muster.drill.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What the first bytes of a {@code pg_dump} tell, whichever of its forms they are in.
 *
 * @param compression what lies around the dump as a whole; a custom archive compresses inside as well
 * @param archive the header that archives have; a directory may keep it too far behind to be seen
 * @param started the line of plain SQL that says when the dump started, which only {@code pg_dump -v} writes
 */
public record DumpHeader(
        Kind kind,
        Compression compression,
        Optional<ArchiveHeader> archive,
        Optional<StartedLine> started,
        OptionalInt serverMajor,
        OptionalInt dumperMajor) {
    private static final int HEAD = 256 * 1024;
    private static final Pattern PLAIN = Pattern.compile("\\A(?:--\\s*\\R)?-- PostgreSQL database dump\\s*\\R");
    private static final Pattern SERVER = Pattern.compile("^-- Dumped from database version (.+)$", Pattern.MULTILINE);
    private static final Pattern DUMPER = Pattern.compile("^-- Dumped by pg_dump version (.+)$", Pattern.MULTILINE);
    private static final Pattern STARTED = Pattern.compile(
            "^-- Started on (\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})(?: (\\S+))?\\s*$", Pattern.MULTILINE);
    private static final DateTimeFormatter STARTED_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern PART_OF_DIRECTORY =
            Pattern.compile("(?:.*/)?(?:toc\\.dat|\\d+\\.dat(?:\\.gz|\\.lz4|\\.zst)?|blobs(?:_\\d+)?\\.toc)");

    /** The forms in which {@code pg_dump} writes. */
    public enum Kind {
        /** One file that {@code pg_restore} reads. */
        CUSTOM,
        /** A directory, or a tar of one, that {@code pg_restore} reads. */
        DIRECTORY,
        /** A script for {@code psql}. */
        PLAIN
    }

    /**
     * The line that says when a dump started.
     *
     * @param zone the abbreviation behind the time, which names a zone to people but not to machines
     */
    public record StartedLine(LocalDateTime at, Optional<String> zone) {}

    /** Reads the header of a dump from its first bytes; absent when they are no dump. */
    public static Optional<DumpHeader> read(byte[] head) {
        Compression compression = Compression.of(head);
        byte[] content = compression.beginning(head);
        Optional<ArchiveHeader> archive = ArchiveHeader.read(content);
        if (archive.isPresent()) {
            return Optional.of(ofArchive(Kind.CUSTOM, compression, archive));
        }
        String text = Bytes.latin(content);
        if (PLAIN.matcher(text).find()) {
            return Optional.of(ofScript(compression, text));
        }
        return ofTar(compression, content);
    }

    /** Reads the header of the dump in a file; absent when it holds none. */
    public static Optional<DumpHeader> read(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return read(input.readNBytes(HEAD));
        }
    }

    /** When the dump started, if it says so, on a clock of the given zone. */
    public Reading started(ZoneId zone) {
        if (archive.isPresent()) {
            return WallClock.ofArchive(archive.get().created(), archive.get().summerTime(), zone);
        }
        return started.map(line -> WallClock.ofScript(line.at(), line.zone(), zone))
                .orElseGet(() -> Reading.none(
                        kind == Kind.PLAIN
                                ? "plain SQL says when it was started only if pg_dump was given -v"
                                : "toc.dat, which says when the dump was started, is not at the beginning of the tar"));
    }

    private static DumpHeader ofArchive(Kind kind, Compression compression, Optional<ArchiveHeader> archive) {
        return new DumpHeader(
                kind,
                compression,
                archive,
                Optional.empty(),
                archive.map(header -> OptionalInt.of(header.serverMajor())).orElse(OptionalInt.empty()),
                archive.map(header -> OptionalInt.of(header.dumperMajor())).orElse(OptionalInt.empty()));
    }

    private static DumpHeader ofScript(Compression compression, String text) {
        Matcher line = STARTED.matcher(text);
        Optional<StartedLine> started = line.find()
                ? Optional.of(new StartedLine(
                        LocalDateTime.parse(line.group(1), STARTED_TIME), Optional.ofNullable(line.group(2))))
                : Optional.empty();
        return new DumpHeader(
                Kind.PLAIN, compression, Optional.empty(), started, major(SERVER, text), major(DUMPER, text));
    }

    private static OptionalInt major(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? OptionalInt.of(Versions.major(matcher.group(1))) : OptionalInt.empty();
    }

    private static Optional<DumpHeader> ofTar(Compression compression, byte[] content) {
        boolean directory = false;
        Optional<ArchiveHeader> archive = Optional.empty();
        if (!Tars.looksLikeTar(content)) {
            return Optional.empty();
        }
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(content))) {
            TarArchiveEntry entry;
            while (archive.isEmpty() && (entry = tar.getNextEntry()) != null) {
                directory |= PART_OF_DIRECTORY.matcher(entry.getName()).matches();
                if (entry.getName().matches("(?:.*/)?toc\\.dat")) {
                    archive = ArchiveHeader.read(tar.readNBytes(HEAD));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // The bytes end within the tar; what was seen before decides.
            directory |= archive.isPresent();
        }
        return directory ? Optional.of(ofArchive(Kind.DIRECTORY, compression, archive)) : Optional.empty();
    }
}
