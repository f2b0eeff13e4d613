package dev.muster.check.odoo;

import dev.muster.check.Check;
import java.util.ArrayList;
import java.util.List;

/** What holds in the books and on the shelves of every sound Odoo, from version 14 to 19. */
public final class OdooInvariants {
    private static final String INVOICES =
            "('out_invoice', 'out_refund', 'out_receipt', 'in_invoice', 'in_refund', 'in_receipt')";

    private static final OdooInvariant BALANCED = new OdooInvariant(
            "journal-entries-balance",
            "account",
            "An entry whose debits differ from its credits means that part of the accounts is lost: no balance sheet can"
                    + " be drawn up from them.",
            schema -> """
                    select count(distinct l.move_id)
                    from account_move_line l join account_move m on m.id = l.move_id where m.state = 'posted'""",
            // Odoo rounds every amount to its currency, so that whatever differs is no matter of rounding.
            schema -> """
                    select m.id, m.name as entry, sum(l.debit) as debits, sum(l.credit) as credits
                    from account_move_line l join account_move m on m.id = l.move_id
                    where m.state = 'posted'
                    group by m.id, m.name
                    having round(sum(coalesce(l.debit, 0) - coalesce(l.credit, 0))::numeric, 4) <> 0
                    order by m.id""");

    private static final OdooInvariant WITH_LINES = new OdooInvariant(
            "posted-invoices-have-lines",
            "account",
            "An invoice without lines says nothing of what was sold, and can be neither defended nor collected.",
            schema -> "select count(*) from account_move where state = 'posted' and move_type in " + INVOICES,
            schema -> """
                    select m.id, m.name as invoice, m.date
                    from account_move m
                    where m.state = 'posted' and m.move_type in %s
                      and not exists (select from account_move_line l
                                      where l.move_id = m.id
                                        and coalesce(l.display_type, '') not in ('line_section', 'line_subsection', 'line_note'))
                    order by m.id""".formatted(INVOICES));

    // Whatever bears a number counts, be it cancelled. A gap that Odoo itself has marked was there in production.
    private static final OdooInvariant NUMBERED = new OdooInvariant(
            "invoice-numbers-without-holes",
            "account",
            "A missing invoice number is a missing invoice: revenue and tax that were declared cannot be shown any more.",
            schema -> """
                    select count(*) from account_move
                    where state = 'posted' and sequence_number > 0 and move_type in %s""".formatted(INVOICES),
            schema -> """
                    select journal_id, sequence_prefix, before + 1 as first_missing, sequence_number - 1 as last_missing
                    from (select m.*, lag(sequence_number) over (partition by journal_id, sequence_prefix
                                                                 order by sequence_number) as before
                          from account_move m
                          where sequence_number > 0 and name <> '/'
                            and journal_id in (select journal_id from account_move where move_type in %s)) numbered
                    where sequence_number > before + 1 %s
                    order by journal_id, sequence_prefix, first_missing""".formatted(
                    INVOICES,
                    schema.has("account_move", "made_sequence_gap") ? "and made_sequence_gap is not true" : ""));

    private static final OdooInvariant STOCKED = new OdooInvariant(
            "stock-equals-moves",
            "stock",
            "Where stock differs from the moves that led to it, goods are promised that are not there, or lie on a shelf"
                    + " that nobody looks at.",
            schema -> "select count(*) from stock_move_line where state = 'done'",
            OdooInvariants::stock);

    private static final OdooInvariant DELIVERED = new OdooInvariant(
            "confirmed-orders-have-pickings",
            "sale_stock",
            "A confirmed order without a picking is never sent out: the customer waits, and nobody in the warehouse knows.",
            schema -> "select count(distinct l.order_id) from (" + awaited(schema) + ") l",
            schema -> """
                    select o.id, o.name as confirmed_order, o.date_order
                    from sale_order o
                    where o.id in (select l.order_id from (%s) l)
                      and not exists (select from stock_picking p where p.sale_id = o.id)
                      and not exists (select from stock_move m
                                      join sale_order_line l on l.id = m.sale_line_id
                                      where l.order_id = o.id and m.picking_id is not null)
                    order by o.id""".formatted(awaited(schema)));

    private OdooInvariants() {}

    /** The checks of the group. */
    public static List<Check> all() {
        List<OdooInvariant> invariants = List.of(BALANCED, WITH_LINES, NUMBERED, STOCKED, DELIVERED);
        List<Check> all = new ArrayList<>();
        all.add(new ModulesConcerned(invariants));
        all.addAll(invariants);
        return List.copyOf(all);
    }

    // Odoo takes from goods without a lot what a lot lacks, so lots are compared only where all goods have one.
    private static String stock(OdooSchema schema) {
        return """
                with flow as (
                    select location_id, product_id, lot_id, quantity as held, 0 as moved from stock_quant
                    union all
                    select line.location_dest_id, line.product_id, line.lot_id, 0, %1$s
                    union all
                    select line.location_id, line.product_id, line.lot_id, 0, -1 * %1$s
                ), known as (
                    select *, bool_or(lot_id is null) over (partition by location_id, product_id) as mixed from flow
                ), compared as (
                    select location_id, product_id, lot_id, sum(held) as held, sum(moved) as moved
                    from known
                    group by grouping sets ((location_id, product_id), (location_id, product_id, lot_id))
                    having grouping(lot_id) = 1 or not bool_or(mixed)
                )
                select l.complete_name as location, c.product_id, t.default_code as product, c.lot_id,
                       c.held as in_stock, c.moved as by_moves
                from compared c
                join stock_location l on l.id = c.location_id and l.usage in ('internal', 'transit')
                join product_product p on p.id = c.product_id
                join product_template t on t.id = p.product_tmpl_id and %2$s
                where round((c.held - c.moved)::numeric, 3) <> 0
                order by c.location_id, c.product_id, c.lot_id""".formatted(moved(schema), storable(schema));
    }

    /** The amount of a line in the product's own unit, and what that is read from. */
    private static String moved(OdooSchema schema) {
        if (schema.has("stock_move_line", "quantity_product_uom")) {
            return "line.quantity_product_uom from stock_move_line line where line.state = 'done'";
        }
        // Up to version 16 lines have no such column, and what is done is rounded as the unit wants it.
        return """
                round((line.qty_done / given.factor * own.factor / own.rounding)::numeric) * own.rounding
                from stock_move_line line
                join uom_uom given on given.id = line.product_uom_id
                join product_product product on product.id = line.product_id
                join product_template template on template.id = product.product_tmpl_id
                join uom_uom own on own.id = template.uom_id
                where line.state = 'done'""";
    }

    private static String storable(OdooSchema schema) {
        return schema.has("product_template", "is_storable") ? "t.is_storable" : "t.type = 'product'";
    }

    /** The order lines that wait for a delivery from stock; those from before that was installed do not. */
    private static String awaited(OdooSchema schema) {
        String bought = schema.has("purchase_order_line", "sale_line_id")
                ? "and not exists (select from purchase_order_line b where b.sale_line_id = l.id)"
                : "";
        return """
                select l.order_id
                from sale_order_line l
                join sale_order o on o.id = l.order_id and o.state in ('sale', 'done')
                join product_product p on p.id = l.product_id
                join product_template t on t.id = p.product_tmpl_id and %s
                where l.product_uom_qty > 0 and l.qty_delivered_method = 'stock_move' %s""".formatted(storable(schema), bought);
    }
}
