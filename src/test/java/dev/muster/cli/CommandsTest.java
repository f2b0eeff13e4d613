package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int muster(String... arguments) {
        return new Commands(
                        (config, home) -> {
                            throw new AssertionError("no settings are needed");
                        },
                        (folder, address, home, progress) -> {
                            throw new AssertionError("no estate is needed");
                        },
                        (folder, secrets) -> {
                            throw new AssertionError("no worker is needed");
                        },
                        new Terminal(stream(out), stream(err), false),
                        Clock.systemUTC())
                .run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void without_a_command_says_what_there_is() {
        assertThat(muster()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err()).contains("Usage: muster", "demo", "doctor");
        assertThat(out.size()).isZero();
    }

    @Test
    void a_mistyped_command_line_is_answered_with_one_line() {
        assertThat(muster("run")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err())
                .isEqualToIgnoringNewLines("muster: Missing required parameter: 'RUNBOOK' (muster run)."
                        + " `muster run --help` says what may stand there.");
    }

    @Test
    void a_misspelt_command_is_answered_with_the_one_that_was_meant() {
        assertThat(muster("drils")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err()).contains("'drils'", "Did you mean `muster drills`?").hasLineCount(1);
    }

    @Test
    void a_group_of_commands_alone_is_answered_with_what_is_in_it() {
        assertThat(muster("keys")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err()).contains("muster keys", "--help").hasLineCount(1);
    }

    @Test
    void a_mistyped_command_line_is_a_document_where_one_is_asked_for() {
        assertThat(muster("run", "odoo-monthly", "--frob", "--json")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"problem\"", "--frob");
    }

    @Test
    void help_fits_a_terminal_of_eighty_columns() {
        assertThat(muster("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .contains("Exit codes: 0 passed, 1 failed, 2 wrong usage or settings, 3 could not run,");
    }

    @Test
    void an_option_that_commands_share_is_explained_as_each_of_them_means_it() {
        assertThat(help("run")).contains("The disaster instant, such as", "Restore this backup (object key or name)");
        assertThat(help("prove")).contains("The disaster instant, such as", "Set a value of the runbook, such as");
        assertThat(help("plan")).contains("The disaster instant; else now.", "Use this backup instead");
        assertThat(help("baseline"))
                .contains("With --from-drill: the disaster instant", "With --from-drill: restore this backup");
    }

    private String help(String command) {
        out.reset();
        assertThat(muster(command, "--help")).isZero();
        return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }
}
