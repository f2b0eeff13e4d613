package dev.muster.check.filestore;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an application's database names the files of its filestore.
 *
 * @param application whose files they are
 * @param source what names them: a table, or a query of the runbook
 * @param table the table without which it is not this application's database; absent where a query says all
 * @param files a query for one row per file: {@code path}, {@code rows}, {@code owner}, {@code size},
 *     {@code sizes_differ}, {@code digest}, {@code digests_differ}, and {@code written} (UTC, without zone): the oldest
 *     of the instants at which the rows that name it were written, null when one of them does not say
 * @param embedded a query for the contents that lie in the database itself: {@code owner}, {@code content},
 *     {@code digest}; absent where there are none
 * @param elsewhere a query for the number of rows whose content lies neither here nor there
 * @param housekeeping folders at the top of the filestore that hold no content
 * @param garbage the one of them that holds a mark, of the same name, for each file that may be removed
 * @param layout what the paths of all files look like; absent when they may be anything
 * @param digest the algorithm of the recorded digests; absent when only sizes are recorded
 */
public record FileRegister(
        String application,
        String source,
        Optional<String> table,
        String files,
        Optional<String> embedded,
        String elsewhere,
        Set<String> housekeeping,
        Optional<String> garbage,
        Optional<Pattern> layout,
        Optional<String> digest) {
    public FileRegister {
        housekeeping = Set.copyOf(housekeeping);
    }
}
