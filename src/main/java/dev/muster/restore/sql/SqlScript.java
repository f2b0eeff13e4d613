package dev.muster.restore.sql;

import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.OutOfReach;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits an SQL script, as pg_dump writes it, into statements while it streams past. Works on bytes: every encoding that
 * a server may have leaves ASCII alone.
 */
final class SqlScript {

    /** Takes the rows of a COPY block. */
    interface Rows {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    private static final String LAST_LINE = "-- PostgreSQL database dump complete";

    private final ScriptSource source;
    private final int longest;

    private byte[] text = new byte[1 << 12];
    private int length;
    private boolean overflowing;
    private int parentheses;
    private final Routine routine = new Routine();

    private Charset charset = StandardCharsets.UTF_8;
    private boolean backslashes;
    private boolean complete;

    /**
     * @param longest the most bytes that one statement may have
     */
    SqlScript(InputStream in, int longest) {
        this.source = new ScriptSource(in);
        this.longest = longest;
    }

    /** The statements from here on are in this encoding. */
    void read(Charset encoding) {
        charset = encoding;
    }

    /** From here on, a backslash in a plain string is an escape. */
    void backslashesEscape(boolean escape) {
        backslashes = escape;
    }

    long line() {
        return source.line();
    }

    /** How many bytes of the script have been read. */
    long bytes() {
        return source.bytes();
    }

    /** Hands over the rows that follow a COPY statement; false when the script ends among them. */
    boolean rows(Rows rows) throws IOException {
        return source.rows(rows);
    }

    /** The line that ends a dump has been seen, and nothing but psql's orders came after it. */
    boolean complete() {
        return complete;
    }

    /** The next piece, or nothing at the script's end or when it ends within a statement. */
    Optional<SqlPiece> next() throws IOException {
        length = 0;
        overflowing = false;
        parentheses = 0;
        routine.clear();
        skipBlankAndComments();
        int first = source.peek(0);
        if (first < 0) {
            return Optional.empty();
        }
        long start = source.line();
        if (first == '\\') {
            takeLine();
            return Optional.of(new SqlPiece.Order(start, decoded(0).trim()));
        }
        complete = false;
        while (true) {
            int next = source.peek(0);
            if (next < 0) {
                return Optional.empty();
            }
            if (next == ';' && parentheses == 0 && !routine.open()) {
                source.take();
                return Optional.of(new SqlPiece.Statement(start, statement()));
            }
            takeToken(next);
        }
    }

    private void takeToken(int next) throws IOException {
        if (isWord(next)) {
            takeWord();
        } else if (next == '\'') {
            takeQuoted('\'', backslashes);
        } else if (next == '"') {
            takeQuoted('"', false);
        } else if (next == '$') {
            takeDollar();
        } else if (next == '-' && source.peek(1) == '-') {
            takeLine();
        } else if (next == '/' && source.peek(1) == '*') {
            takeComment();
        } else if (next == '\\') {
            throw new Damaged("Line " + source.line() + " has a backslash within a statement, where SQL has none");
        } else {
            parentheses = Math.max(0, parentheses + (next == '(' ? 1 : next == ')' ? -1 : 0));
            keep(source.take());
        }
    }

    private void takeWord() throws IOException {
        int start = length;
        while (isWord(source.peek(0)) || isDigit(source.peek(0)) || source.peek(0) == '$') {
            keep(source.take());
        }
        int size = length - start;
        if (source.peek(0) == '\'' && size == 1 && (text[start] == 'E' || text[start] == 'e')) {
            takeQuoted('\'', true);
        } else if (parentheses == 0 && size <= Routine.LONGEST_WORD) {
            routine.word(new String(text, start, size, StandardCharsets.ISO_8859_1));
        }
    }

    private void takeQuoted(char quote, boolean escapes) throws IOException {
        keep(source.take());
        int next;
        while ((next = source.take()) >= 0) {
            keep(next);
            if (next == '\\' && escapes) {
                keep(source.take());
            } else if (next == quote) {
                if (source.peek(0) != quote) {
                    return;
                }
                keep(source.take());
            }
        }
    }

    private void takeDollar() throws IOException {
        int start = length;
        keep(source.take());
        while (isWord(source.peek(0)) || (isDigit(source.peek(0)) && length > start + 1)) {
            keep(source.take());
        }
        if (source.peek(0) != '$') {
            return;
        }
        keep(source.take());
        byte[] tag = Arrays.copyOfRange(text, start, length);
        byte[] tail = new byte[tag.length];
        int seen = 0;
        int next;
        while ((next = source.take()) >= 0) {
            keep(next);
            System.arraycopy(tail, 1, tail, 0, tail.length - 1);
            tail[tail.length - 1] = (byte) next;
            seen++;
            if (next == '$' && seen >= tag.length && Arrays.equals(tail, tag)) {
                return;
            }
        }
    }

    private void takeComment() throws IOException {
        int depth = 0;
        do {
            int next = source.take();
            if (next < 0) {
                return;
            }
            keep(next);
            if (next == '/' && source.peek(0) == '*') {
                keep(source.take());
                depth++;
            } else if (next == '*' && source.peek(0) == '/') {
                keep(source.take());
                depth--;
            }
        } while (depth > 0);
    }

    private void takeLine() throws IOException {
        while (source.peek(0) >= 0 && source.peek(0) != '\n') {
            keep(source.take());
        }
    }

    private void skipBlankAndComments() throws IOException {
        while (true) {
            int next = source.peek(0);
            if (next == '-' && source.peek(1) == '-') {
                takeLine();
                complete |= decoded(0).trim().equals(LAST_LINE);
            } else if (next == '/' && source.peek(1) == '*') {
                takeComment();
            } else if (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == '\f' || next == ';') {
                source.take();
            } else {
                return;
            }
            length = 0;
            overflowing = false;
        }
    }

    private String statement() throws IOException {
        if (overflowing) {
            throw new OutOfReach(
                    "The statement that ends on line " + source.line() + " is larger than " + Room.size(longest),
                    "Make the dump in the custom format (pg_dump -Fc), or without --inserts.");
        }
        return decoded(0);
    }

    private String decoded(int from) {
        return new String(text, from, length - from, charset);
    }

    private void keep(int value) {
        if (value < 0) {
            return;
        }
        if (length == text.length) {
            if (length >= longest) {
                overflowing = true;
                return;
            }
            text = Arrays.copyOf(text, Math.min(longest, length * 2));
        }
        text[length++] = (byte) value;
    }

    private static boolean isWord(int value) {
        return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || value == '_' || value >= 0x80;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }
}
