package dev.muster.backup.pgbackrest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes files as pgBackRest does, with the digest that ends them. */
final class InfoFiles {
    private InfoFiles() {}

    /** A file of these lines, after the section that all of them begin with. */
    static byte[] sealed(String... lines) throws Exception {
        StringBuilder text = new StringBuilder("[backrest]\nbackrest-format=5\n");
        StringBuilder digested = new StringBuilder("{\"backrest\":{\"backrest-format\":5");
        for (String line : lines) {
            if (line.startsWith("[")) {
                text.append('\n');
                digested.append("},\"").append(line, 1, line.length() - 1).append("\":{");
            } else {
                int sign = line.contains("={") ? line.indexOf("={") : line.indexOf('=');
                digested.append(digested.charAt(digested.length() - 1) == '{' ? "" : ",")
                        .append('"')
                        .append(line, 0, sign)
                        .append("\":")
                        .append(line.substring(sign + 1));
            }
            text.append(line).append('\n');
        }
        digested.append("}}");
        String sha1 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1")
                        .digest(digested.toString().getBytes(StandardCharsets.UTF_8)));
        return (text + "\n[backrest]\nbackrest-checksum=\"" + sha1 + "\"\n").getBytes(StandardCharsets.UTF_8);
    }
}
