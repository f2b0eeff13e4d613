package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What holds in the books of the sample company at every moment; each query counts what breaks it. */
final class Consistency {
    private Consistency() {}

    static void holds(Connection connection) throws SQLException {
        none(
                connection,
                "entries that do not balance",
                "select count(*) from (select move_id from account_move_line group by move_id having sum(balance) <> 0 or sum(debit) <> sum(credit)) broken");
        none(
                connection,
                "entries without lines",
                "select count(*) from account_move m where not exists (select from account_move_line l where l.move_id = m.id)");
        none(connection, "invoices that differ from their lines", """
                select count(*) from account_move m
                where m.move_type = 'out_invoice' and (m.amount_total <> (select sum(debit) from account_move_line l where l.move_id = m.id)
                  or m.amount_untaxed <> (select sum(price_subtotal) from account_move_line l where l.move_id = m.id and l.display_type = 'product'))""");
        none(
                connection,
                "gaps in numbers",
                "select count(*) from (select sequence_prefix from account_move group by sequence_prefix having max(sequence_number) <> count(*) or min(sequence_number) <> 1 or count(distinct sequence_number) <> count(*)) broken");
        none(
                connection,
                "paid invoices without a payment",
                "select count(*) from account_move m where payment_state = 'paid' and not exists (select from account_move p where p.ref = m.name and p.amount_total = m.amount_total)");
        none(connection, "stock that differs from its moves", """
                select count(*) from stock_quant q
                full join (select product_id, location_id, sum(amount) as amount
                           from (select product_id, location_dest_id as location_id, quantity as amount from stock_move where state = 'done'
                                 union all select product_id, location_id, -quantity from stock_move where state = 'done') flows
                           group by product_id, location_id) moved using (product_id, location_id)
                where q.quantity is distinct from moved.amount""");
        none(
                connection,
                "empty shelves that gave something",
                "select count(*) from stock_quant where location_id = 6 and quantity < 0");
        none(
                connection,
                "moves without their lines",
                "select count(*) from stock_move m left join stock_move_line l on l.move_id = m.id where l.quantity is distinct from m.quantity or l.state is distinct from m.state");
        none(
                connection,
                "confirmed orders without a picking",
                "select count(*) from sale_order o where state = 'sale' and not exists (select from stock_picking p where p.sale_id = o.id)");
        none(
                connection,
                "orders without confirmation that have one",
                "select count(*) from sale_order o where state <> 'sale' and exists (select from stock_picking p where p.sale_id = o.id)");
        none(
                connection,
                "orders that differ from their lines",
                "select count(*) from sale_order o where amount_untaxed <> (select sum(price_subtotal) from sale_order_line l where l.order_id = o.id)");
        none(
                connection,
                "invoiced orders without an invoice",
                "select count(*) from sale_order o where invoice_status = 'invoiced' and not exists (select from account_move m where m.invoice_origin = o.name)");
        none(
                connection,
                "sequences behind their table",
                "select count(*) from sale_order where id > (select last_value from sale_order_id_seq)");
        assertThat(number(connection, "select count(*) from sale_order")).isPositive();
        assertThat(number(connection, "select count(*) from account_move where payment_state = 'paid'"))
                .isPositive();
    }

    private static void none(Connection connection, String what, String count) throws SQLException {
        assertThat(number(connection, count)).as(what).isZero();
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
