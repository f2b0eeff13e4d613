package dev.muster.check.filestore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file as the database describes it.
 *
 * @param path where it lies, as the database says; anything may stand there
 * @param owner the first row that names it, for a reader to find it by
 * @param rows how many rows name it
 * @param written the oldest instant at which one of them was written
 * @param contradicted whether its rows disagree about size or digest, so that no content can be right for all
 */
record NamedFile(
        String path,
        Optional<String> owner,
        long rows,
        OptionalLong size,
        Optional<String> digest,
        boolean contradicted,
        Optional<Instant> written) {
    private static final int LONGEST_NAME = 160;

    static NamedFile read(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        OptionalLong recorded = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return new NamedFile(
                row.getString("path"),
                Optional.ofNullable(row.getString("owner")),
                row.getLong("rows"),
                recorded,
                Optional.ofNullable(row.getString("digest")),
                row.getBoolean("sizes_differ") || row.getBoolean("digests_differ"),
                Optional.ofNullable(row.getObject("written", LocalDateTime.class))
                        .map(bare -> bare.toInstant(ZoneOffset.UTC)));
    }

    /** A content that lies in a row and in no file. */
    static NamedFile embedded(ResultSet row) throws SQLException {
        return new NamedFile(
                "in the database",
                Optional.ofNullable(row.getString("owner")),
                1,
                OptionalLong.empty(),
                Optional.ofNullable(row.getString("digest")),
                false,
                Optional.empty());
    }

    /** The file and its owner, fit for one line. */
    String described() {
        return plain(path) + owner.map(row -> " (" + plain(row) + ")").orElse("");
    }

    // Names come from the backup: they may hold line breaks or terminal sequences.
    static String plain(String name) {
        String visible = name.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= LONGEST_NAME ? visible : visible.substring(0, LONGEST_NAME) + "…";
    }
}
