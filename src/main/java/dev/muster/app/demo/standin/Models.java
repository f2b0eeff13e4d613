package dev.muster.app.demo.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The methods of Odoo's models that workflows call, each done in SQL by the file that bears its name. */
record Models(Connection connection, int user) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    JsonNode call(String model, String method, JsonNode args, JsonNode kwargs) throws SQLException, Denied {
        JsonNode ids = args.path(0);
        return switch (model + "." + method) {
            case "res.users.read" -> read("res_users", ids, args.path(1));
            case "sale.order.create" -> {
                JsonNode order = args.path(0);
                JsonNode line = order.path("order_line").path(0).path(2);
                yield NODES.numberNode(run(
                        "create-order",
                        user,
                        order.path("partner_id").intValue(),
                        line.path("product_id").intValue(),
                        line.path("product_uom_qty").intValue()));
            }
            case "sale.order.action_confirm" ->
                done("confirm-order", user, ids.path(0).intValue());
            case "stock.move.write" ->
                done(
                        "pick-move",
                        user,
                        ids.path(0).intValue(),
                        args.path(1).path("quantity").intValue());
            case "stock.picking.button_validate" ->
                done("validate-picking", user, ids.path(0).intValue());
            case "sale.advance.payment.inv.create" -> NODES.numberNode(1);
            case "sale.advance.payment.inv.create_invoices" -> {
                run(
                        "create-invoice",
                        user,
                        kwargs.path("context").path("active_id").intValue());
                yield NODES.objectNode().put("type", "ir.actions.act_window").put("res_model", "account.move");
            }
            case "account.move.action_post" -> {
                run("post-invoice", user, ids.path(0).intValue());
                yield NODES.booleanNode(false);
            }
            default ->
                throw new Denied("builtins.AttributeError", "The method '" + model + "." + method + "' does not exist");
        };
    }

    private JsonNode done(String file, int... values) throws SQLException {
        run(file, values);
        return NODES.booleanNode(true);
    }

    private JsonNode read(String table, JsonNode ids, JsonNode fields) throws SQLException {
        ArrayNode records = NODES.arrayNode();
        for (JsonNode id : ids) {
            try (PreparedStatement query =
                    connection.prepareStatement("select to_jsonb(r) ->> ? from " + table + " r where id = ?")) {
                query.setString(1, fields.path(0).asString());
                query.setInt(2, id.intValue());
                try (ResultSet rows = query.executeQuery()) {
                    if (rows.next()) {
                        records.add(NODES.objectNode()
                                .put("id", id.intValue())
                                .put(fields.path(0).asString(), rows.getString(1)));
                    }
                }
            }
        }
        return records;
    }

    /** Runs statements that know the values as {@code $1} and so on, and gives the number that the last one returns. */
    private int run(String file, int... values) throws SQLException {
        int last = 0;
        for (String statement : resource(file).split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                last = one(statement, values);
            }
        }
        return last;
    }

    private int one(String statement, int... values) throws SQLException {
        String text = statement;
        for (int i = values.length; i > 0; i--) {
            text = text.replace("$" + i, Integer.toString(values[i - 1]));
        }
        try (PreparedStatement prepared = connection.prepareStatement(text)) {
            if (!prepared.execute()) {
                return 0;
            }
            try (ResultSet rows = prepared.getResultSet()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static String resource(String file) {
        try (InputStream content = Objects.requireNonNull(Models.class.getResourceAsStream(file + ".sql"), file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
