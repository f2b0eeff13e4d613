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
        String owner,
        long rows,
        OptionalLong size,
        Optional<String> sha1,
        boolean contradicted,
        Optional<Instant> written) {
    private static final int LONGEST_NAME = 80;

    static NamedFile read(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        OptionalLong recorded = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return new NamedFile(
                row.getString("path"),
                owner(row),
                row.getLong("rows"),
                recorded,
                Optional.ofNullable(row.getString("sha1")),
                row.getBoolean("sizes_differ") || row.getBoolean("sha1s_differ"),
                Optional.ofNullable(row.getObject("written", LocalDateTime.class))
                        .map(bare -> bare.toInstant(ZoneOffset.UTC)));
    }

    static String owner(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return "attachment " + row.getLong("id") + " \"" + plain(row.getString("name")) + "\""
                + (model == null ? "" : " of " + plain(model));
    }

    /** The file and its owner, fit for one line. */
    String described() {
        return plain(path) + " (" + owner + ")";
    }

    // Names come from the backup: they may hold line breaks or terminal sequences.
    private static String plain(String name) {
        String visible = name.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= LONGEST_NAME ? visible : visible.substring(0, LONGEST_NAME) + "…";
    }
}
