package dev.muster.backup.digest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file that holds digests, as {@code sha256sum} and its like write and read it. */
public final class DigestFile {
    /** A key in S3 has at most 1024 bytes; a path that was written down may be longer, but not without end. */
    private static final int LONGEST_LINE = 8 * 1024;

    private static final Pattern PLAIN = Pattern.compile("([0-9a-fA-F]++)(?:[ \\t]++\\*?(.+))?");
    private static final Pattern TAGGED = Pattern.compile("[A-Za-z0-9-]++ ?\\((.+)\\) ?= ?([0-9a-fA-F]++)");

    private final List<Line> lines;

    private DigestFile(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads the lines that hold a digest of this kind; any other one says nothing. */
    public static DigestFile read(Algorithm algorithm, byte[] content) {
        Stream<String> texts = new String(content, StandardCharsets.UTF_8).lines();
        return new DigestFile(texts.map(text -> text.replace("\uFEFF", "").strip())
                .filter(text -> text.length() <= LONGEST_LINE)
                .flatMap(text -> line(text).stream())
                .filter(line -> line.hex().length() == 2 * algorithm.length())
                .toList());
    }

    /** The digests of a file that lies in the same folder as this list. */
    public List<String> of(String name) {
        return digests(line -> line.name()
                .filter(written -> written.equals(name)
                        || written.equals("./" + name)
                        || (isAbsolute(written) && lastPart(written).equals(name)))
                .isPresent());
    }

    /** The digests of the one file that this one accompanies; a digest that stands alone may call it what it likes. */
    public List<String> ofItsOwn(String name) {
        List<String> named = digests(line ->
                line.name().map(DigestFile::lastPart).filter(name::equals).isPresent());
        return named.isEmpty() && lines.size() == 1 ? digests(line -> true) : named;
    }

    private List<String> digests(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).map(Line::hex).distinct().toList();
    }

    private static Optional<Line> line(String text) {
        Matcher tagged = TAGGED.matcher(text);
        if (tagged.matches()) {
            return Optional.of(new Line(small(tagged.group(2)), Optional.of(tagged.group(1))));
        }
        Matcher plain = PLAIN.matcher(text);
        return plain.matches()
                ? Optional.of(new Line(small(plain.group(1)), Optional.ofNullable(plain.group(2))))
                : Optional.empty();
    }

    private static String small(String hex) {
        return hex.toLowerCase(Locale.ROOT);
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || path.matches("[A-Za-z]:.*");
    }

    private static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private record Line(String hex, Optional<String> name) {}
}
