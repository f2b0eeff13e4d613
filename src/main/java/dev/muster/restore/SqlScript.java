package dev.muster.restore;

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

    private static final int BUFFER = 1 << 17;
    private static final String LAST_LINE = "-- PostgreSQL database dump complete";

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean ended;
    private long bytes;
    private long line = 1;

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
        this.in = in;
        this.longest = longest;
    }

    /** The statements from here on are in this encoding. */
    void read(Charset encoding) {
        charset = encoding;
    }

    Charset charset() {
        return charset;
    }

    /** From here on, a backslash in a plain string is an escape. */
    void backslashesEscape(boolean escape) {
        backslashes = escape;
    }

    long line() {
        return line;
    }

    /** How many bytes of the script have been read. */
    long bytes() {
        return bytes;
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
        int first = peek(0);
        if (first < 0) {
            return Optional.empty();
        }
        long start = line;
        if (first == '\\') {
            takeLine();
            return Optional.of(new SqlPiece.Order(start, decoded(0).trim()));
        }
        complete = false;
        while (true) {
            int next = peek(0);
            if (next < 0) {
                return Optional.empty();
            }
            if (next == ';' && parentheses == 0 && !routine.open()) {
                position++;
                return Optional.of(new SqlPiece.Statement(start, statement()));
            }
            takeToken(next);
        }
    }

    /** Hands over the rows that follow a COPY statement; false when the script ends among them. */
    boolean rows(Rows rows) throws IOException {
        int next;
        do {
            next = take();
        } while (next >= 0 && next != '\n');
        boolean lineStart = true;
        int from = position;
        while (true) {
            if (limit - position < 4 && !ended) {
                rows.take(buffer, from, position - from);
                refill();
                from = position;
            }
            if (position == limit) {
                rows.take(buffer, from, position - from);
                return false;
            }
            if (lineStart && atEndOfRows()) {
                rows.take(buffer, from, position - from);
                takeRestOfLine();
                return true;
            }
            lineStart = false;
            while (position < limit) {
                if (buffer[position++] == '\n') {
                    line++;
                    lineStart = true;
                    break;
                }
            }
        }
    }

    private boolean atEndOfRows() {
        if (limit - position < 2 || buffer[position] != '\\' || buffer[position + 1] != '.') {
            return false;
        }
        int after = position + 2;
        if (after < limit && buffer[after] == '\r') {
            after++;
        }
        return after == limit || buffer[after] == '\n';
    }

    private void takeRestOfLine() throws IOException {
        int next;
        do {
            next = take();
        } while (next >= 0 && next != '\n');
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
        } else if (next == '-' && peek(1) == '-') {
            takeLine();
        } else if (next == '/' && peek(1) == '*') {
            takeComment();
        } else if (next == '\\') {
            throw new Damaged("Line " + line + " has a backslash within a statement, where SQL has none");
        } else {
            parentheses = Math.max(0, parentheses + (next == '(' ? 1 : next == ')' ? -1 : 0));
            keep(take());
        }
    }

    private void takeWord() throws IOException {
        int start = length;
        while (isWord(peek(0)) || isDigit(peek(0)) || peek(0) == '$') {
            keep(take());
        }
        int size = length - start;
        if (peek(0) == '\'' && size == 1 && (text[start] == 'E' || text[start] == 'e')) {
            takeQuoted('\'', true);
        } else if (parentheses == 0 && size <= Routine.LONGEST_WORD) {
            routine.word(new String(text, start, size, StandardCharsets.ISO_8859_1));
        }
    }

    private void takeQuoted(char quote, boolean escapes) throws IOException {
        keep(take());
        int next;
        while ((next = take()) >= 0) {
            keep(next);
            if (next == '\\' && escapes) {
                keep(take());
            } else if (next == quote) {
                if (peek(0) != quote) {
                    return;
                }
                keep(take());
            }
        }
    }

    private void takeDollar() throws IOException {
        int start = length;
        keep(take());
        while (isWord(peek(0)) || (isDigit(peek(0)) && length > start + 1)) {
            keep(take());
        }
        if (peek(0) != '$') {
            return;
        }
        keep(take());
        byte[] tag = Arrays.copyOfRange(text, start, length);
        byte[] tail = new byte[tag.length];
        int seen = 0;
        int next;
        while ((next = take()) >= 0) {
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
            int next = take();
            if (next < 0) {
                return;
            }
            keep(next);
            if (next == '/' && peek(0) == '*') {
                keep(take());
                depth++;
            } else if (next == '*' && peek(0) == '/') {
                keep(take());
                depth--;
            }
        } while (depth > 0);
    }

    private void takeLine() throws IOException {
        while (peek(0) >= 0 && peek(0) != '\n') {
            keep(take());
        }
    }

    private void skipBlankAndComments() throws IOException {
        while (true) {
            int next = peek(0);
            if (next == '-' && peek(1) == '-') {
                takeLine();
                complete |= decoded(0).trim().equals(LAST_LINE);
            } else if (next == '/' && peek(1) == '*') {
                takeComment();
            } else if (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == '\f' || next == ';') {
                take();
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
                    "The statement that ends on line " + line + " is larger than " + Room.size(longest),
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

    private int take() throws IOException {
        int value = peek(0);
        if (value >= 0) {
            position++;
            if (value == '\n') {
                line++;
            }
        }
        return value;
    }

    private int peek(int ahead) throws IOException {
        if (position + ahead >= limit && !ended) {
            refill();
        }
        return position + ahead < limit ? buffer[position + ahead] & 0xff : -1;
    }

    private void refill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < buffer.length && !ended) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
                bytes += read;
            }
        }
    }

    private static boolean isWord(int value) {
        return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || value == '_' || value >= 0x80;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }
}
