package dev.muster.check.workflow;

import dev.muster.drill.Blanks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One statement to the application's database; what was captured goes into it as values, never as text. */
record SqlCall(String statement, Memory memory, Duration within) {
    private static final int MOST_ROWS = 1000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The rows that it gave, each as a mapping; none where it gives no rows. */
    JsonNode run(Connection connection) throws SQLException {
        List<String> values = new ArrayList<>();
        String text = Blanks.fill(statement, name -> {
            values.add(Memory.plain(memory.value(name)));
            return "?";
        });
        try (Statement limit = connection.createStatement()) {
            limit.execute("set statement_timeout = " + within.toMillis());
        }
        try (PreparedStatement prepared = connection.prepareStatement(text)) {
            prepared.setMaxRows(MOST_ROWS);
            for (int i = 0; i < values.size(); i++) {
                // The server knows best what a value has to be where it stands.
                prepared.setObject(i + 1, values.get(i), Types.OTHER);
            }
            if (!prepared.execute()) {
                return NODES.arrayNode();
            }
            try (ResultSet rows = prepared.getResultSet()) {
                return rows(rows);
            }
        }
    }

    private static JsonNode rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        ArrayNode all = NODES.arrayNode();
        while (rows.next()) {
            ObjectNode row = NODES.objectNode();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                row.set(columns.getColumnLabel(column), value(rows, column, columns.getColumnType(column)));
            }
            all.add(row);
        }
        return all;
    }

    private static JsonNode value(ResultSet rows, int column, int kind) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return NODES.nullNode();
        }
        return switch (kind) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> NODES.numberNode(rows.getLong(column));
            case Types.BIT, Types.BOOLEAN -> NODES.booleanNode(rows.getBoolean(column));
            default -> NODES.stringNode(text);
        };
    }
}
