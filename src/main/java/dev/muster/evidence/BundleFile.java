package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle as it was found, by whomever it was sent. */
final class BundleFile {
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int MOST_FILES = 200;
    private static final String ASK_AGAIN = "Ask whoever gave you the bundle for the original.";

    private final byte[] bytes;
    private final Map<String, byte[]> files;
    private final List<Problem> problems;

    private BundleFile(byte[] bytes, Map<String, byte[]> files, List<Problem> problems) {
        this.bytes = bytes;
        this.files = files;
        this.problems = problems;
    }

    /** What it holds, by name. */
    Map<String, byte[]> files() {
        return files;
    }

    /** What keeps it from being read as a whole. */
    List<Problem> problems() {
        return problems;
    }

    /** Where the archive first differs from these bytes; negative when it does not. */
    int mismatch(byte[] expected) {
        return Arrays.mismatch(expected, bytes);
    }

    static BundleFile read(Path bundle) {
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
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return read(bundle, bytes, zip);
        } catch (IOException | IllegalArgumentException damaged) {
            return unreadable(
                    bundle, "The bundle is not a ZIP archive that can be read (" + damaged.getMessage() + ")");
        }
    }

    private static BundleFile read(Path bundle, byte[] bytes, ZipFile zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        int left = MOST_BYTES;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        for (int count = 0; entries.hasMoreElements(); count++) {
            ZipEntry entry = entries.nextElement();
            if (count == MOST_FILES) {
                problems.add(
                        new Problem("The bundle has more than " + MOST_FILES + " files", bundle.toString(), ASK_AGAIN));
                break;
            }
            byte[] content;
            try (InputStream input = zip.getInputStream(entry)) {
                content = input.readNBytes(left);
                if (input.read() >= 0) {
                    problems.add(new Problem(
                            "Unpacked, the bundle is larger than " + MOST_BYTES + " bytes",
                            bundle + "!" + entry.getName(),
                            ASK_AGAIN));
                    break;
                }
            } catch (IOException damaged) {
                problems.add(new Problem(
                        "The file cannot be unpacked (" + damaged.getMessage() + ")",
                        bundle + "!" + entry.getName(),
                        ASK_AGAIN));
                continue;
            }
            left -= content.length;
            if (files.putIfAbsent(entry.getName(), content) != null) {
                problems.add(new Problem(
                        "The bundle has two files of this name", bundle + "!" + entry.getName(), ASK_AGAIN));
            }
        }
        return new BundleFile(bytes, files, problems);
    }

    private static BundleFile unreadable(Path bundle, String what) {
        return new BundleFile(new byte[0], Map.of(), List.of(new Problem(what, bundle.toString(), ASK_AGAIN)));
    }
}
