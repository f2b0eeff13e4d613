package dev.muster.evidence.archive;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bundle as it was found, by whomever it was sent. */
public final class BundleFile {
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int MOST_FILES = 200;
    private static final String ASK_AGAIN = "Ask whoever gave you the bundle for the original.";

    private final byte[] bytes;
    private final List<ArchivedFile> listed;
    private final Map<String, byte[]> files;
    private final List<Problem> problems;

    private BundleFile(byte[] bytes, List<ArchivedFile> listed, Map<String, byte[]> files, List<Problem> problems) {
        this.bytes = bytes;
        this.listed = listed;
        this.files = files;
        this.problems = problems;
    }

    /** What it holds, by name. */
    public Map<String, byte[]> files() {
        return files;
    }

    /** What keeps it from being read as a whole. */
    public List<Problem> problems() {
        return problems;
    }

    /** Where the archive first differs from these bytes; negative when it does not. */
    public int mismatch(byte[] expected) {
        return Arrays.mismatch(expected, bytes);
    }

    /** The file to which the byte at a position belongs; empty where it belongs to the archive as a whole. */
    public Optional<String> fileAt(int position) {
        return listed.stream()
                .filter(file -> file.listed() <= position && position < file.listedUntil())
                .findFirst()
                .or(() -> listed.stream()
                        .filter(file -> file.header() <= position
                                && position < listed.get(0).listed())
                        .reduce((one, other) -> other.header() > one.header() ? other : one))
                .map(ArchivedFile::name);
    }

    public static BundleFile read(Path bundle) {
        byte[] bytes;
        try {
            if (Files.size(bundle) > MOST_BYTES) {
                return unreadable(bundle, "The bundle is larger than " + MOST_BYTES + " bytes");
            }
            bytes = Files.readAllBytes(bundle);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The bundle cannot be read (" + failed + ")",
                            bundle.toString(),
                            "Name a file that is there and that you may read; `muster drills` lists what was drilled."),
                    failed);
        }
        try {
            return read(bundle, bytes, ArchiveDirectory.of(bytes));
        } catch (ArchiveDamaged damaged) {
            return unreadable(bundle, "The bundle is not a ZIP archive as Muster makes them: " + damaged.getMessage());
        }
    }

    private static BundleFile read(Path bundle, byte[] bytes, List<ArchivedFile> listed) {
        if (listed.size() > MOST_FILES) {
            return unreadable(bundle, "The bundle has more than " + MOST_FILES + " files");
        }
        if (listed.isEmpty()) {
            return unreadable(bundle, "The bundle holds no file");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        int left = MOST_BYTES;
        for (ArchivedFile file : listed) {
            String where = bundle + "!" + ArchivedFile.shown(file.name());
            Optional<String> danger = file.danger();
            if (danger.isPresent()) {
                problems.add(new Problem(danger.get(), where, ASK_AGAIN));
                continue;
            }
            try {
                byte[] content = file.content(left);
                left -= content.length;
                if (files.putIfAbsent(file.name(), content) != null) {
                    problems.add(new Problem("The bundle has two files of this name", where, ASK_AGAIN));
                }
            } catch (ArchiveDamaged damaged) {
                problems.add(new Problem("The file cannot be read: " + damaged.getMessage(), where, ASK_AGAIN));
            }
        }
        return new BundleFile(bytes, listed, files, problems);
    }

    private static BundleFile unreadable(Path bundle, String what) {
        return new BundleFile(
                new byte[0], List.of(), Map.of(), List.of(new Problem(what, bundle.toString(), ASK_AGAIN)));
    }
}
