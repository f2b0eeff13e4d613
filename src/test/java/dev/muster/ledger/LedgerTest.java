package dev.muster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T03:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private Ledger ledger() {
        return Ledger.open(temporary.resolve("ledger"), CLOCK);
    }

    private Path file() {
        return temporary.resolve("ledger/events.jsonl");
    }

    private Ledger withOneDrill() {
        Ledger ledger = ledger();
        ledger.append(EventKind.PLANNED, "d1", Map.of("process", "17", "host", "ship"));
        ledger.append(EventKind.STARTED, "d1", Map.of());
        ledger.append(EventKind.FINISHED, "d1", Map.of("verdict", "PASSED"));
        return ledger;
    }

    private void rewrite(List<String> lines) throws IOException {
        Files.write(file(), lines);
    }

    @Test
    void every_line_holds_the_digest_of_the_line_before() throws IOException {
        Ledger ledger = withOneDrill();

        assertThat(Files.readAllLines(file()).get(0))
                .isEqualTo("{\"at\":\"2026-11-01T03:00:00Z\",\"details\":{\"host\":\"ship\",\"process\":\"17\"},"
                        + "\"drill\":\"d1\",\"kind\":\"PLANNED\",\"previous\":\"" + "0".repeat(64)
                        + "\",\"sequence\":1}");
        List<LedgerEvent> events = ledger.events();
        assertThat(events).extracting(LedgerEvent::sequence).containsExactly(1L, 2L, 3L);
        assertThat(events.get(1).previous()).isEqualTo(events.get(0).digest());
        assertThat(events.get(2).previous()).isEqualTo(events.get(1).digest());
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void a_line_is_what_the_file_holds() throws IOException {
        Ledger ledger = withOneDrill();
        ledger.append(EventKind.MISSED, "d2", Map.of("why", "the \"host\" was down\nfor hours, \u00fcberall \u2192"));

        assertThat(Files.readAllLines(file()))
                .isEqualTo(ledger.events().stream().map(Ledger::line).toList());
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void what_people_did_is_found_by_what_it_says_the_newest_first() {
        Ledger ledger = withOneDrill();
        for (int number = 0; number < 5; number++) {
            ledger.append(EventKind.ACTED, "", Map.of("by", "kim", "action", "export", "on", "pack " + number));
        }
        ledger.append(EventKind.ACTED, "", Map.of("by", "eve", "action", "export", "on", "\"by\":\"kim\""));
        ledger.append(EventKind.MISSED, "d2", Map.of("by", "kim", "why", "\"kind\":\"ACTED\""));

        Found found = ledger.find(EventKind.ACTED, Map.of("by", "kim"), 1, 2);
        assertThat(found.all()).isEqualTo(5);
        assertThat(found.events())
                .extracting(event -> event.details().get("on"))
                .containsExactly("pack 3", "pack 2");
        assertThat(ledger.find(EventKind.ACTED, Map.of(), 5, 2).events()).hasSize(1);
        assertThat(ledger.find(EventKind.ACTED, Map.of(), 6, 2).events()).isEmpty();
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void sees_what_another_ledger_on_the_same_folder_has_written() {
        Ledger first = ledger();
        Ledger second = ledger();
        first.append(EventKind.PLANNED, "d1", Map.of());
        second.append(EventKind.STARTED, "d1", Map.of());
        first.append(EventKind.ABORTED, "d1", Map.of());

        assertThat(second.events()).hasSize(3);
        assertThat(second.verify()).isEmpty();
    }

    @Test
    void a_drill_is_open_until_it_ends() {
        Ledger ledger = ledger();
        ledger.append(EventKind.PLANNED, "d1", Map.of("process", "17"));
        ledger.append(EventKind.STARTED, "d1", Map.of());
        ledger.append(EventKind.PLANNED, "d2", Map.of());

        assertThat(ledger.openDrills()).extracting(LedgerEvent::drill).containsExactly("d1", "d2");
        assertThat(ledger.openDrills().get(0).details()).containsEntry("process", "17");
        ledger.append(EventKind.ABORTED, "d1", Map.of());
        assertThat(ledger.openDrills()).extracting(LedgerEvent::drill).containsExactly("d2");
    }

    @Test
    void no_drill_ends_twice() {
        Ledger ledger = withOneDrill();

        assertThatThrownBy(() -> ledger.append(EventKind.ABORTED, "d1", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("FINISHED")
                .hasMessageContaining("muster show d1");
        assertThat(ledger.events()).hasSize(3);
    }

    @Test
    void an_event_is_written_although_the_drill_is_being_cancelled() {
        Ledger ledger = ledger();
        ledger.append(EventKind.PLANNED, "d1", Map.of());
        Thread.currentThread().interrupt();
        try {
            ledger.append(EventKind.ABORTED, "d1", Map.of());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ledger.openDrills()).isEmpty();
    }

    @Test
    void names_a_line_that_was_removed() throws IOException {
        Ledger ledger = withOneDrill();
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.remove(1);
        rewrite(lines);

        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("1 event is missing before this line");
            assertThat(problem.where()).isEqualTo(file() + ":2");
        });
    }

    @Test
    void names_lines_that_were_reordered() throws IOException {
        Ledger ledger = withOneDrill();
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        Collections.swap(lines, 1, 2);
        rewrite(lines);

        assertThat(ledger.verify()).extracting(Problem::what).anyMatch(what -> what.contains("out of its order"));
    }

    @Test
    void names_a_line_that_was_rewritten() throws IOException {
        Ledger ledger = withOneDrill();
        rewrite(Files.readAllLines(file()).stream()
                .map(line -> line.replace("\"host\":\"ship\"", "\"host\":\"shop\""))
                .toList());

        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("has been rewritten");
            assertThat(problem.where()).isEqualTo(file() + ":2");
        });
    }

    @Test
    void names_a_line_that_is_no_event_and_writes_nothing_after_it() throws IOException {
        Ledger ledger = withOneDrill();
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.set(2, lines.get(2).replace("\"sequence\"", "\"sequence\":3,\"sequence\""));
        rewrite(lines);

        assertThat(ledger.verify()).extracting(Problem::where).containsExactly(file() + ":3");
        assertThatThrownBy(() -> ledger.append(EventKind.PLANNED, "d2", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(file() + ":3");
    }

    @Test
    void names_a_drill_that_ends_twice_or_was_never_planned() throws IOException {
        Ledger ledger = ledger();
        LedgerEvent planned = ledger.append(EventKind.PLANNED, "d1", Map.of());
        LedgerEvent finished = ledger.append(EventKind.FINISHED, "d1", Map.of());
        LedgerEvent again = EventLine.event(3, CLOCK.instant(), EventKind.ABORTED, "d1", Map.of(), finished.digest());
        LedgerEvent unplanned = EventLine.event(4, CLOCK.instant(), EventKind.FINISHED, "d2", Map.of(), again.digest());
        rewrite(List.of(Ledger.line(planned), Ledger.line(finished), Ledger.line(again), Ledger.line(unplanned)));

        assertThat(ledger.verify())
                .extracting(Problem::what)
                .containsExactly(
                        "Drill d1 ends twice: FINISHED and ABORTED", "Drill d2 ends without having been planned");
    }

    @Test
    void a_missed_slot_needs_no_plan() {
        Ledger ledger = ledger();
        ledger.append(EventKind.MISSED, "d1", Map.of());

        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void sets_an_unfinished_line_aside_and_says_so() throws IOException {
        Ledger ledger = withOneDrill();
        Files.writeString(file(), "{\"at\":\"2026-11-02T", StandardOpenOption.APPEND);

        LedgerEvent next = ledger.append(EventKind.PLANNED, "d2", Map.of());

        assertThat(next.sequence()).isEqualTo(4);
        assertThat(ledger.events()).hasSize(4);
        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("cut off while it was being written");
            assertThat(Path.of(problem.where())).hasContent("{\"at\":\"2026-11-02T");
        });
    }

    @Test
    void a_change_of_keys_counts_when_both_have_signed_it() throws IOException {
        Map<String, String> details = SigningKeys.init(temporary.resolve("keys"))
                .rotate(Instant.parse("2026-11-01T03:00:00Z"))
                .details();
        Ledger ledger = withOneDrill();
        ledger.append(EventKind.KEY_ROTATED, "", details);
        assertThat(ledger.verify()).isEmpty();

        Map<String, String> unsigned = new TreeMap<>(details);
        unsigned.remove("from signature");
        ledger.append(EventKind.KEY_ROTATED, "", unsigned);

        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("The change of keys is not signed by the retired key");
            assertThat(problem.where()).isEqualTo(file() + ":5");
        });
    }

    @Test
    void a_checkpoint_shows_that_the_end_was_cut_off() throws IOException {
        Ledger ledger = withOneDrill();
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));
        Path text = Files.writeString(
                temporary.resolve("checkpoint"), ledger.checkpoint(keys).text());
        Checkpoint checkpoint = Checkpoint.read(text);
        ledger.append(EventKind.PLANNED, "d2", Map.of());

        assertThat(checkpoint.signedBy(keys.publicKey())).isTrue();
        assertThat(ledger.verify(checkpoint)).isEmpty();

        rewrite(Files.readAllLines(file()).subList(0, 2));
        assertThat(ledger.verify()).isEmpty();
        assertThat(ledger.verify(checkpoint))
                .extracting(Problem::what)
                .containsExactly("The ledger has 2 lines, but had 3 at 2026-11-01T03:00:00Z");
    }

    @Test
    void a_checkpoint_shows_that_the_whole_ledger_was_written_anew() throws IOException {
        Ledger ledger = withOneDrill();
        Checkpoint checkpoint = ledger.checkpoint(SigningKeys.init(temporary.resolve("keys")));
        Files.delete(file());
        Ledger anew = ledger();
        anew.append(EventKind.PLANNED, "d1", Map.of());
        anew.append(EventKind.STARTED, "d1", Map.of());
        anew.append(EventKind.FINISHED, "d1", Map.of("verdict", "FAILED"));

        assertThat(anew.verify()).isEmpty();
        assertThat(anew.verify(checkpoint)).extracting(Problem::where).containsExactly(file() + ":1");
    }

    @Test
    void a_changed_checkpoint_is_not_signed() throws IOException {
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));
        String text = withOneDrill().checkpoint(keys).text();
        Path changed = Files.writeString(temporary.resolve("checkpoint"), text.replace("\n3\n", "\n2\n"));

        assertThat(Checkpoint.read(changed).signedBy(keys.publicKey())).isFalse();
        Files.writeString(changed, "3");
        assertThatThrownBy(() -> Checkpoint.read(changed)).isInstanceOf(CouldNotRun.class);
    }

    @Test
    void nothing_is_signed_while_there_is_no_event() {
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));

        assertThatThrownBy(() -> ledger().checkpoint(keys))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("no event yet");
    }

    @Test
    void a_proof_shows_that_an_event_stands_in_the_ledger_and_that_no_other_does() throws IOException {
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));
        Ledger ledger = withOneDrill();
        ledger.append(EventKind.PLANNED, "d2", Map.of());
        List<LedgerEvent> events = ledger.events();

        List<LedgerProof> proofs = ledger.prove(events.subList(0, 2), keys).lines();

        LedgerProof proof = LedgerProof.parse(proofs.get(1).text()).orElseThrow();
        assertThat(proof.index()).isEqualTo(1);
        assertThat(proof.checkpoint().size()).isEqualTo(4);
        assertThat(proof.checkpoint().signedBy(keys.publicKey())).isTrue();
        assertThat(proof.shows(Ledger.line(events.get(1)))).isTrue();
        assertThat(proof.shows(Ledger.line(events.get(0)))).isFalse();
        String text = proofs.get(1).text();
        assertThat(LedgerProof.parse(text.replace("index 1", "index 0"))
                        .orElseThrow()
                        .shows(Ledger.line(events.get(1))))
                .isFalse();
        assertThat(LedgerProof.parse(text.replace("index 1", "index 01"))).isEmpty();
        assertThat(LedgerProof.parse(text.replace("@v1", "@v2"))).isEmpty();
    }
}
