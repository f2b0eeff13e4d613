package dev.muster.evidence.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.evidence.paper.Conformance;
import dev.muster.evidence.paper.Pages;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Ledger;
import dev.muster.outlook.management.ManagedEstate;
import dev.muster.outlook.management.ManagementView;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page for those who manage is one page, can be kept and read aloud, and holds its own data. */
class ManagementPaperTest {
    private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

    @TempDir
    Path folder;

    private ManagementPaper paper(ManagementView view) {
        return paper(view, false);
    }

    private ManagementPaper paper(ManagementView view, boolean demonstration) {
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        Period period = new Period(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-20"));
        Ledger ledger = Ledger.open(folder.resolve("ledger"), Clock.systemUTC());
        ledger.append(EventKind.HEARTBEAT, "", Map.of());
        return new ManagementPaper(
                new PackContents(
                        period,
                        ledger.part(period.from(), period.to(), Optional.empty(), keys),
                        Map.of(),
                        Map.of(),
                        view),
                demonstration);
    }

    private static byte[] set(ManagementPaper paper) throws InterruptedException {
        return set(paper, Presentation.USUAL);
    }

    private static byte[] set(ManagementPaper paper, Presentation presentation) throws InterruptedException {
        return paper.set(new Report(new Templates(Optional.empty()), presentation), paper.document());
    }

    @Test
    void forty_processes_fit_on_one_page_and_the_data_names_each() throws Exception {
        ManagementPaper paper = paper(ManagedEstate.view(END, 40));
        byte[] page = set(paper);
        if (System.getenv("PAPER_OUT") != null) {
            Files.write(Path.of(System.getenv("PAPER_OUT")), page);
        }

        assertThat(Pages.count(page)).isEqualTo(1);
        assertThat(Pages.text(page))
                .contains("20 of 40 business processes are proven recoverable within their targets; 20 are overdue.")
                .contains("14 more are not proven")
                .contains("16 more are proven")
                .contains("There is too little history to foresee anything.")
                .contains("5 open: 1 up to 30 days old, 2 from 31 to 90, 2 older; 3 overdue.");
        assertThat(Conformance.problems(page)).isEmpty();
        JsonNode data = Json.read(paper.document().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(data.path("processes")).hasSize(40);
        assertThat(data.path("drills")).hasSize(40);
    }

    @Test
    void the_longest_names_and_sentences_fit_on_one_letter() throws Exception {
        byte[] page = set(
                paper(ManagedEstate.worst(END), true),
                new Presentation(Locale.ENGLISH, ZoneOffset.UTC, Presentation.Paper.LETTER));
        if (System.getenv("PAPER_OUT") != null) {
            Files.write(Path.of(System.getenv("PAPER_OUT") + "-worst.pdf"), page);
        }

        assertThat(Pages.count(page)).isEqualTo(1);
    }

    @Test
    void an_empty_estate_has_a_page_that_says_so() throws Exception {
        byte[] page = set(paper(ManagedEstate.view(END, 0)));

        assertThat(Pages.count(page)).isEqualTo(1);
        assertThat(Pages.text(page)).contains("Nothing is proven recoverable");
        assertThat(Conformance.problems(page)).isEmpty();
    }
}
