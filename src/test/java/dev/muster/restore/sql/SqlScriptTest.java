package dev.muster.restore.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.OutOfReach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
    private static final int LONGEST = 1 << 20;

    @Test
    void splits_at_semicolons_and_tells_the_lines() throws IOException {
        SqlScript script = script("select 1;\n\n-- a word; between\ncreate table t (\n  a int\n);\n");

        assertThat(script.next()).contains(new SqlPiece.Statement(1, "select 1"));
        assertThat(script.next()).contains(new SqlPiece.Statement(4, "create table t (\n  a int\n)"));
        assertThat(script.next()).isEmpty();
    }

    @Test
    void does_not_split_within_quotes_comments_and_parentheses() throws IOException {
        for (String statement : List.of(
                "select ';', 'it''s;', \"a;b\"\"c\"",
                "select E'a\\';b', e'\\\\', 'ends with backslash\\'",
                "select E'it''s \\'; here'",
                "select $$ ; $$, $body$ ; $$ ; $bod$ ; $body$",
                "select a$b, $1 from c$d$e where f$ = 1",
                "select 1 /* ; /* nested ; */ ; */ + 2 -- and ; here\n + 3",
                "create rule r as on insert to t do (insert into a values (1); insert into b values (2))",
                "select U&'d\\0061t\\+000061;' as äöü")) {
            SqlScript script = script(statement + ";select 2;");

            assertThat(texts(script)).containsExactly(statement, "select 2");
        }
    }

    @Test
    void keeps_the_body_of_a_routine_in_standard_sql_together() throws IOException {
        String routine = """
                CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer
                    LANGUAGE sql
                    BEGIN ATOMIC
                 SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END;
                 SELECT 4;
                END""";

        assertThat(texts(script(routine + ";\nBEGIN;\nselect 1;\nEND;")))
                .containsExactly(routine, "BEGIN", "select 1", "END");
    }

    @Test
    void takes_a_backslash_for_an_escape_only_where_it_is_one() throws IOException {
        SqlScript plain = script("select 'a\\'; select 'b';");
        assertThat(texts(plain)).containsExactly("select 'a\\'", "select 'b'");

        SqlScript escaping = script("select 'a\\'; select ';");
        escaping.backslashesEscape(true);
        assertThat(texts(escaping)).containsExactly("select 'a\\'; select '");
    }

    @Test
    void hands_over_rows_up_to_their_end_and_goes_on_behind_it() throws IOException {
        SqlScript script = script("COPY t (a) FROM stdin;\n1\tx;\n\\N\t\\\\.\nab\\.\n\\.\n\nselect 1;\n");
        StringBuilder rows = new StringBuilder();

        script.next();
        boolean ended = script.rows(
                (bytes, from, length) -> rows.append(new String(bytes, from, length, StandardCharsets.UTF_8)));

        assertThat(ended).isTrue();
        assertThat(rows).hasToString("1\tx;\n\\N\t\\\\.\nab\\.\n");
        assertThat(script.next()).contains(new SqlPiece.Statement(7, "select 1"));
    }

    @Test
    void finds_the_end_of_rows_wherever_the_buffer_happens_to_end() throws IOException {
        for (int padding = (1 << 17) - 40; padding < (1 << 17) + 8; padding++) {
            String row = "x".repeat(padding) + "\n";
            SqlScript script = script("COPY t FROM stdin;\n" + row + "\\.\nselect 1;\n");
            long[] size = new long[1];

            script.next();

            assertThat(script.rows((bytes, from, length) -> size[0] += length)).isTrue();
            assertThat(size[0]).isEqualTo(row.length());
            assertThat(script.next()).contains(new SqlPiece.Statement(4, "select 1"));
        }
    }

    @Test
    void notices_rows_that_never_end() throws IOException {
        SqlScript script = script("COPY t FROM stdin;\n1\n2\n");
        script.next();

        assertThat(script.rows((bytes, from, length) -> {})).isFalse();
    }

    @Test
    void is_complete_only_when_the_last_line_is_there_and_nothing_follows_it() throws IOException {
        String end = "--\n-- PostgreSQL database dump complete\n--\n\n";

        assertThat(completed("select 1;\n" + end)).isTrue();
        assertThat(completed("\\restrict abc\nselect 1;\n" + end + "\\unrestrict abc\n"))
                .isTrue();
        assertThat(completed("select 1;\n")).isFalse();
        assertThat(completed(end + "select 1;\n")).isFalse();
        assertThat(completed("select 1;\n" + end + "select 2")).isFalse();
        assertThat(completed("select '\n" + end)).isFalse();
        assertThat(completed("")).isFalse();
    }

    @Test
    void tells_orders_to_psql_from_statements() throws IOException {
        SqlScript script = script("\\restrict abc\n\\! rm -rf /\nselect 1;");

        assertThat(script.next()).contains(new SqlPiece.Order(1, "\\restrict abc"));
        SqlPiece.Order order = (SqlPiece.Order) script.next().orElseThrow();
        assertThat(order.name()).isEqualTo("\\!");
        assertThat(order.argument()).isEqualTo("rm -rf /");
    }

    @Test
    void refuses_an_order_to_psql_in_the_middle_of_a_statement() {
        SqlScript script = script("select 1\n\\gexec\n");

        assertThatThrownBy(script::next).isInstanceOf(Damaged.class).hasMessageContaining("Line 2");
    }

    @Test
    void reads_past_a_statement_that_is_too_long_without_keeping_it() {
        SqlScript script = new SqlScript(stream("select '" + "x".repeat(5000) + "';"), 4096);

        assertThatThrownBy(script::next).isInstanceOf(OutOfReach.class).hasMessageContaining("4.0 KiB");
    }

    @Test
    void needs_no_more_memory_for_more_rows() throws IOException {
        InputStream rows = new InputStream() {
            private long left = 300L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = (int) Math.min(left, length);
                Arrays.fill(bytes, offset, offset + count, (byte) (left % 7 == 0 ? '\n' : 'x'));
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        SqlScript script = new SqlScript(
                new SequenceInputStream(
                        stream("COPY t FROM stdin;\n"), new SequenceInputStream(rows, stream("\n\\.\nselect 1;"))),
                LONGEST);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        script.next();
        assertThat(script.rows((bytes, from, length) -> {})).isTrue();

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
        assertThat(script.next()).isPresent();
    }

    private static boolean completed(String text) throws IOException {
        SqlScript script = script(text);
        texts(script);
        return script.complete();
    }

    private static List<String> texts(SqlScript script) throws IOException {
        List<String> texts = new ArrayList<>();
        Optional<SqlPiece> piece = script.next();
        while (piece.isPresent()) {
            if (piece.get() instanceof SqlPiece.Statement statement) {
                texts.add(statement.text());
            }
            piece = script.next();
        }
        return texts;
    }

    private static SqlScript script(String text) {
        return new SqlScript(stream(text), LONGEST);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
