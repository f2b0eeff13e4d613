package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExtensionsThereTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void shows_each_extension_and_loads_its_functions() throws Exception {
        RESTORED.sql("create extension pg_trgm version '1.5'");
        try {
            CheckResult result = RESTORED.ask("extensions-there");

            assertThat(said(result)).isEmpty();
            assertThat(result.observations())
                    .containsEntry("extension plpgsql", "1.0")
                    .containsEntry("extension pg_trgm", "1.5, the server brings 1.6")
                    .containsEntry("libraries", "2");
        } finally {
            RESTORED.sql("drop extension pg_trgm");
        }
    }

    @Test
    void an_extension_that_the_server_lacks_is_named_and_is_not_a_pass() throws Exception {
        RESTORED.sql(
                "create extension pg_trgm", "update pg_extension set extname = 'pg_absent' where extname = 'pg_trgm'");
        try {
            CheckResult result = RESTORED.ask("extensions-there");

            assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
            assertThat(said(result)).contains("extension pg_absent 1.6: the server does not have it");
        } finally {
            RESTORED.sql("drop extension pg_absent");
        }
    }

    @Test
    void a_library_that_lacks_a_function_is_named() throws Exception {
        RESTORED.sql("create extension pg_trgm", "update pg_proc set prosrc = 'absent' where proname = 'show_trgm'");
        try {
            assertThat(said(RESTORED.ask("extensions-there")))
                    .contains("library $libdir/pg_trgm: could not find function \"absent\"");
        } finally {
            RESTORED.sql("drop extension pg_trgm");
        }
    }

    @Test
    void a_library_from_elsewhere_is_not_loaded_and_not_passed() throws Exception {
        RESTORED.sql(
                "create extension pg_trgm",
                "update pg_proc set probin = '$libdir/../../evil' where proname = 'show_trgm'");
        try {
            CheckResult result = RESTORED.ask("extensions-there");

            assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
            assertThat(said(result)).contains("library $libdir/../../evil: not among the server's own");
        } finally {
            RESTORED.sql("drop extension pg_trgm");
        }
    }
}
