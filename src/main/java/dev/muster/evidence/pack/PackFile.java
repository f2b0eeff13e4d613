package dev.muster.evidence.pack;

import dev.muster.drill.Problem;
import dev.muster.evidence.archive.Measured;
import dev.muster.evidence.archive.StoredZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A pack as it was found, by whomever it was sent; its bundles are read one after the other. */
final class PackFile implements AutoCloseable {
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;
    private static final String ASK_AGAIN = "Ask whoever gave you the pack for the original.";

    private final Path pack;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private PackFile(Path pack, ZipFile zip) {
        this.pack = pack;
        this.zip = zip;
    }

    static PackFile open(Path pack) throws IOException {
        PackFile file = new PackFile(pack, new ZipFile(pack.toFile()));
        file.zip.stream().limit(StoredZip.MOST_FILES).forEach(file::list);
        if (Files.size(pack) > StoredZip.MOST_BYTES || file.zip.size() > StoredZip.MOST_FILES) {
            file.problem("The pack is larger than any that Muster writes", pack.toString());
        }
        return file;
    }

    private void list(ZipEntry entry) {
        String name = entry.getName();
        if (entries.putIfAbsent(name, entry) != null) {
            problem("The pack has two files of this name", place(name));
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            problem("The file is compressed, which Muster never does in a pack", place(name));
        }
    }

    private void problem(String what, String where) {
        problems.add(new Problem(what, where, ASK_AGAIN));
    }

    /** What keeps it from being read as a whole. */
    List<Problem> problems() {
        return problems;
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** A file that is not as large as a bundle may be; empty when there is none. */
    byte[] small(String name) throws IOException {
        Optional<ZipEntry> entry = Optional.ofNullable(entries.get(name));
        if (entry.isEmpty()) {
            return new byte[0];
        }
        try (InputStream content = zip.getInputStream(entry.get())) {
            byte[] bytes = content.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new IOException(name + " is larger than " + LARGEST_TEXT + " bytes");
            }
            return bytes;
        }
    }

    Measured measure(String name) throws IOException {
        try (InputStream content = content(name)) {
            return Measured.whileCopied(content, OutputStream.nullOutputStream());
        }
    }

    private InputStream content(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        return zip.getInputStream(entry);
    }

    /** Puts one file into a place of the reader's own choice; its name is never trusted. */
    void copy(String name, Path target) throws IOException {
        try (InputStream content = content(name);
                OutputStream output = Files.newOutputStream(target)) {
            content.transferTo(output);
        }
    }

    /** Whether the archive comes out the same to the byte when these files are packed again in this order. */
    boolean isExactly(Map<String, Measured> files) throws IOException {
        try (Comparing same = new Comparing(Files.newInputStream(pack))) {
            StoredZip again = new StoredZip(same);
            for (Map.Entry<String, Measured> file : files.entrySet()) {
                try (InputStream content = content(file.getKey())) {
                    again.add(file.getKey(), file.getValue(), content);
                }
            }
            again.finish();
            return same.toTheEnd();
        } catch (Comparing.Differs differs) {
            return false;
        }
    }

    String place(String name) {
        return pack + "!" + name;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Takes what is written only if it is what stands there. */
    private static final class Comparing extends OutputStream {
        private final InputStream expected;

        Comparing(InputStream expected) {
            this.expected = expected;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            byte[] there = expected.readNBytes(length);
            if (!Arrays.equals(there, 0, there.length, bytes, from, from + length)) {
                throw new Differs();
            }
        }

        boolean toTheEnd() throws IOException {
            return expected.read() < 0;
        }

        @Override
        public void close() throws IOException {
            expected.close();
        }

        /** Ends the comparison. */
        private static final class Differs extends IOException {
            private static final long serialVersionUID = 1;
        }
    }
}
