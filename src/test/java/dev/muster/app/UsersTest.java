package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way in for those who have the machine. */
class UsersTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int muster(String... arguments) throws Exception {
        Path settings = Files.writeString(folder.resolve("muster.yaml"), "home: home\n");
        Playground.Outcome outcome = Playground.muster(settings, Clock.systemUTC(), arguments);
        out = outcome.out();
        err = outcome.err();
        return outcome.exit();
    }

    @Test
    void people_are_added_changed_and_let_in_again() throws Exception {
        assertThat(muster("users", "add", "ada", "administrator", "--display", "Ada"))
                .isZero();
        String first = out.lines().skip(1).findFirst().orElseThrow();
        assertThat(first).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
        assertThat(muster("users", "add", "ada", "viewer")).isEqualTo(2);
        assertThat(err).contains("There is somebody called ada already");
        assertThat(muster("users", "add", "kim", "king")).isEqualTo(2);
        assertThat(err).contains("There is no role `king`", "approver");
        assertThat(muster("users", "disable", "ada")).isEqualTo(2);
        assertThat(err).contains("ada is the last administrator");

        assertThat(muster("users", "add", "kim", "viewer", "approver")).isZero();
        assertThat(muster("users", "roles", "kim", "operator")).isZero();
        assertThat(muster("users", "disable", "kim")).isZero();
        assertThat(muster("users", "list")).isZero();
        assertThat(out).contains("kim", "operator", "disabled").doesNotContain(first);
        assertThat(muster("users", "reset", "ada", "--json")).isZero();
        JsonNode reset = JsonMapper.shared().readTree(out);
        assertThat(reset.path("oneTimePassword").asString()).isNotEqualTo(first);

        List<LedgerEvent> events =
                Ledger.open(folder.resolve("home/ledger"), Clock.systemUTC()).events();
        assertThat(events)
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.kind()).isEqualTo(EventKind.ACTED))
                .allSatisfy(event -> assertThat(event.details().get("by")).endsWith("at the command line"));
        assertThat(events.toString())
                .doesNotContain(first, reset.path("oneTimePassword").asString());
    }
}
