package dev.muster.restore.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComplaintTest {
    private static final String NO_ROLE = "role \"erp\" does not exist";

    @Test
    void takes_a_missing_role_lightly_only_where_it_owns_or_holds_rights() {
        assertHarmless(NO_ROLE, "ALTER TABLE public.t OWNER TO erp");
        assertHarmless(NO_ROLE, "GRANT SELECT ON TABLE t TO erp");
        assertHarmless(NO_ROLE, "REVOKE ALL ON SCHEMA public FROM erp");
        assertHarmless(NO_ROLE, "ALTER DEFAULT PRIVILEGES FOR ROLE erp GRANT SELECT ON TABLES TO x");
        assertHarmless(NO_ROLE, "SET SESSION AUTHORIZATION erp");

        assertLoss(NO_ROLE, "CREATE POLICY own ON t TO erp USING (true)");
        assertLoss(NO_ROLE, "ALTER ROLE erp SET search_path TO x");
        assertLoss("relation \"t\" does not exist", "ALTER TABLE public.t OWNER TO erp");
        assertLoss("permission denied", "GRANT SELECT ON TABLE t TO erp");
    }

    @Test
    void takes_an_unknown_setting_lightly_only_in_the_session() {
        assertHarmless("unrecognized configuration parameter \"transaction_timeout\"", "SET transaction_timeout = 0");
        assertHarmless("invalid value for parameter \"default_tablespace\": \"fast\"", "SET default_tablespace = fast");

        assertLoss("unrecognized configuration parameter \"x\"", "ALTER FUNCTION f() SET x = 1");
        assertLoss("invalid value for parameter \"search_path\": \"x\"", "SET search_path = x");
    }

    @Test
    void does_not_blame_the_backup_for_what_the_machine_lacks() {
        assertWeight("extension \"postgis\" is not available", "CREATE EXTENSION postgis", Complaint.Weight.SCRATCH);
        assertWeight("could not extend file \"base/5/1\": No space left on device", "COPY t", Complaint.Weight.SCRATCH);
        assertWeight(
                "collation \"de_DE\" for encoding \"UTF8\" does not exist",
                "CREATE TABLE t ()",
                Complaint.Weight.SCRATCH);
        assertLoss("relation \"out of memory\" does not exist", "CREATE VIEW v AS x");
    }

    private static void assertHarmless(String message, String statement) {
        assertWeight(message, statement, Complaint.Weight.HARMLESS);
    }

    private static void assertLoss(String message, String statement) {
        assertWeight(message, statement, Complaint.Weight.LOSS);
    }

    private static void assertWeight(String message, String statement, Complaint.Weight weight) {
        assertThat(new Complaint(message, statement, "").weight()).as(statement).isEqualTo(weight);
    }
}
