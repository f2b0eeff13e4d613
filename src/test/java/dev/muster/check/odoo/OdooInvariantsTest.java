package dev.muster.check.odoo;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.check.Subject;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Small tables with the columns of Odoo 19, and with those of older versions where they differ. */
class OdooInvariantsTest {
    private static final List<String> RULES = List.of(
            "journal-entries-balance",
            "posted-invoices-have-lines",
            "invoice-numbers-without-holes",
            "stock-equals-moves",
            "confirmed-orders-have-pickings");

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void a_sound_odoo() throws Exception {
        RESTORED.sql(
                "create table ir_module_module (name varchar, state varchar)",
                "insert into ir_module_module values ('account', 'installed'), ('stock', 'installed'),"
                        + " ('sale_stock', 'installed'), ('purchase', 'uninstalled')",
                // Two invoices, a draft that no number has yet, a cancelled invoice, and a refund of its own series.
                "create table account_move (id int, name varchar, state varchar, move_type varchar, journal_id int,"
                        + " sequence_prefix varchar, sequence_number int, date date, made_sequence_gap boolean)",
                "insert into account_move values"
                        + " (1, 'INV/2026/00007', 'posted', 'out_invoice', 1, 'INV/2026/', 7, '2026-11-01', false),"
                        + " (2, 'INV/2026/00009', 'posted', 'out_invoice', 1, 'INV/2026/', 9, '2026-11-02', false),"
                        + " (3, 'INV/2026/00008', 'cancel', 'out_invoice', 1, 'INV/2026/', 8, '2026-11-02', false),"
                        + " (4, '/', 'draft', 'out_invoice', 1, '/', 0, '2026-11-03', false),"
                        + " (5, 'RINV/2026/00001', 'posted', 'out_refund', 1, 'RINV/2026/', 1, '2026-11-03', false),"
                        + " (6, 'INV/2027/00001', 'posted', 'out_invoice', 1, 'INV/2027/', 1, '2027-01-01', false),"
                        + " (7, 'BNK1/2026/00003', 'posted', 'entry', 2, 'BNK1/2026/', 3, '2026-11-03', false),"
                        + " (8, 'BNK1/2026/00009', 'posted', 'entry', 2, 'BNK1/2026/', 9, '2026-11-03', false)",
                "create table account_move_line (id serial, move_id int, display_type varchar, debit numeric,"
                        + " credit numeric)",
                "insert into account_move_line (move_id, display_type, debit, credit)"
                        + " select id, kind, debit, credit from account_move cross join (values"
                        + " ('line_section', null::numeric, null::numeric), ('product', 0, 100.10), ('tax', 0, 19.02),"
                        + " ('payment_term', 119.12, 0)) line (kind, debit, credit) where id <> 4",
                // A draft may be unfinished.
                "insert into account_move_line (move_id, display_type, debit, credit) values (4, 'product', 0, 5)",
                "create table uom_uom (id int, factor numeric, rounding numeric)",
                "insert into uom_uom values (1, 1, 0.01), (2, 0.083333333333, 0.01)",
                "create table product_template (id int, type varchar, is_storable boolean, default_code varchar,"
                        + " uom_id int)",
                "insert into product_template values (1, 'consu', true, 'CHAIR', 1), (2, 'consu', false, 'SCREWS', 1),"
                        + " (3, 'consu', true, 'LAMP', 1)",
                "create table product_product (id int, product_tmpl_id int)",
                "insert into product_product values (11, 1), (12, 2), (13, 3)",
                "create table stock_location (id int, usage varchar, complete_name varchar)",
                "insert into stock_location values (1, 'internal', 'WH/Stock'), (2, 'customer', 'Customers'),"
                        + " (3, 'supplier', 'Vendors')",
                "create table stock_move_line (id serial, state varchar, product_id int, product_uom_id int, lot_id int,"
                        + " location_id int, location_dest_id int, quantity numeric, quantity_product_uom numeric)",
                // Chairs come by the dozen; screws are not counted; lamps have lots.
                "insert into stock_move_line (state, product_id, product_uom_id, lot_id, location_id, location_dest_id,"
                        + " quantity, quantity_product_uom) values"
                        + " ('done', 11, 2, null, 3, 1, 2, 24), ('done', 11, 1, null, 1, 2, 5, 5),"
                        + " ('assigned', 11, 1, null, 1, 2, 3, 3), ('done', 12, 1, null, 1, 2, 100, 100),"
                        + " ('done', 13, 1, 71, 3, 1, 4, 4), ('done', 13, 1, 72, 3, 1, 6, 6)",
                "create table stock_quant (product_id int, location_id int, lot_id int, quantity numeric)",
                "insert into stock_quant values (11, 1, null, 12), (11, 1, null, 7), (13, 1, 71, 4), (13, 1, 72, 6)",
                "create table sale_order (id int, name varchar, state varchar, date_order timestamp)",
                "insert into sale_order values (1, 'S1', 'sale', now()), (2, 'S2', 'sale', now()), (3, 'S3', 'draft', now()),"
                        + " (4, 'S4', 'sale', now()), (5, 'S5', 'sale', now()), (6, 'S6', 'cancel', now())",
                "create table sale_order_line (id int, order_id int, product_id int, product_uom_qty numeric,"
                        + " qty_delivered_method varchar)",
                // S4 was sold before there was a warehouse; S5 sells what nobody counts.
                "insert into sale_order_line values (101, 1, 11, 3, 'stock_move'), (102, 2, 11, 1, 'stock_move'),"
                        + " (103, 3, 11, 1, 'stock_move'), (104, 4, 11, 1, 'manual'), (105, 5, 12, 1, 'stock_move'),"
                        + " (106, 6, 11, 1, 'stock_move')",
                "create table stock_picking (id int, sale_id int)",
                "insert into stock_picking values (201, 1), (202, null)",
                "create table stock_move (id int, sale_line_id int, picking_id int)",
                "insert into stock_move values (301, 101, 201), (302, 102, 202)");
    }

    @Test
    void a_sound_odoo_passes() throws Exception {
        Map<String, CheckResult> results = ask();

        assertThat(results).hasSize(RULES.size() + 1);
        assertThat(results.values())
                .allSatisfy(
                        result -> assertThat(result.verdict()).as(said(result)).isEqualTo(Verdict.PASSED));
        assertThat(named(results, "stock-equals-moves").observations()).containsEntry("looked at", "5");
        assertThat(named(results, "confirmed-orders-have-pickings").observations())
                .containsEntry("looked at", "2");
    }

    @Test
    void an_entry_a_cent_out_of_balance_is_named() throws Exception {
        RESTORED.sql(
                "update account_move_line set debit = debit + 0.01 where move_id = 2 and display_type = 'payment_term'");

        assertThat(onlyFailed("journal-entries-balance"))
                .contains("entry=INV/2026/00009, debits=119.13, credits=119.12")
                .contains("no balance sheet");
    }

    @Test
    void an_invoice_that_has_but_its_headings_left_is_named() throws Exception {
        RESTORED.sql("delete from account_move_line where move_id = 2 and display_type <> 'line_section'");

        assertThat(onlyFailed("posted-invoices-have-lines"))
                .contains("invoice=INV/2026/00009")
                .contains("neither defended nor collected");
    }

    @Test
    void an_invoice_without_any_lines_of_versions_that_left_their_kind_empty_is_named() throws Exception {
        RESTORED.sql(
                "update account_move_line set display_type = null where display_type <> 'line_section'",
                "delete from account_move_line where move_id = 1 and display_type is null");

        assertThat(onlyFailed("posted-invoices-have-lines")).contains("found 1, such as id=1, invoice=INV/2026/00007");
    }

    @Test
    void a_hole_in_the_numbers_is_named() throws Exception {
        RESTORED.sql("delete from account_move where id = 3");

        assertThat(onlyFailed("invoice-numbers-without-holes"))
                .contains("sequence_prefix=INV/2026/, first_missing=8, last_missing=8")
                .contains("missing invoice");
    }

    @Test
    void a_hole_that_odoo_had_marked_is_none_of_the_backups() throws Exception {
        RESTORED.sql(
                "delete from account_move where id = 3",
                "update account_move set made_sequence_gap = true where id = 2");

        assertThat(named(ask(), "invoice-numbers-without-holes").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_hole_is_seen_where_odoo_marks_none() throws Exception {
        RESTORED.sql("delete from account_move where id = 3", "alter table account_move drop made_sequence_gap");

        assertThat(onlyFailed("invoice-numbers-without-holes")).contains("first_missing=8");
    }

    @Test
    void stock_that_its_moves_do_not_explain_is_named() throws Exception {
        RESTORED.sql("update stock_quant set quantity = 13 where quantity = 12");

        assertThat(onlyFailed("stock-equals-moves"))
                .contains("location=WH/Stock, product_id=11, product=CHAIR, lot_id=null, in_stock=20, by_moves=19")
                .contains("goods are promised");
    }

    @Test
    void lost_stock_and_lost_moves_are_named() throws Exception {
        RESTORED.sql("delete from stock_quant where product_id = 11");
        assertThat(onlyFailed("stock-equals-moves")).contains("in_stock=0, by_moves=19");

        RESTORED.sql("delete from stock_move_line where product_id = 11");
        assertThat(named(ask(), "stock-equals-moves").verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql("delete from stock_move_line where lot_id = 72");
        assertThat(onlyFailed("stock-equals-moves")).contains("product=LAMP, lot_id=72, in_stock=6, by_moves=0");
    }

    @Test
    void two_lots_that_changed_places_are_named() throws Exception {
        RESTORED.sql("update stock_quant set lot_id = 143 - lot_id where product_id = 13");

        assertThat(onlyFailed("stock-equals-moves")).contains("product=LAMP, lot_id=71, in_stock=6, by_moves=4");
    }

    @Test
    void what_a_lot_took_from_goods_without_one_is_no_difference() throws Exception {
        RESTORED.sql(
                "insert into stock_move_line (state, product_id, product_uom_id, lot_id, location_id, location_dest_id,"
                        + " quantity, quantity_product_uom) values ('done', 13, 1, null, 3, 1, 2, 2),"
                        + " ('done', 13, 1, 71, 1, 2, 5, 5)",
                "update stock_quant set quantity = 0 where lot_id = 71",
                "insert into stock_quant values (13, 1, null, 1)");

        assertThat(named(ask(), "stock-equals-moves").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void in_older_versions_done_amounts_are_turned_into_the_products_unit() throws Exception {
        RESTORED.sql(
                "alter table stock_move_line drop quantity_product_uom",
                "alter table stock_move_line rename quantity to qty_done",
                "alter table product_template drop is_storable",
                "update product_template set type = 'product' where id <> 2");
        Map<String, CheckResult> sound = ask();
        assertThat(named(sound, "stock-equals-moves").verdict())
                .as(said(named(sound, "stock-equals-moves")))
                .isEqualTo(Verdict.PASSED);
        assertThat(named(sound, "confirmed-orders-have-pickings").verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql("update stock_move_line set qty_done = 1 where product_uom_id = 2");

        assertThat(onlyFailed("stock-equals-moves")).contains("in_stock=19, by_moves=7.00");
    }

    @Test
    void a_confirmed_order_whose_picking_is_lost_is_named() throws Exception {
        RESTORED.sql(
                "delete from stock_picking where id = 202", "update stock_move set picking_id = null where id = 302");

        assertThat(onlyFailed("confirmed-orders-have-pickings"))
                .contains("found 1, such as id=2, confirmed_order=S2")
                .contains("the customer waits");
    }

    @Test
    void an_order_that_waits_for_a_purchase_has_no_picking_yet() throws Exception {
        RESTORED.sql(
                "delete from stock_move where id = 302",
                "create table purchase_order_line (id int, sale_line_id int)",
                "insert into purchase_order_line values (1, 102)");

        assertThat(named(ask(), "confirmed-orders-have-pickings").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_module_that_is_not_installed_is_told_and_is_no_pass() throws Exception {
        RESTORED.sql("update ir_module_module set state = 'uninstalled' where name = 'sale_stock'");

        Map<String, CheckResult> results = ask();

        assertThat(results).doesNotContainKey("confirmed-orders-have-pickings").hasSize(RULES.size());
        assertThat(named(results, "odoo-modules").observations())
                .containsEntry("confirmed-orders-have-pickings", "not asked: the module sale_stock is not installed")
                .containsEntry("stock-equals-moves", "asked");
    }

    @Test
    void a_process_that_counts_on_a_rule_is_not_proven_without_its_module() throws Exception {
        RESTORED.sql("update ir_module_module set state = 'uninstalled' where name = 'sale_stock'");
        Runbook runbook = RestoredDatabase.runbook(Map.of());
        BusinessProcess delivery = new BusinessProcess(
                "delivery", runbook.objectives(), Optional.empty(), List.of("confirmed-orders-have-pickings"));

        CheckResult result = named(ask(counting(runbook, delivery)), "confirmed-orders-have-pickings");

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("The module sale_stock is not installed");
    }

    @Test
    void an_odoo_without_any_of_the_modules_proves_nothing() throws Exception {
        RESTORED.sql("update ir_module_module set state = 'uninstalled'");

        Map<String, CheckResult> results = ask();

        assertThat(results).containsOnlyKeys("odoo-modules");
        assertThat(named(results, "odoo-modules").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }

    @Test
    void a_database_that_is_no_odoo_proves_nothing() throws Exception {
        RESTORED.sql("drop table ir_module_module");

        assertThat(ask().values()).allSatisfy(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
            assertThat(said(result)).contains("no table ir_module_module");
        });
    }

    @Test
    void tables_without_rows_prove_nothing() throws Exception {
        RESTORED.sql("truncate account_move, account_move_line, stock_move_line, stock_quant, sale_order_line");

        Map<String, CheckResult> results = ask();

        assertThat(RULES)
                .allSatisfy(rule ->
                        assertThat(named(results, rule).verdict()).as(rule).isEqualTo(Verdict.COULD_NOT_RUN));
    }

    /** What the one rule said that failed, while all others held. */
    private static String onlyFailed(String rule) throws InterruptedException {
        Map<String, CheckResult> results = ask();
        results.forEach((name, result) -> assertThat(result.verdict())
                .as(name + ": " + said(result))
                .isEqualTo(name.equals(rule) ? Verdict.FAILED : Verdict.PASSED));
        return said(named(results, rule));
    }

    private static CheckResult named(Map<String, CheckResult> results, String name) {
        return Optional.ofNullable(results.get(name)).orElseThrow();
    }

    private static Map<String, CheckResult> ask() throws InterruptedException {
        return ask(RESTORED.subject());
    }

    private static Map<String, CheckResult> ask(Subject subject) throws InterruptedException {
        Map<String, CheckResult> results = new LinkedHashMap<>();
        Checks.shipped(Clock.systemUTC())
                .run(new Step.Check("odoo-invariants", Map.of()), subject, Progress.SILENT)
                .forEach(result -> results.put(result.name(), result));
        return results;
    }

    private static Subject counting(Runbook runbook, BusinessProcess process) {
        Subject subject = RESTORED.subject();
        return new Subject(
                new Runbook(
                        runbook.name(),
                        runbook.title(),
                        runbook.system(),
                        runbook.owner(),
                        runbook.scenario(),
                        runbook.schedule(),
                        runbook.objectives(),
                        Map.of(process.name(), process),
                        runbook.backups(),
                        runbook.scratch(),
                        runbook.deadlines(),
                        runbook.steps(),
                        runbook.baseline(),
                        runbook.leastDetected(),
                        runbook.governance(),
                        Optional.empty(),
                        runbook.file(),
                        runbook.sha256(),
                        Optional.empty()),
                subject.database(),
                subject.filestore(),
                subject.configuration(),
                subject.disaster(),
                subject.readings());
    }
}
