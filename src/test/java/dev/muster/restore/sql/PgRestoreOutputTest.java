package dev.muster.restore.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PgRestoreOutputTest {

    @Test
    void hears_what_the_server_refused_and_of_which_statement() {
        PgRestoreOutput output = heard(
                "pg_restore: from TOC entry 215; 1259 16389 TABLE c owner",
                "pg_restore: error: could not execute query: ERROR:  role \"owner\" does not exist",
                "Command was: ALTER TABLE public.c OWNER TO owner;",
                "",
                "pg_restore: error: COPY failed for table \"c\": ERROR:  invalid input syntax for type integer: \"x\"",
                "CONTEXT:  COPY c, line 1",
                "pg_restore: warning: errors ignored on restore: 2");

        assertThat(output.complaints())
                .containsExactly(
                        new Complaint("role \"owner\" does not exist", "ALTER TABLE public.c OWNER TO owner;", ""),
                        new Complaint("invalid input syntax for type integer: \"x\"", "COPY \"c\"", ""));
    }

    @Test
    void is_not_misled_when_two_processes_write_into_one_line() {
        PgRestoreOutput output = heard(
                "pg_restore: error: pg_restore: finished item 3348 TABLE DATA c",
                "could not execute query: ERROR:  role \"owner\" does not exist",
                "Command was: GRANT SELECT ON TABLE c TO owner;");

        assertThat(output.complaints())
                .containsExactly(
                        new Complaint("role \"owner\" does not exist", "GRANT SELECT ON TABLE c TO owner;", ""));
    }

    @Test
    void keeps_an_error_that_it_does_not_understand() {
        PgRestoreOutput output = heard(
                "pg_restore: error: could not execute query: ERROR:  role \"owner\" does not exist",
                "Command was: GRANT SELECT ON TABLE c TO owner;",
                "pg_restore: error: could not read from input file: end of file");

        assertThat(output.complaints())
                .extracting(Complaint::weight)
                .containsExactly(Complaint.Weight.HARMLESS, Complaint.Weight.LOSS);
    }

    private static PgRestoreOutput heard(String... lines) {
        PgRestoreOutput output = new PgRestoreOutput(line -> {});
        for (String line : lines) {
            output.accept(line);
        }
        return output;
    }
}
