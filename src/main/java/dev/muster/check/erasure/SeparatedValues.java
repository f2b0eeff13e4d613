package dev.muster.check.erasure;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them; blank lines are skipped. */
final class SeparatedValues {
    private final String text;
    private final String place;
    private int at;
    private int line = 1;

    private SeparatedValues(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /** The values of one line, and which one it is. */
    record Row(int line, List<String> values) {
        Row {
            values = List.copyOf(values);
        }
    }

    static List<Row> read(String text, String place) {
        SeparatedValues reader = new SeparatedValues(text, place);
        List<Row> rows = new ArrayList<>();
        while (reader.at < text.length()) {
            Row row = reader.row();
            if (row.values.size() > 1 || !row.values.get(0).isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int from = line;
        List<String> values = new ArrayList<>();
        boolean more = true;
        while (more) {
            values.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
            more = at < text.length() && text.charAt(at) == ',';
            if (more) {
                at++;
            }
        }
        lineEnd();
        return new Row(from, values);
    }

    private String bare() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '"') {
                throw ErasureList.bad("has a quotation mark within a value in line " + line, place);
            }
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        int from = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                line += next == '\n' ? 1 : 0;
                value.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                return value.toString();
            }
        }
        throw ErasureList.bad("has a quotation mark in line " + from + " that is never closed", place);
    }

    private void lineEnd() {
        if (text.startsWith("\r\n", at)) {
            at += 2;
        } else if (at < text.length() && "\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        } else if (at < text.length()) {
            throw ErasureList.bad("goes on after a closing quotation mark in line " + line, place);
        }
        line++;
    }
}
