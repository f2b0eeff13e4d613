package dev.muster.check.filestore;

import java.util.Set;

/**
 * How an application's database names the files of its filestore.
 *
 * @param table the table without which it is not this application's database
 * @param files a query for one row per file: {@code path}, {@code rows}, {@code id}, {@code name}, {@code model},
 *     {@code size}, {@code sizes_differ}, {@code sha1}, {@code sha1s_differ}, and {@code written} (UTC, without zone):
 *     the oldest of the instants at which the rows that name it were written, null when one of them does not say
 * @param embedded a query for the contents that lie in the database itself: {@code id}, {@code name}, {@code model},
 *     {@code content}, {@code sha1}
 * @param elsewhere a query for the number of rows whose content lies neither here nor there
 * @param housekeeping folders at the top of the filestore that hold no content
 */
public record FileRegister(
        String application, String table, String files, String embedded, String elsewhere, Set<String> housekeeping) {
    public FileRegister {
        housekeeping = Set.copyOf(housekeeping);
    }
}
