package dev.muster.restore.sql;

import dev.muster.restore.work.Job;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoding that a script is written in.
 *
 * @param name as PostgreSQL calls it
 */
record ScriptEncoding(String name, Charset charset) {
    static final ScriptEncoding UTF8 = new ScriptEncoding("UTF8", StandardCharsets.UTF_8);

    private static final Pattern SETS =
            Pattern.compile("(?is)SET\\s+(?:SESSION\\s+)?client_encoding\\s*(?:=|TO)\\s*'?([\\w-]+)'?\\s*");

    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("UNICODE", "UTF-8"),
            Map.entry("SQLASCII", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("WIN1250", "windows-1250"),
            Map.entry("WIN1251", "windows-1251"),
            Map.entry("WIN1252", "windows-1252"),
            Map.entry("WIN1253", "windows-1253"),
            Map.entry("WIN1254", "windows-1254"),
            Map.entry("WIN1257", "windows-1257"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("EUCJP", "EUC-JP"),
            Map.entry("EUCKR", "EUC-KR"),
            Map.entry("EUCCN", "GB2312"));

    /** The encoding that this statement sets, if it is one that does. */
    static Optional<ScriptEncoding> setBy(String statement, Job job) {
        Matcher matcher = SETS.matcher(statement);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("[-_]", "");
        String charset = CHARSETS.get(name);
        if (charset == null) {
            throw job.cannot(
                    "The dump is in the encoding " + name + ", which Muster does not load",
                    "Make the dump with pg_dump --encoding=UTF8, or in the custom format (pg_dump -Fc).");
        }
        return Optional.of(charset.equals("UTF-8") ? UTF8 : new ScriptEncoding(name, Charset.forName(charset)));
    }
}
