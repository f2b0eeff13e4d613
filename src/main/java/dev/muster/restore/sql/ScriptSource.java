package dev.muster.restore.sql;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a script as they stream past, with a little lookahead and the line they are on. */
final class ScriptSource {
    private static final int BUFFER = 1 << 17;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean ended;
    private long bytes;
    private long line = 1;

    ScriptSource(InputStream in) {
        this.in = in;
    }

    long line() {
        return line;
    }

    /** How many bytes have been read. */
    long bytes() {
        return bytes;
    }

    /** The next byte; less than zero at the end. */
    int take() throws IOException {
        int value = peek(0);
        if (value >= 0) {
            position++;
            if (value == '\n') {
                line++;
            }
        }
        return value;
    }

    /** The byte so many places ahead, which is not taken; less than zero beyond the end. */
    int peek(int ahead) throws IOException {
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

    /** Hands over the rows from the next line on; false when the script ends among them. */
    boolean rows(SqlScript.Rows rows) throws IOException {
        takeRestOfLine();
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
}
