package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.kubernetes.StagedScratches;
import dev.muster.scratch.kubernetes.StagedScratches.Held;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code muster scratch remove --expired}, on this machine and in a staged cluster at once. */
class ExpiredScratchesTest {
    @TempDir
    Path folder;

    private final StagedScratches cluster = new StagedScratches();
    private Playground playground;
    private LocalSite over;
    private LocalSite kept;

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        cluster.kubeconfig(folder.resolve("cluster.yaml"));
        Files.writeString(folder.resolve("muster.yaml"), """
                kubernetes: { kubeconfig: cluster.yaml, images: { worker: registry.example.com/muster:1 } }
                """, StandardOpenOption.APPEND);
        Scratches scratches =
                new Scratches(folder.resolve("home"), Optional.empty(), Optional.empty(), Clock.systemUTC());
        over = open(scratches, "over");
        over.keepUntil(Instant.now().minusSeconds(1));
        kept = open(scratches, "kept");
        kept.keepUntil(Instant.now().plusSeconds(3600));
        cluster.stands("over-there", Held.BY_A_PERSON, Instant.now().minusSeconds(1));
        cluster.stands("kept-there", Held.BY_A_PERSON);
    }

    private static LocalSite open(Scratches scratches, String drill) {
        return scratches.openHere(
                drill, new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty()));
    }

    @AfterEach
    void close() {
        over.remove();
        kept.remove();
        cluster.close();
        playground.close();
    }

    @Test
    void what_is_expired_goes_and_what_is_not_stays() {
        Playground.Outcome removed = playground.muster("scratch", "remove", "--expired");

        assertThat(removed.exit()).as(removed.err()).isZero();
        assertThat(removed.out().lines())
                .containsExactlyInAnyOrder(over.id() + " removed", "muster-over-there removed");
        assertThat(there()).containsExactlyInAnyOrder(kept.id(), "muster-kept-there");
        assertThat(playground.muster("ledger", "show").out())
                .contains("SCRATCH_REMOVED", "over-there")
                .doesNotContain("kept");
    }

    @Test
    void a_muster_that_knows_of_no_drill_goes_by_what_is_written_on_the_scratches() {
        String elsewhere = folder.resolve("another-home").toString();

        Playground.Outcome removed = playground.muster("scratch", "remove", "--expired", "--json", "--home", elsewhere);

        assertThat(removed.exit()).as(removed.err()).isZero();
        assertThat(removed.json().path("receipts")).singleElement().satisfies(receipt -> {
            assertThat(receipt.path("scratch").asString()).isEqualTo("muster-over-there");
            assertThat(receipt.path("removed").booleanValue()).isTrue();
            assertThat(receipt.path("leftBehind")).isEmpty();
        });
        assertThat(there()).containsExactlyInAnyOrder(over.id(), kept.id(), "muster-kept-there");
        assertThat(playground
                        .muster("drills", "--json", "--home", elsewhere)
                        .json()
                        .path("drills"))
                .isEmpty();
    }

    @Test
    void where_nothing_is_expired_nothing_is_said() {
        playground.muster("scratch", "remove", "--expired");

        Playground.Outcome again = playground.muster("scratch", "remove", "--expired");
        Playground.Outcome asJson = playground.muster("scratch", "remove", "--expired", "--json");

        assertThat(again).isEqualTo(new Playground.Outcome(0, "", ""));
        assertThat(asJson.exit()).isZero();
        assertThat(asJson.json().path("receipts").isArray()).isTrue();
        assertThat(asJson.json().path("receipts")).isEmpty();
    }

    private List<String> there() {
        JsonNode list = playground.muster("scratch", "list", "--json").json().path("scratches");
        return list.findValuesAsString("id");
    }
}
