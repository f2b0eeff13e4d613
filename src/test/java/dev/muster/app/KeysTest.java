package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys as the command line makes, shows, changes and examines them. */
class KeysTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void writesSettings() throws IOException {
        settings("");
    }

    private void settings(String keys) throws IOException {
        Files.writeString(folder.resolve("muster.yaml"), "home: home\n" + keys);
    }

    private int muster(String... arguments) {
        Playground.Outcome outcome = Playground.muster(folder.resolve("muster.yaml"), Clock.systemUTC(), arguments);
        out = outcome.out();
        err = outcome.err();
        return outcome.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    private JsonNode fact(String subject) {
        int ignored = muster("doctor", "--json");
        for (JsonNode fact : json().path("facts")) {
            if (fact.path("subject").asString().equals(subject)) {
                return fact;
            }
        }
        throw new AssertionError(subject + " is not among " + out);
    }

    @Test
    void keys_are_made_shown_and_changed_and_the_ledger_knows() {
        assertThat(muster("keys", "init", "--valid", "2y", "--json")).as(err).isZero();
        String evidence = json().path("keyId").asString();
        String ledger = json().path("ledgerKeyId").asString();
        assertThat(evidence).isNotEqualTo(ledger);

        assertThat(muster("keys", "rotate", "ledger", "--json")).as(err).isZero();
        assertThat(json().path("retired").asString()).isEqualTo(ledger);
        assertThat(muster("keys", "rotate")).isZero();
        assertThat(muster("keys", "rotate", "approvals")).isEqualTo(2);

        assertThat(muster("keys", "show")).isZero();
        assertThat(out.lines().filter(line -> line.startsWith("retired")))
                .hasSize(2)
                .anyMatch(line -> line.contains(evidence))
                .allMatch(line -> line.contains("Ed25519  valid until"));
        assertThat(out).contains("evidence-key.pem", "ledger-key.pem", "ssh-ed25519");
        Path checkpoint = folder.resolve("checkpoint");
        assertThat(muster("ledger", "checkpoint", "-o", checkpoint.toString()))
                .as(err)
                .isZero();
        assertThat(muster("keys", "rotate", "ledger")).isZero();
        assertThat(muster("ledger", "verify", "--since", checkpoint.toString()))
                .as(out)
                .isZero();
    }

    @Test
    void a_length_of_time_is_written_in_years_weeks_or_days() {
        for (String wrong : List.of("tomorrow", "2m", "0y", "-1d")) {
            assertThat(muster("keys", "init", "--valid=" + wrong)).as(wrong).isEqualTo(2);
            assertThat(err).contains("2y, 52w or 90d");
        }
        assertThat(folder.resolve("home/keys")).doesNotExist();
    }

    @Test
    void the_doctor_tries_each_key_and_warns_before_one_ends() throws IOException {
        assertThat(muster("keys", "init")).as(err).isZero();
        assertThat(fact("signing key").path("state").asString()).isEqualTo("GOOD");
        assertThat(fact("ledger key").path("what").asString()).contains("Ed25519", "ledger-key.pem");

        Path publicKey = folder.resolve("home/keys/evidence-key.pub.pem");
        settings("keys: { ledger: { program: { command: [\"false\"], publicKey: " + publicKey + " } } }\n");
        JsonNode broken = fact("ledger key");
        assertThat(broken.path("state").asString()).isEqualTo("WRONG");
        assertThat(broken.path("what").asString()).contains("ended with status 1");

        settings("");
        for (String file : List.of("evidence-key.pem", "ledger-key.pem")) {
            Files.delete(folder.resolve("home/keys").resolve(file));
        }
        assertThat(muster("keys", "init", "--valid", "20d")).as(err).isZero();
        JsonNode ending = fact("signing key");
        assertThat(ending.path("state").asString()).isEqualTo("MISSING");
        assertThat(ending.path("what").asString()).contains("soon at its end: valid until");
    }

    @Test
    void a_home_with_one_key_says_so() throws IOException {
        assertThat(muster("keys", "init")).isZero();
        Files.delete(folder.resolve("home/keys/ledger-key.pem"));
        Files.delete(folder.resolve("home/keys/ledger-key.pub.pem"));

        assertThat(fact("ledger key").path("what").asString()).contains("none of its own", "muster keys init");
        assertThat(muster("keys", "show")).isZero();
        assertThat(out).startsWith("evidence and ledger  ");
        assertThat(muster("keys", "init")).isZero();
        assertThat(out).startsWith("The key for ledger is");
    }
}
