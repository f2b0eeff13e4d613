package dev.muster.orchestrator.fault;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Faults that only an Odoo can have. */
final class OdooFaults {
    private static final String INVOICES =
            "('out_invoice', 'out_refund', 'out_receipt', 'in_invoice', 'in_refund', 'in_receipt')";
    private static final List<String> OUTLETS =
            List.of("ir_config_parameter", "ir_mail_server", "ir_cron", "fetchmail_server", "payment_provider");

    private OdooFaults() {}

    static List<Injection> all() {
        return List.of(
                DatabaseFaults.fault(
                        "another-tenant",
                        "The database is that of another company with the same application.",
                        Set.of("right-system", "as-the-baseline"),
                        OdooFaults::anotherTenant),
                DatabaseFaults.fault(
                        "neutralisation-disabled",
                        "What would reach out stays switched on whatever is done about it.",
                        Set.of("neutralised"),
                        OdooFaults::notNeutralised),
                DatabaseFaults.unknowable(
                        "modules-unknown",
                        "The database does not know which modules it has.",
                        Set.of("odoo-modules"),
                        OdooFaults::modules),
                DatabaseFaults.fault(
                        "attachment-rows-lost",
                        "The rows of one file in twenty are missing, and the files are there.",
                        Set.of("files-named"),
                        OdooFaults::attachmentRows),
                DatabaseFaults.fault(
                        "entry-out-of-balance",
                        "Debits and credits of a posted entry differ.",
                        Set.of("journal-entries-balance"),
                        OdooFaults::outOfBalance),
                DatabaseFaults.fault(
                        "invoice-without-lines",
                        "A posted invoice has lost its lines.",
                        Set.of("posted-invoices-have-lines"),
                        OdooFaults::withoutLines),
                DatabaseFaults.fault(
                        "invoice-lost",
                        "An invoice between two others is missing with all that belongs to it.",
                        Set.of("invoice-numbers-without-holes"),
                        OdooFaults::invoiceLost),
                DatabaseFaults.fault(
                        "stock-altered",
                        "The stock of a product is not what its moves led to.",
                        Set.of("stock-equals-moves"),
                        OdooFaults::stock),
                DatabaseFaults.fault(
                        "picking-lost",
                        "A confirmed order has lost its pickings.",
                        Set.of("confirmed-orders-have-pickings"),
                        OdooFaults::picking));
    }

    private static String anotherTenant(Data data) throws SQLException, NotApplicable {
        data.demandTable("res_company");
        long changed = data.change("update res_company set name = 'Muster ' || md5(name)", "there is no company");
        data.run("update res_partner set name = 'Muster ' || md5(name) where name is not null");
        data.run("update ir_config_parameter set value = md5(value) where key = 'database.uuid'");
        return changed + " companies and all their partners have other names";
    }

    private static String notNeutralised(Data data) throws SQLException, NotApplicable {
        data.demandTable("ir_config_parameter");
        List<String> guarded = new ArrayList<>();
        data.run("create function muster_fault() returns trigger language plpgsql as 'begin return null; end'");
        for (String table : OUTLETS) {
            if (!data.rows("select 1 where to_regclass('" + table + "') is not null")
                    .isEmpty()) {
                data.run("create trigger muster_fault before insert or update or delete on " + table
                        + " for each row execute function muster_fault()");
                data.run("alter table " + table + " enable always trigger muster_fault");
                guarded.add(table);
            }
        }
        return "triggers swallow every change of " + String.join(", ", guarded);
    }

    private static String modules(Data data) throws SQLException, NotApplicable {
        data.demandTable("ir_module_module");
        return data.change(
                        "update ir_module_module set state = 'uninstalled' where state = 'installed'",
                        "no module is installed")
                + " modules marked as not installed";
    }

    /** So many, since a file that Odoo itself has marked for collection tells of nothing when its rows are gone. */
    private static String attachmentRows(Data data) throws SQLException, NotApplicable {
        data.demandTable("ir_attachment");
        List<List<String>> files = data.rows("""
                select quote_literal(store_fname)
                from (select distinct store_fname from ir_attachment where store_fname is not null order by 1) file
                order by random()
                limit (select greatest(1, count(distinct store_fname) / 20) from ir_attachment)""");
        if (files.isEmpty()) {
            throw new NotApplicable("no attachment lies in the filestore");
        }
        data.erase(
                "ir_attachment",
                "store_fname in (" + files.stream().map(file -> file.get(0)).collect(Collectors.joining(", ")) + ")");
        return "the rows of " + files.size() + " files deleted";
    }

    private static String outOfBalance(Data data) throws SQLException, NotApplicable {
        data.demandTable("account_move_line");
        data.change("""
                update account_move_line set debit = coalesce(debit, 0) + 1 where id = (
                    select l.id from account_move_line l join account_move m on m.id = l.move_id
                    where m.state = 'posted' and coalesce(l.credit, 0) = 0 and l.debit > 0
                    order by random() limit 1)""", "no entry is posted");
        return "one line's debit raised by 1";
    }

    private static String withoutLines(Data data) throws SQLException, NotApplicable {
        data.demandTable("account_move_line");
        List<String> invoice = data.row("""
                select id, name from account_move where state = 'posted' and move_type in %s order by random() limit 1""".formatted(INVOICES), "no invoice is posted");
        data.erase("account_move_line", "move_id = " + invoice.get(0));
        return "all lines of the invoice " + invoice.get(1) + " deleted";
    }

    private static String invoiceLost(Data data) throws SQLException, NotApplicable {
        data.demandTable("account_move");
        List<String> invoice = data.row("""
                select id, name from (
                    select m.*, lag(id) over numbers as before, lead(id) over numbers as after
                    from account_move m where sequence_number > 0 and move_type in %s
                    window numbers as (partition by journal_id, sequence_prefix order by sequence_number)) numbered
                where state = 'posted' and before is not null and after is not null
                order by random() limit 1""".formatted(INVOICES), "no invoice lies between two others");
        data.erase("account_move", "id = " + invoice.get(0));
        return "the invoice " + invoice.get(1) + " deleted";
    }

    private static String stock(Data data) throws SQLException, NotApplicable {
        data.demandTable("stock_quant");
        data.change("""
                update stock_quant set quantity = quantity + 1 where id = (
                    select q.id from stock_quant q
                    join stock_location l on l.id = q.location_id and l.usage = 'internal'
                    order by random() limit 1)""", "nothing is in stock");
        return "the stock of one product in one place raised by 1";
    }

    private static String picking(Data data) throws SQLException, NotApplicable {
        data.demandTable("stock_picking");
        data.demandTable("sale_order");
        List<String> order = data.row("""
                select o.id, o.name from sale_order o
                where o.state in ('sale', 'done') and exists (select from stock_picking p where p.sale_id = o.id)
                order by random() limit 1""", "no confirmed order has a picking");
        data.run("update stock_picking set sale_id = null where sale_id = " + order.get(0));
        data.run("""
                update stock_move set picking_id = null
                where sale_line_id in (select id from sale_order_line where order_id = %s)""".formatted(order.get(0)));
        return "the pickings of the order " + order.get(1) + " taken from it";
    }
}
