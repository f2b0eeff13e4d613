package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.News;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import dev.muster.ledger.Ledger;
import dev.muster.scratch.LeftScratch;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.kubernetes.StagedScratches;
import dev.muster.scratch.kubernetes.StagedScratches.Held;
import dev.muster.testing.Heard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which scratches are removed without anybody naming them, on this machine and in a staged cluster. */
class ReaperTest {
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    @TempDir
    private Path home;

    private final StagedScratches cluster = new StagedScratches();
    private final Heard heard = new Heard();
    private final List<LocalSite> opened = new ArrayList<>();
    private Ledger ledger;
    private Catalog catalog;
    private Scratches scratches;
    private Reaper reaper;

    @BeforeEach
    void open() {
        ledger = Ledger.open(home.resolve("ledger"), Clock.systemUTC());
        catalog = Catalog.open("jdbc:h2:file:" + home.resolve("catalog"));
        scratches = at(Clock.systemUTC()).and(cluster.placement());
        reaper = new Reaper(scratches, ledger, catalog, heard, Clock.systemUTC());
    }

    @AfterEach
    void leave() {
        cluster.close();
        catalog.close();
        opened.forEach(LocalSite::remove);
    }

    @Test
    void what_nobody_holds_any_more_goes_at_once_and_what_is_used_or_kept_stays() throws Exception {
        here("used");
        here("kept").keepUntil(inAnHour());
        OpenScratch left = LeftScratch.in(home);
        cluster.stands("used-there", Held.BY_THIS_PROCESS);
        cluster.stands("used-elsewhere", Held.BY_A_PROCESS_ELSEWHERE);
        cluster.stands("kept-there", Held.BY_A_PERSON);
        cluster.stands("left-there", Held.BY_A_PROCESS_THAT_WAS_KILLED);

        List<TeardownReceipt> receipts = reaper.removeLeftBehind();

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt.removed()).isTrue())
                .extracting(TeardownReceipt::scratch)
                .containsExactlyInAnyOrder(left.id(), "muster-left-there");
        assertThat(there()).containsExactlyInAnyOrder("used", "kept", "used-there", "used-elsewhere", "kept-there");
        assertThat(Path.of(left.place())).doesNotExist();
        assertThat(noted()).containsExactlyInAnyOrder(left.drill(), "left-there");
        assertThat(heard.news).isEmpty();
    }

    @Test
    void what_one_drill_has_left_goes_and_that_of_others_stays() {
        cluster.stands("this", Held.BY_A_PROCESS_THAT_WAS_KILLED);
        cluster.stands("another", Held.BY_A_PROCESS_THAT_WAS_KILLED);

        assertThat(reaper.removeLeft("this"))
                .extracting(TeardownReceipt::scratch)
                .containsExactly("muster-this");
        assertThat(there()).containsExactly("another");
        assertThat(reaper.removeLeft("this")).isEmpty();
    }

    @Test
    void what_is_expired_goes_unless_a_drill_still_uses_it() throws Exception {
        opened(at(Clock.fixed(Instant.now().minus(TIME_TO_LIVE.multipliedBy(2)), ZoneOffset.UTC))
                .openHere("used", plan()));
        LocalSite over = here("over");
        over.keepUntil(justNow());
        here("kept").keepUntil(inAnHour());
        cluster.stands("used-there", Held.BY_A_PROCESS_ELSEWHERE, justNow());
        cluster.stands("over-there", Held.BY_A_PERSON, justNow());
        cluster.stands("left-there", Held.BY_A_PROCESS_THAT_WAS_KILLED, justNow());
        cluster.stands("kept-there", Held.BY_A_PERSON);

        assertThat(reaper.removeExpired())
                .allSatisfy(receipt -> assertThat(receipt.removed()).isTrue())
                .extracting(TeardownReceipt::scratch)
                .containsExactlyInAnyOrder(over.id(), "muster-over-there", "muster-left-there");
        assertThat(there()).containsExactlyInAnyOrder("used", "kept", "used-there", "kept-there");
        assertThat(noted()).containsExactlyInAnyOrder("over", "over-there", "left-there");
    }

    @Test
    void what_does_not_go_is_noted_by_its_name_and_told() {
        cluster.stands("stuck", Held.BY_A_PROCESS_THAT_WAS_KILLED);
        cluster.hangs("stuck");
        cluster.stands("willing", Held.BY_A_PROCESS_THAT_WAS_KILLED);

        assertThat(reaper.removeLeftBehind())
                .filteredOn(receipt -> !receipt.removed())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.leftBehind())
                        .anySatisfy(left -> assertThat(left).contains("namespace muster-stuck")));
        assertThat(there()).containsExactly("stuck");
        assertThat(events())
                .filteredOn(event -> event.drill().equals("stuck"))
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("removed", "false")
                        .hasEntrySatisfying(
                                "left behind", left -> assertThat(left).contains("muster-stuck")));
        assertThat(heard.news).singleElement().satisfies(news -> {
            assertThat(news.kind()).isEqualTo(News.Kind.LEFT_BEHIND);
            assertThat(news.problem().map(Problem::remedy))
                    .hasValueSatisfying(remedy -> assertThat(remedy).contains("muster scratch remove muster-stuck"));
        });
    }

    @Test
    void a_drill_that_was_only_silent_keeps_its_scratch() {
        cluster.stands("silent", Held.BY_A_PROCESS_THAT_IS_SILENT);
        CompletableFuture<List<TeardownReceipt>> removal = CompletableFuture.supplyAsync(reaper::removeLeftBehind);
        await().until(() -> cluster.watching() == 1);

        cluster.stands("silent", Held.BY_A_PROCESS_ELSEWHERE);

        assertThat(removal).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of());
        assertThat(there()).containsExactly("silent");
        assertThat(events()).isEmpty();
        assertThat(heard.news).isEmpty();
    }

    private Scratches at(Clock clock) {
        return new Scratches(home, Optional.empty(), Optional.empty(), clock);
    }

    private LocalSite here(String drill) {
        return opened(scratches.openHere(drill, plan()));
    }

    /** Has it removed at the end. */
    private LocalSite opened(LocalSite site) {
        opened.add(site);
        return site;
    }

    private static ScratchPlan plan() {
        return new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, TIME_TO_LIVE, OptionalLong.empty());
    }

    private static Instant justNow() {
        return Instant.now().minusSeconds(1);
    }

    private static Instant inAnHour() {
        return Instant.now().plusSeconds(3600);
    }

    /** The drills that have a scratch. */
    private List<String> there() {
        return scratches.list().stream().map(OpenScratch::drill).toList();
    }

    private List<LedgerEvent> events() {
        return ledger.events().stream()
                .filter(event -> event.kind() == EventKind.SCRATCH_REMOVED)
                .toList();
    }

    /** The drills of which the ledger says that their scratch is removed. */
    private List<String> noted() {
        return events().stream()
                .filter(event -> "true".equals(event.details().get("removed")))
                .map(LedgerEvent::drill)
                .toList();
    }
}
