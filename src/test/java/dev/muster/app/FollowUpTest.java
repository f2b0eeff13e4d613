package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.Playground.Outcome;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.signing.approver.Person;
import dev.muster.signing.timestamp.TimestampServer;
import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What comes after a drill. The drills find no backup, which is the quickest way to evidence. */
class FollowUpTest {
    @TempDir
    Path temporary;

    private Playground playground;
    private Path runbook;

    @BeforeEach
    void opens() throws IOException {
        playground = new Playground(temporary);
        runbook = playground.runbook(
                "- restore: database\n- check: database-integrity\n",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
    }

    @AfterEach
    void closes() {
        playground.close();
    }

    private void settings(String line) throws IOException {
        Files.writeString(temporary.resolve("muster.yaml"), line + "\n", StandardOpenOption.APPEND);
    }

    private JsonNode drill() {
        Outcome outcome = playground.muster("run", runbook.toString(), "--json");
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(3);
        return outcome.json();
    }

    private Path key() {
        return temporary.resolve("home/keys/evidence-key.pem");
    }

    private Path away() {
        return temporary.resolve("away.pem");
    }

    /** A drill whose key vanishes once the drill has begun. */
    private Outcome drillAndLoseTheKey() {
        return drillAnd(said -> {
            if (Files.exists(key()) && said.contains("drill trial-")) {
                Files.move(key(), away());
            }
        });
    }

    /** What happens while a drill says how it goes. */
    private interface Meanwhile {
        void happens(String said) throws IOException;
    }

    private Outcome drillAnd(Meanwhile meanwhile) {
        ByteArrayOutputStream err = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                try {
                    meanwhile.happens(toString(StandardCharsets.UTF_8));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
        return Playground.muster(temporary.resolve("muster.yaml"), Clock.systemUTC(), err, "run", runbook.toString());
    }

    private Outcome verify(Path bundle) {
        return playground.muster(
                "verify",
                bundle.toString(),
                "--trust",
                temporary.resolve("home/keys").toString());
    }

    private Path draft() throws IOException {
        try (Stream<Path> drafts = Files.list(temporary.resolve("home/evidence/unfinished"))) {
            return drafts.findFirst().orElseThrow();
        }
    }

    @Test
    void a_drill_does_not_begin_without_a_key() throws IOException {
        Files.move(key(), away());

        assertThat(playground.muster("run", runbook.toString()).err()).contains("There is no signing key");
        assertThat(playground.muster("drills").out()).contains("No drill yet");
    }

    @Test
    void a_result_is_kept_while_the_key_is_away_and_signed_when_it_is_back() throws Exception {
        Outcome run = drillAndLoseTheKey();
        String drill = draft().getFileName().toString();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .contains("COULD NOT RUN", "The evidence is not signed yet", "There is no signing key")
                .contains("run `muster evidence complete " + drill + "`");
        assertThat(playground.muster("drills").out()).contains(drill, "COULD NOT RUN");
        assertThat(playground.muster("evidence", "list").out()).contains(drill, "signature", "There is no signing key");
        assertThat(playground.muster("show", drill).out())
                .contains("The evidence lacks its signature", "muster evidence complete " + drill);
        assertThat(playground
                        .muster("evidence", "action", drill, "--finding", "x", "--owner", "Kim")
                        .err())
                .contains("has no bundle", "muster evidence list");
        assertThat(playground.muster("evidence", "complete", drill))
                .satisfies(tooEarly -> assertThat(tooEarly.exit()).isEqualTo(3))
                .satisfies(tooEarly -> assertThat(tooEarly.err()).contains("There is no signing key"));

        Files.move(away(), key());
        Outcome completed = playground.muster("evidence", "complete", drill, "--json");

        assertThat(completed.exit()).as(completed.err()).isZero();
        Path bundle =
                Path.of(completed.json().path("completed").path(0).path("file").asString());
        assertThat(verify(bundle).exit()).as(verify(bundle).out()).isZero();
        assertThat(bundle.resolveSibling("drill-" + drill + ".html")).exists();
        assertThat(playground.muster("report", drill).out()).contains(drill);
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
        assertThat(playground.muster("ledger", "show").out()).contains("EVIDENCE_COMPLETED");
        assertThat(playground.muster("evidence", "list").out()).contains("All evidence is complete.");
        assertThat(temporary.resolve("home/evidence/unfinished")).isEmptyDirectory();
    }

    @Test
    void a_result_is_kept_while_something_is_in_the_way_of_its_bundle() throws Exception {
        AtomicReference<Path> inTheWay = new AtomicReference<>();
        Outcome run = drillAnd(said -> {
            Matcher name = Pattern.compile("drill (trial-\\S+)").matcher(said);
            if (inTheWay.get() == null && name.find()) {
                inTheWay.set(temporary.resolve("home/evidence/drill-" + name.group(1) + ".zip"));
                Files.createDirectories(inTheWay.get());
            }
        });
        assertThat(run.out()).contains("COULD NOT RUN", "The evidence is not signed yet", "could not be written");

        Path folder = Objects.requireNonNull(inTheWay.get());
        Files.delete(folder);
        assertThat(playground.muster("evidence", "complete").out()).contains("signature added, in " + folder);
        assertThat(verify(folder).exit()).isZero();
    }

    @Test
    void a_draft_that_was_changed_is_not_signed() throws Exception {
        drillAndLoseTheKey();
        Files.move(away(), key());
        Path record = draft().resolve("evidence.json");
        Files.writeString(record, Files.readString(record).replace("COULD_NOT_RUN", "PASSED"));

        Outcome refused = playground.muster("evidence", "complete");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("is not what the drill left", record.toString());
        Path list = draft().resolve("SHA256SUMS");
        Files.writeString(list, "");
        assertThat(playground.muster("evidence", "complete").err())
                .contains("is not what the drill left", list.toString());
    }

    @Test
    void a_timestamp_that_could_not_be_had_is_added_beside_the_bundle_later() throws Exception {
        try (TimestampServer server = new TimestampServer()) {
            server.anchor(temporary.resolve("home/keys/tsa.pem"));
            settings("timestamp: { url: \"" + server.url() + "\", certificate: home/keys/tsa.pem }");
            Path stamped = Path.of(drill().path("bundle").asString());
            assertThat(verify(stamped).out())
                    .contains("so says the timestamp authority CN=Clock of the harbour, which you trust", "VALID");

            assertThat(playground.muster("doctor").out()).contains("timestamp authority: answers as it should");

            server.fallSilent();
            assertThat(playground.muster("doctor").out())
                    .contains("timestamp authority: The timestamp authority gave no timestamp");
            Outcome run = playground.muster("run", runbook.toString());
            assertThat(run.out()).contains("EVIDENCE: The timestamp authority gave no timestamp", "HTTP status 503");
            assertThat(playground.muster("evidence", "list").out()).contains("timestamp", "HTTP status 503");
            assertThat(playground.muster("evidence", "complete").exit()).isEqualTo(3);

            server.recover();
            JsonNode added = playground
                    .muster("evidence", "complete", "--json")
                    .json()
                    .path("completed")
                    .path(0);
            Path followUp = Path.of(added.path("file").asString());
            assertThat(added.path("added").asString()).isEqualTo("TIMESTAMP");
            Path bundle = followUp.resolveSibling("drill-" + added.path("drill").asString() + ".zip");
            assertThat(verify(bundle).out())
                    .contains("No timestamp authority vouches in the bundle")
                    .contains("Follow-up 1, ", "so says the timestamp authority CN=Clock of the harbour");
            assertThat(playground.muster("evidence", "list").out()).contains("All evidence is complete.");
        }
    }

    @Test
    void an_action_on_a_finding_is_signed_beside_the_bundle() throws Exception {
        JsonNode drilled = drill();
        String drill = drilled.path("drill").asString();
        Path bundle = Path.of(drilled.path("bundle").asString());
        byte[] before = Files.readAllBytes(bundle);

        assertThat(playground
                        .muster(
                                "evidence",
                                "action",
                                drill,
                                "--finding",
                                "no backup since <Friday>",
                                "--owner",
                                "Kim",
                                "--due",
                                "2026-12-31",
                                "--ticket",
                                "OPS-7")
                        .out())
                .contains("Follow-up 1: Kim looks after “no backup since <Friday>” (due 2026-12-31, ticket OPS-7).");
        assertThat(playground
                        .muster(
                                "evidence",
                                "action",
                                drill,
                                "--finding",
                                "no backup since <Friday>",
                                "--owner",
                                "Kim",
                                "--retest",
                                drill,
                                "--close")
                        .out())
                .contains("Follow-up 2: Kim closed “no backup since <Friday>” (retest " + drill + ").");

        assertThat(bundle).hasBinaryContent(before);
        assertThat(verify(bundle).out()).contains("Kim looks after", "Kim closed", "2 follow-ups lie beside", "VALID");
        assertThat(playground.muster("show", drill).out()).contains("ACTION_NOTED", "FINDING_CLOSED", "Kim closed");
        assertThat(playground.muster("report", drill).out()).contains("no backup since &lt;Friday&gt;", "OPS-7");
        assertThat(playground
                        .muster("evidence", "action", drill, "--finding", "7", "--owner", "Kim")
                        .err())
                .contains("none with the number 7");
        assertThat(playground
                        .muster("evidence", "action", drill, "--finding", "x", "--owner", "Kim", "--due", "soon")
                        .err())
                .contains("That is no date");
        assertThat(playground
                        .muster("evidence", "action", drill, "--finding", "x", "--owner", "Kim", "--retest", "trial-1")
                        .err())
                .contains("The ledger knows no drill trial-1");

        Path first = bundle.resolveSibling("drill-" + drill + ".followup-1.json");
        // The last one, which no other names by its digest.
        Path last = bundle.resolveSibling("drill-" + drill + ".followup-2.json");
        byte[] content = Files.readAllBytes(last);
        for (int place = 0; place < content.length; place += 97) {
            byte[] changed = content.clone();
            changed[place] ^= 1;
            Files.write(last, changed);
            assertThat(verify(bundle).exit()).as("byte " + place).isEqualTo(5);
        }
        String text = new String(content, StandardCharsets.UTF_8);
        Files.writeString(last, text.replace("bundle.v0.3", "bundle.v0.4"));
        assertThat(verify(bundle).out()).contains("This is no follow-up as Muster writes them");
        Files.writeString(last, text.replaceFirst("\"sig\":\"....", "\"sig\":\"AAAA"));
        assertThat(verify(bundle).out()).contains("The signature of the follow-up does not hold");
        Files.write(last, content);
        Files.delete(first);
        assertThat(verify(bundle).out()).contains("A follow-up before this one is missing", "INVALID");
        assertThat(playground.muster("show", drill).out()).contains("Follow-up 1 (ACTION_NOTED at ");
        assertThat(playground
                        .muster("evidence", "action", drill, "--finding", "x", "--owner", "Kim")
                        .err())
                .contains("is missing or was changed");
        Files.delete(bundle.resolveSibling("drill-" + drill + ".followup-2.json"));
        assertThat(verify(bundle).out())
                .contains("No follow-up lies beside the bundle; whether later ones are missing");

        String other = drill().path("drill").asString();
        JsonNode foreign = playground
                .muster("evidence", "action", other, "--finding", "x", "--owner", "Kim", "--json")
                .json();
        Files.copy(Path.of(foreign.path("file").asString()), first);
        assertThat(verify(bundle).out()).contains("The follow-up belongs to another bundle", "INVALID");
        assertThat(playground.muster("show", drill).out()).contains("The ledger does not know this follow-up");
    }

    @Test
    @Needs("ssh-keygen")
    void a_reviewer_signs_off_with_a_key_of_their_own() throws Exception {
        Person lee = new Person(temporary.resolve("lee"), "-t", "ed25519");
        Person mallory = new Person(temporary.resolve("mallory"), "-t", "ed25519");
        JsonNode drilled = drill();
        String drill = drilled.path("drill").asString();
        Path bundle = Path.of(drilled.path("bundle").asString());
        Path signature = lee.sign(bundle, "muster-sign-off");
        String[] signOff = {
            "evidence",
            "sign-off",
            drill,
            "--by",
            "lee@example.com",
            "--comment",
            "Read and agreed.",
            "--signature",
            signature.toString()
        };
        assertThat(playground.muster(signOff).err()).contains("The settings name nobody who may sign off");

        String allowed = "lee@example.com namespaces=\"muster-sign-off\" " + lee.publicKey() + "\n";
        Files.writeString(temporary.resolve("approvers"), allowed);
        settings("approvers: approvers");
        Files.copy(signature, temporary.resolve("lees.sig"));
        mallory.sign(bundle, "muster-sign-off");
        assertThat(playground.muster(signOff).err()).contains("is not among the approvers");
        lee.sign(bundle, "git");
        assertThat(playground.muster(signOff).err()).contains("made for git and not for muster-sign-off");
        lee.sign(bundle, "muster-sign-off");
        assertThat(playground.muster(signOff).out())
                .contains("lee@example.com signed off: “Read and agreed.” (key SHA256:")
                .doesNotContain("SELF-ATTESTED", "is the operator");

        assertThat(verify(bundle).out()).contains("Whose key SHA256:", "you have to take on trust", "VALID");
        Files.writeString(temporary.resolve("home/keys/allowed_signers"), allowed);
        assertThat(verify(bundle).out()).contains("as lee@example.com's.", "VALID");
        assertThat(playground.muster("report", drill).out()).contains("signed off: “Read and agreed.”");
        signOff[4] = "kim@example.com";
        assertThat(playground.muster(signOff).err())
                .contains("it was made by lee@example.com", "and not by kim@example.com");
    }

    @Test
    @Needs("ssh-keygen")
    void the_operator_and_the_evidence_key_are_named_when_they_sign_off() throws Exception {
        String operator = System.getProperty("user.name");
        Person self = new Person(temporary.resolve("self"), "-t", "ed25519");
        String drill = drill().path("drill").asString();
        Path bundle = temporary.resolve("home/evidence/drill-" + drill + ".zip");
        String evidenceKey =
                SigningKeys.open(temporary.resolve("home/keys")).publicKey().sshKey();
        Files.writeString(
                temporary.resolve("approvers"), operator + " " + self.publicKey() + "\nboss " + evidenceKey + "\n");
        settings("approvers: approvers");
        assertThat(playground.muster("doctor").out()).contains("approvers: 2 keys in ");

        assertThat(playground
                        .muster(
                                "evidence",
                                "sign-off",
                                drill,
                                "--by",
                                operator,
                                "--signature",
                                self.sign(bundle, "muster-sign-off").toString())
                        .out())
                .contains("the reviewer is the operator of the drill");
        Path signature = Files.writeString(
                temporary.resolve("boss.sig"),
                SshSignature.sign(
                        Files.readAllBytes(bundle),
                        "muster-sign-off",
                        SigningKeys.open(temporary.resolve("home/keys"))));
        assertThat(playground
                        .muster("evidence", "sign-off", drill, "--by", "boss", "--signature", signature.toString())
                        .out())
                .contains("SELF-ATTESTED");
    }

    @Test
    @Needs("ssh-keygen")
    void a_runbook_is_approved_by_a_signature_beside_it() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        Files.writeString(
                temporary.resolve("approvers"),
                System.getProperty("user.name") + "@example.com namespaces=\"muster-approval\" " + kim.publicKey()
                        + "\n");

        assertThat(record(drill())
                        .path("objectives")
                        .path("approved")
                        .path("signature")
                        .asString("UNSIGNED"))
                .isEqualTo("UNSIGNED");
        assertThat(record(drill()).path("findings").toString()).doesNotContain("approval");

        kim.sign(runbook, "muster-approval");
        JsonNode unknown = record(drill());
        assertThat(unknown.path("objectives").path("approved").path("signature").asString("UNSIGNED"))
                .isEqualTo("UNSIGNED");
        assertThat(unknown.path("findings").toString()).contains("MAJOR", "the settings name no file of `approvers`");

        settings("approvers: approvers");
        JsonNode approved = record(drill());
        assertThat(approved.path("objectives")
                        .path("approved")
                        .path("signature")
                        .asString())
                .isEqualTo("SIGNED");
        assertThat(approved.path("objectives").path("approved").path("by").asString())
                .isEqualTo(System.getProperty("user.name") + "@example.com");
        assertThat(approved.path("people").path("approverIsOperator").asBoolean())
                .isTrue();
        assertThat(approved.path("findings").toString()).doesNotContain("approv");
        assertThat(record(playground
                                .muster("run", runbook.toString(), "--set", "scratch.postgres=14", "--json")
                                .json())
                        .path("findings")
                        .toString())
                .contains("The drill departs from the runbook as it was approved");

        Files.writeString(runbook, Files.readString(runbook) + "# changed\n");
        JsonNode stale = record(drill());
        assertThat(stale.path("objectives").path("approved").path("signature").asString("UNSIGNED"))
                .isEqualTo("UNSIGNED");
        assertThat(stale.path("findings").toString())
                .contains("MAJOR", "it was made over something else", "ssh-keygen -Y sign -n muster-approval -f KEY");

        Files.writeString(temporary.resolve("approvers"), "nonsense\n");
        assertThat(record(drill()).path("findings").toString()).contains("MAJOR", "approvers:1");

        Files.writeString(
                runbook.resolveSibling(runbook.getFileName() + ".sig"),
                SshSignature.sign(
                        Files.readAllBytes(runbook),
                        "muster-approval",
                        SigningKeys.open(temporary.resolve("home/keys"))));
        Files.writeString(
                temporary.resolve("approvers"),
                "boss "
                        + SigningKeys.open(temporary.resolve("home/keys"))
                                .publicKey()
                                .sshKey());
        JsonNode self = record(drill());
        assertThat(self.path("objectives").path("approved").path("signature").asString())
                .isEqualTo("SELF_ATTESTED");
        assertThat(playground
                        .muster("report", self.path("recordControl").path("id").asString())
                        .out())
                .contains("self-attested");
    }

    private JsonNode record(JsonNode drilled) {
        return playground
                .muster("report", drilled.path("drill").asString(), "--format", "json")
                .json();
    }
}
