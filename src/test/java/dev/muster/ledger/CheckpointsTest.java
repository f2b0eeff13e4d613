package dev.muster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.signing.SigningKeys;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed of a ledger now shows later what became of it. */
class CheckpointsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T03:00:00Z");

    @TempDir
    Path temporary;

    private final TurnedClock clock = TurnedClock.at(BEGIN);
    private SigningKeys keys;
    private Ledger ledger;

    @BeforeEach
    void open() {
        keys = SigningKeys.init(temporary.resolve("keys"));
        ledger = Ledger.open(temporary.resolve("ledger"), clock);
    }

    private Path file() {
        return temporary.resolve("ledger/events.jsonl");
    }

    private void days(int number) {
        clock.days(number);
    }

    private LedgerEvent missed(String drill) {
        return ledger.append(EventKind.MISSED, drill, Map.of());
    }

    private void keep() {
        ledger.checkpoints().keep(ledger.checkpoint(keys));
    }

    @Test
    void a_drill_is_shown_to_go_on_from_the_last_checkpoint_kept_before_it() {
        missed("d1");
        missed("d2");
        keep();
        days(1);
        LedgerEvent own = missed("d3");
        keep();

        Consistency step = ledger.prove(List.of(own), keys).sinceBefore().orElseThrow();

        assertThat(step.earlier().size()).isEqualTo(2);
        assertThat(step.earlier().at()).isEqualTo(BEGIN);
        assertThat(step.later().size()).isEqualTo(3);
        assertThat(step.holds()).isTrue();
        Consistency read = Consistency.parse(step.text()).orElseThrow();
        assertThat(read.text()).isEqualTo(step.text());
        assertThat(read.earlier().signedBy(keys.publicKey())).isTrue();
        assertThat(read.holds()).isTrue();
        assertThat(Consistency.parse(step.text() + "\n")).isEmpty();
        Checkpoint two = step.earlier();
        Checkpoint three = step.later();
        assertThat(new Consistency(three, two, step.path()).holds()).isFalse();
    }

    @Test
    void without_a_kept_one_or_under_another_key_it_goes_on_from_the_first_event() {
        missed("d1");
        missed("d2");
        ledger.checkpoints().keep(ledger.checkpoint(SigningKeys.init(temporary.resolve("other"))));
        LedgerEvent own = missed("d3");

        Consistency step = ledger.prove(List.of(own), keys).sinceBefore().orElseThrow();

        assertThat(step.earlier().size()).isEqualTo(1);
        assertThat(step.holds()).isTrue();
    }

    @Test
    void what_was_kept_names_what_was_rewritten_and_up_to_where_it_agrees() throws IOException {
        missed("d1");
        missed("d2");
        keep();
        missed("d3");
        missed("d4");
        keep();
        assertThat(ledger.verify()).isEmpty();

        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(0, 3));
        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("The ledger has 3 lines, but had 4 at 2026-11-01T03:00:00Z");
        });

        missed("d5");
        assertThat(ledger.verify()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("up to line 2 they are, so the ledger forks after it");
            assertThat(problem.where()).isEqualTo(file() + ":4");
        });

        Files.delete(file());
        Ledger anew = Ledger.open(temporary.resolve("ledger"), clock);
        days(1);
        anew.append(EventKind.MISSED, "d1", Map.of());
        assertThat(anew.verify()).extracting(Problem::what).allMatch(what -> what.contains("of another ledger"));
    }

    @Test
    void a_drills_evidence_does_not_lean_on_a_checkpoint_that_the_ledger_contradicts() throws IOException {
        missed("d1");
        missed("d2");
        keep();
        Files.write(file(), Files.readAllLines(file()).subList(0, 1));
        missed("d3");
        LedgerEvent own = missed("d4");

        assertThat(ledger.prove(List.of(own), keys).sinceBefore().orElseThrow().holds())
                .isTrue();
        assertThat(ledger.verify()).isNotEmpty();
    }

    @Test
    void a_kept_file_that_is_no_checkpoint_is_named() throws IOException {
        missed("d1");
        keep();
        Path kept = temporary.resolve("ledger/checkpoints/000000000001-20261101T030000Z.checkpoint");
        Files.writeString(kept, "1");

        assertThat(ledger.verify()).extracting(Problem::where).containsExactly(kept.toString());
    }

    @Test
    void days_without_a_heartbeat_are_remarked_once_there_are_heartbeats() {
        missed("d1");
        days(9);
        assertThat(ledger.remarks()).isEmpty();
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        days(1);
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        assertThat(ledger.remarks()).isEmpty();
        days(3);
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        days(1);
        assertThat(ledger.remarks())
                .extracting(Problem::what)
                .containsExactly("No heartbeat on 2 days, from 2026-11-12 to 2026-11-13");
        days(1);
        assertThat(ledger.remarks())
                .extracting(Problem::what)
                .contains("No heartbeat on 2026-11-15")
                .hasSize(2);
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void a_part_of_the_ledger_has_every_line_of_its_period_and_one_more_at_each_edge() {
        for (int drill = 1; drill <= 9; drill++) {
            missed("d" + drill);
            days(1);
        }
        LedgerPart part = part(3, 6, Optional.empty());

        Excerpt excerpt = part.excerpt();
        assertThat(drills(excerpt)).isEqualTo("d3 d4 d5 d6 d7");
        assertThat(excerpt.problems(line -> "line " + line)).isEmpty();
        assertThat(part.steps()).hasSize(2).allMatch(Consistency::holds);
        assertThat(excerpt.rootAt(7)).contains(part.steps().get(0).later().root());
        assertThat(part.steps().get(1).later().size()).isEqualTo(9);
        assertThat(excerpt.rootAt(1)).isEmpty();
        assertThat(excerpt.rootAt(8)).isEmpty();
        assertThat(drills(part(0, 2, Optional.empty()).excerpt())).isEqualTo("d1 d2 d3");
        assertThat(drills(part(8, 30, Optional.empty()).excerpt())).isEqualTo("d8 d9");
        assertThat(drills(part(20, 30, Optional.empty()).excerpt())).isEqualTo("d9");

        List<String> cut = new ArrayList<>(excerpt.lines());
        cut.remove(2);
        assertThat(new Excerpt(excerpt.before(), excerpt.parts(), cut).problems(line -> "line " + line))
                .extracting(Problem::what)
                .containsExactly("1 event is missing before this line");
    }

    @Test
    void a_part_passes_by_the_readers_own_checkpoint_and_refuses_one_of_another_past() throws IOException {
        for (int drill = 1; drill <= 3; drill++) {
            missed("d" + drill);
            days(1);
        }
        Checkpoint reader = ledger.checkpoint(keys);
        for (int drill = 4; drill <= 9; drill++) {
            missed("d" + drill);
            days(1);
        }

        assertThat(part(5, 6, Optional.of(reader)).steps())
                .allMatch(Consistency::holds)
                .first()
                .satisfies(step -> assertThat(step.earlier()).isEqualTo(reader));
        assertThat(part(0, 1, Optional.of(reader)).steps())
                .hasSize(3)
                .allMatch(Consistency::holds)
                .anySatisfy(step -> assertThat(step.later()).isEqualTo(reader));

        Files.write(file(), Files.readAllLines(file()).subList(0, 2));
        assertThatThrownBy(() -> part(0, 1, Optional.of(reader)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("had 3");
    }

    private LedgerPart part(int from, int to, Optional<Checkpoint> since) {
        return ledger.part(
                BEGIN.plus(Duration.ofDays(from)).minusSeconds(1),
                BEGIN.plus(Duration.ofDays(to)).minusSeconds(1),
                since,
                keys);
    }

    private static String drills(Excerpt excerpt) {
        return excerpt.events().stream().map(LedgerEvent::drill).collect(Collectors.joining(" "));
    }
}
