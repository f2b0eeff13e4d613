package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusinessTest {
    private static final Instant NEWEST = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir
    private static Path home;

    private static SampleServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SampleServer(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        server.execute("drop schema public cascade; create schema public");
    }

    @Test
    void the_books_are_in_order_after_each_stretch_of_business() throws Exception {
        try (Connection connection = server.connect()) {
            Business business = Business.found(connection, 7, 700, NEWEST);
            business.growUntil(NEWEST.minus(Duration.ofDays(20)));
            server.isConsistent();
            business.growUntil(NEWEST.minus(Duration.ofDays(3)));
            server.isConsistent();
            business.growUntil(NEWEST.plus(Duration.ofMinutes(3)));
            server.isConsistent();
        }
        assertThat(server.number("select count(*) from sale_order")).isEqualTo(700);
    }

    @Test
    void each_question_about_the_books_can_be_answered_with_no() throws Exception {
        trade(7, NEWEST);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Consistency.holds(connection);
            for (String damage : List.of(
                    "update account_move_line set balance = balance + 1 where id = (select max(id) from account_move_line where balance > 0)",
                    "delete from account_move where id = (select max(id) - 1 from account_move)",
                    "update account_move set amount_total = amount_total + 1 where id = 1",
                    "update account_move set ref = null where id = (select max(id) from account_move where move_type = 'entry')",
                    "update stock_quant set quantity = quantity + 1 where id = 3",
                    "update stock_quant set quantity = -1 where location_id = 6",
                    "update stock_move_line set quantity = 0 where id = 5",
                    "update stock_picking set sale_id = null where sale_id = (select max(id) from sale_order)",
                    "update sale_order set state = 'cancel' where id = (select max(id) from sale_order)",
                    "update sale_order set amount_untaxed = 0 where id = 5",
                    "update account_move set invoice_origin = null where id = 1",
                    "select setval('sale_order_id_seq', 5)")) {
                statement.execute(damage);
                assertThatThrownBy(() -> Consistency.holds(connection))
                        .as(damage)
                        .isInstanceOf(AssertionError.class);
                connection.rollback();
            }
        }
        server.execute("select setval('sale_order_id_seq', 300)");
    }

    @Test
    void the_newest_of_each_process_is_minutes_old() throws Exception {
        trade(7, NEWEST);
        for (String table : new String[] {"sale_order", "stock_move", "account_move"}) {
            assertThat(server.column(
                            "select max(write_date) between '2026-11-21 06:59' and '2026-11-21 07:03' from " + table))
                    .containsExactly("t");
        }
    }

    @Test
    void the_same_seed_gives_the_same_company_and_another_seed_another() throws Exception {
        trade(7, NEWEST);
        Map<String, String> first = server.contents();
        clear();
        trade(7, NEWEST);
        assertThat(server.contents()).isEqualTo(first);
        clear();
        trade(8, NEWEST);
        assertThat(server.contents().get("sale_order_line")).isNotEqualTo(first.get("sale_order_line"));
    }

    @Test
    void every_key_is_valid() throws Exception {
        trade(7, NEWEST);
        assertThat(server.number("select count(*) from pg_constraint where contype = 'f' and convalidated"))
                .isGreaterThan(90);
        assertThat(server.number("select count(*) from pg_index where not indisvalid"))
                .isZero();
        assertThat(server.number("select count(*) from sale_month")).isGreaterThan(11);
    }

    private static void trade(long seed, Instant newest) throws SQLException {
        try (Connection connection = server.connect()) {
            Business.found(connection, seed, 300, newest).growUntil(newest.plus(Duration.ofMinutes(3)));
        }
    }
}
