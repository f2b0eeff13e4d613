package dev.muster.check.rule;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param number how many rows, counted up to one more than {@link #COUNTED}
 * @param first the first of them as one reads them
 * @param onlyValue the value, where it is the only one and not null
 */
record Rows(int number, int columns, List<String> first, Optional<String> onlyValue) {
    /** More are not told apart: the answer is the same, and nobody looks at each. */
    static final int COUNTED = 1000;

    static final int SHOWN = 5;

    private static final int LONGEST_VALUE = 80;

    static Rows read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> first = new ArrayList<>();
        Optional<String> value = Optional.empty();
        int number = 0;
        while (rows.next()) {
            number++;
            if (first.size() < SHOWN) {
                first.add(row(rows, columns));
            }
            if (number == 1) {
                value = Optional.ofNullable(rows.getString(1));
            }
        }
        boolean only = number == 1 && columns.getColumnCount() == 1;
        return new Rows(number, columns.getColumnCount(), List.copyOf(first), only ? value : Optional.empty());
    }

    boolean empty() {
        return number == 0;
    }

    String counted() {
        return number > COUNTED ? "more than " + COUNTED : String.valueOf(number);
    }

    /** The answer in a few words. */
    String described() {
        if (onlyValue.isPresent()) {
            return shown(onlyValue.get());
        }
        if (number == 1 && columns == 1) {
            return "null";
        }
        return number == 0 ? "no row" : counted() + " rows of " + columns + " columns";
    }

    private static String row(ResultSet rows, ResultSetMetaData columns) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.add(shown(columns.getColumnLabel(i)) + "=" + shown(rows.getString(i)));
        }
        return String.join(", ", values);
    }

    /** Whatever lies in the data, it is one line that a terminal can show. */
    private static String shown(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "…" : line;
    }
}
