package dev.muster.check.configuration;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which digests the configuration pins a container image to. Any text counts, whatever its language: {@code
 * NAME:TAG@sha256:...} in one piece, or a line {@code digest: sha256:...} after one that names the image.
 */
final class Images {
    private static final String DIGEST = "sha256:[0-9a-f]{64}";
    private static final Pattern NAMED = Pattern.compile(
            "[\"']?(?:repository|image|newName|name)[\"']?\\s*:\\s*" + "[\"']?([A-Za-z0-9][A-Za-z0-9._:/-]*)[\"']?,?");
    private static final Pattern APART = Pattern.compile("[\"']?digest[\"']?\\s*:\\s*[\"']?(" + DIGEST + ")[\"']?,?");
    /** A chart has the tag and the pull policy between the two. */
    private static final int LINES_BETWEEN = 5;

    private final Pattern inOnePiece;
    private final Pattern mentioned;
    private final String name;
    private final Set<String> digests = new TreeSet<>();
    private final Set<String> unpinned = new TreeSet<>();

    private Images(String name) {
        String quoted = "(?<![A-Za-z0-9._/-])" + Pattern.quote(name) + "(?::[A-Za-z0-9_][A-Za-z0-9._-]*)?";
        this.name = name;
        this.inOnePiece = Pattern.compile(quoted + "@(" + DIGEST + ")");
        this.mentioned = Pattern.compile("image[\"']?\\s*[:=]\\s*[\"']?" + quoted + "[\"']?,?\\s*");
    }

    static Images find(String name, ConfigurationFolder folder) throws IOException {
        Images images = new Images(name);
        for (String path : folder.files().keySet()) {
            Optional<String> text = folder.text(path);
            text.ifPresent(content -> images.look(path, content));
        }
        return images;
    }

    /** The digests that the image is pinned to, in all files together. */
    Set<String> digests() {
        return digests;
    }

    /** The files that name the image without a digest. */
    Set<String> unpinned() {
        return unpinned;
    }

    private void look(String path, String text) {
        int since = LINES_BETWEEN + 1;
        for (String line : text.lines().map(Images::bare).toList()) {
            Matcher whole = inOnePiece.matcher(line);
            while (whole.find()) {
                digests.add(whole.group(1));
            }
            if (mentioned.matcher(line).matches()) {
                unpinned.add(path);
            }
            Matcher named = NAMED.matcher(line);
            Matcher apart = APART.matcher(line);
            if (named.matches()) {
                since = named.group(1).equals(name) ? 0 : LINES_BETWEEN + 1;
            } else if (apart.matches() && since <= LINES_BETWEEN) {
                digests.add(apart.group(1));
            } else {
                since++;
            }
        }
    }

    /** What is commented out pins nothing; a list's hyphen says nothing about its item. */
    private static String bare(String line) {
        String stripped = line.strip();
        return stripped.startsWith("#")
                ? ""
                : stripped.replaceFirst("^-\\s+", "").strip();
    }
}
