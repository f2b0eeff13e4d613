package dev.muster.restore.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what pg_restore writes. Several of its processes write at once, a line in pieces, so that the prefix of one
 * line may stand before another's: only the words behind all prefixes count.
 */
final class PgRestoreOutput implements Consumer<String> {
    private static final Pattern PREFIXES = Pattern.compile("^(?:pg_restore: |error: |warning: |hint: |detail: )+");
    private static final Pattern REFUSED = Pattern.compile("could not execute query: ERROR: +(.*)");
    private static final Pattern COPY_FAILED = Pattern.compile("COPY failed for table (.*): ERROR: +(.*)");
    private static final Pattern ERROR = Pattern.compile("error: ");
    private static final String COMMAND = "Command was: ";

    private final Consumer<String> listener;
    private final List<Complaint> complaints = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();
    private long announced;

    /**
     * @param listener told of every line as well
     */
    PgRestoreOutput(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(String line) {
        Matcher prefixes = PREFIXES.matcher(line);
        String prefix = prefixes.find() ? prefixes.group() : "";
        String words = line.substring(prefix.length());
        Matcher refused = REFUSED.matcher(words);
        Matcher copy = COPY_FAILED.matcher(words);
        announced += ERROR.matcher(prefix).results().count();
        if (refused.matches()) {
            complaints.add(new Complaint(refused.group(1), "", ""));
        } else if (copy.matches()) {
            complaints.add(new Complaint(copy.group(2), "COPY " + copy.group(1), ""));
        } else if (words.startsWith(COMMAND) && !complaints.isEmpty()) {
            Complaint last = complaints.remove(complaints.size() - 1);
            complaints.add(new Complaint(last.message(), words.substring(COMMAND.length()), last.where()));
        } else if (prefix.contains("error: ")) {
            unexplained.add(words);
        }
        listener.accept(line);
    }

    /**
     * Everything that went wrong. The number that pg_restore itself gives at the end is no measure: with several
     * processes it is not the number of errors that they wrote.
     */
    synchronized List<Complaint> complaints() {
        List<Complaint> all = new ArrayList<>(complaints);
        if (announced > complaints.size()) {
            unexplained.forEach(words -> all.add(new Complaint(words, "", "")));
        }
        return all;
    }
}
