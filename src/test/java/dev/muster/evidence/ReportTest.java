package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.evidence.paper.Conformance;
import dev.muster.evidence.paper.Pages;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.RecordDocument;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.signing.DocumentKey;
import dev.muster.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class ReportTest {
    /** Everything that some reader of text takes for more than text. */
    private static final String HOSTILE = "🦜 שלום \u202eevil\u0007\u0000 </div><script>alert(1)</script> <img src=x>"
            + " ]]> ``x`` [click](https://evil.example) ![p](https://evil.example/p.png) https://evil.example/a"
            + " www.evil.example me@evil.example @everyone #1\n\n# Passed\n\n<b>|</b> ${7*7} <#list> & \\ ";

    @TempDir
    Path temporary;

    private final Report report = new Report(new Templates(Optional.empty()), Presentation.USUAL);

    private static WrittenRecord written(DrillRecord record) {
        Section tool = new Section()
                .with("name", "Muster")
                .with("version", "1")
                .with("keyId", "ab".repeat(32))
                .with("demonstration", true);
        Section template = new Section().with("sha256", "cd".repeat(32)).with("customised", false);
        return new WrittenRecord(Json.read(Json.compact(
                        new RecordDocument(record, List.of(), tool, true).with(template, Optional.empty(), List.of())))
                .orElseThrow());
    }

    /** The record with this behind each text that some people or programs have chosen. */
    private static WrittenRecord hostile(DrillRecord record, String text) {
        JsonNode document = written(record).document();
        spoil(document, text);
        return new WrittenRecord(document);
    }

    private static void spoil(JsonNode node, String text) {
        Pattern own = Pattern.compile("[A-Z_]+|[0-9a-f]{64}|\\d{4}-.*Z|rpo|rto");
        if (node instanceof ObjectNode object) {
            for (var entry : List.copyOf(object.properties())) {
                if (entry.getValue().isString()
                        && !own.matcher(entry.getValue().stringValue()).matches()) {
                    object.put(entry.getKey(), entry.getValue().stringValue() + text);
                } else {
                    spoil(entry.getValue(), text);
                }
            }
            for (String names : List.of("processes", "observations", "environment", "inputs", "readings")) {
                if (object.path(names) instanceof ObjectNode named && !named.isEmpty()) {
                    named.set(
                            "name" + text, named.properties().iterator().next().getValue());
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                if (list.get(index).isString()) {
                    list.set(index, StringNode.valueOf(list.get(index).stringValue() + text));
                } else {
                    spoil(list.get(index), text);
                }
            }
        }
    }

    private byte[] paper(WrittenRecord record) throws InterruptedException {
        return new PaperReport(report, Optional.empty()).of(record, "{}");
    }

    private Report own(String template) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("own"));
        Files.writeString(folder.resolve("report.ftlh"), template);
        return new Report(new Templates(Optional.of(folder)), Presentation.USUAL);
    }

    @Test
    void has_the_sixteen_sections_in_the_order_in_which_an_auditor_asks() throws Exception {
        String page = report.page(written(Records.passed())).text();

        assertThat(Pattern.compile("<h2><span class=\"number\">(\\d+)</span>")
                        .matcher(page)
                        .results()
                        .map(number -> number.group(1)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 16).mapToObj(Integer::toString).toList());
        assertThat(page).doesNotContain("<script", "src=", " style=");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void every_picture_is_named_and_has_a_table_that_says_the_same() throws Exception {
        String page = report.page(written(Records.proven())).text();

        List<String> pictures = Pattern.compile("<svg.*?</svg>(.*?)(?=<svg|$)", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(picture -> picture.group())
                .toList();
        assertThat(pictures)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(picture -> assertThat(picture).contains("role=\"img\"", "<title id=", "<desc id="));
        assertThat(pictures.get(pictures.size() - 1)).contains("<table");
    }

    @Test
    void is_for_archives_and_for_readers_aids_whatever_the_drill_came_to() throws Exception {
        DocumentKey key = DocumentKey.in(temporary.resolve("keys"), true, Clock.systemUTC());
        for (DrillRecord record :
                List.of(Records.passed(), Records.failed(), Records.couldNotRun(), Records.proven())) {
            byte[] document = new PaperReport(report, Optional.of(key)).of(written(record), "{}");
            assertThat(Conformance.problems(document)).isEmpty();
        }
        assertThat(Conformance.problems(paper(written(Records.passed())))).isEmpty();
    }

    @Test
    void hostile_text_stays_text_on_the_page_and_on_paper() throws Exception {
        WrittenRecord record = hostile(Records.couldNotRun(), HOSTILE);
        ((ObjectNode) record.runbook()).put("title", HOSTILE + "w".repeat(5000));
        ((ObjectNode) record.scenario().path("environment")).put("w".repeat(5000), "w".repeat(5000));
        String page = report.page(record).text();

        assertThat(page)
                .doesNotContain("<script", "<img", "\u202e", "\u0007", "\u0000")
                .contains("${7*7}");
        byte[] document = paper(record);
        assertThat(Conformance.problems(document)).isEmpty();
        assertThat(Pages.text(document)).contains("? Could not run", "\ufffd");
    }

    @Test
    void the_demonstration_key_is_named_on_each_page_of_paper() throws Exception {
        byte[] document = paper(written(Records.failed()));

        assertThat(Pages.text(document).split("Demonstration key, not trusted", -1).length - 1)
                .isGreaterThanOrEqualTo(Pages.count(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</div><style>.frame-verdict { display: none }</style>",
                "<style>.frame-verdict { display: none }</style>",
                "<p style=\"position: fixed\">Passed</p>",
                "<div class=\"frame-verdict\">Passed</div>",
                "<div class=\"x frame-seal\">Passed</div>",
                "<!-- ",
                "<p>&nbsp;</p>",
                "<script>hide()</script>",
                "<p onclick=\"hide()\">x</p>",
                "<a href=\"javascript:hide()\">x</a>",
                "<svg transform=\"translate(0 -2000)\"></svg>",
                "<svg><rect fill=\"url(https://evil.example)\"/></svg>",
                "<iframe></iframe>",
                "<!DOCTYPE html><html></html>",
            })
    void an_organisations_template_cannot_reach_the_frame(String template) throws Exception {
        assertThatThrownBy(() -> own(template).page(written(Records.failed())))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("templates/report.ftlh");
    }

    @Test
    void a_template_that_leaves_everything_out_leaves_verdict_limits_and_digests() throws Exception {
        String page =
                own("<p>All is well.</p><div/>").page(written(Records.failed())).text();

        assertThat(page)
                .contains("<p>All is well.</p><div></div></div>")
                .contains("✕ Failed", "15 min 41 s", "That other backups can be restored", "ab".repeat(32))
                .contains("laid out by the organisation's own template");
        assertThat(report.page(written(Records.failed())).text()).doesNotContain("organisation's own template");
    }

    @Test
    void dates_numbers_and_paper_follow_the_settings() throws Exception {
        Report german = new Report(
                new Templates(Optional.empty()),
                new Presentation(Locale.GERMANY, ZoneId.of("Europe/Berlin"), Presentation.Paper.LETTER));

        assertThat(german.page(written(Records.proven())).text())
                .contains("01.11.2026 04:00:00 UTC+01:00", "48,2 MB (48.211.034 bytes)", "50\u00a0%", "size: letter");
    }

    @Test
    void the_summary_is_one_page_whatever_there_is_to_say() throws Exception {
        List<CheckResult> checks = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            checks.add(new CheckResult(
                    "check-" + number,
                    "database-integrity",
                    dev.muster.drill.Verdict.FAILED,
                    Records.DISASTER,
                    Records.DISASTER,
                    Records.observations(),
                    Optional.of(new Problem("Something rather long is missing ".repeat(40), "here", "there")),
                    List.of(new Finding(Finding.Severity.MAJOR, new Problem("w".repeat(900), "", "")))));
        }
        Report letter = new Report(
                new Templates(Optional.empty()),
                new Presentation(Locale.ENGLISH, ZoneId.of("UTC"), Presentation.Paper.LETTER));
        WrittenRecord crowded = hostile(Records.withChecks(checks), " " + "long words ".repeat(80) + "w".repeat(500));
        for (WrittenRecord record : List.of(written(Records.passed()), written(Records.couldNotRun()), crowded)) {
            byte[] document = new PaperReport(letter, Optional.empty()).summary(record, "{}");
            assertThat(Pages.count(document)).isEqualTo(1);
        }
        assertThat(Conformance.problems(new PaperReport(report, Optional.empty()).summary(crowded, "{}")))
                .isEmpty();
    }

    @Test
    void the_ticket_quotes_and_means_nothing_by_it() throws Exception {
        String ticket = report.ticket(hostile(Records.failed(), HOSTILE));
        List<String> active = new ArrayList<>();
        Node parsed = Parser.builder()
                .extensions(List.of(AutolinkExtension.create()))
                .build()
                .parse(ticket);
        parsed.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                active.add("link " + link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                active.add("image " + image.getDestination());
            }

            @Override
            public void visit(HtmlInline html) {
                active.add("markup " + html.getLiteral());
            }

            @Override
            public void visit(HtmlBlock html) {
                active.add("markup " + html.getLiteral());
            }

            @Override
            public void visit(org.commonmark.node.Text text) {
                if (text.getLiteral().contains("evil") || text.getLiteral().contains("@")) {
                    active.add("text " + text.getLiteral());
                }
            }
        });

        assertThat(active).isEmpty();
        assertThat(ticket.lines().filter(line -> line.startsWith("# ")))
                .singleElement()
                .asString()
                .startsWith("# ✕ Failed");
    }

    @Test
    void five_hundred_checks_make_a_report_in_time() throws Exception {
        List<CheckResult> checks = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            checks.add(Records.check(
                    "check-" + number, "database-integrity", number, Records.observations("rows", "" + number)));
        }
        WrittenRecord record = written(Records.withChecks(checks));
        paper(written(Records.passed()));

        long begun = System.nanoTime();
        String page = report.page(record).text();
        Duration shown = Duration.ofNanos(System.nanoTime() - begun);
        byte[] document = paper(record);
        Duration set = Duration.ofNanos(System.nanoTime() - begun);

        System.out.println("500 checks: page after " + shown.toMillis() + " ms, paper after " + set.toMillis()
                + " ms, on " + Pages.count(document) + " pages");
        assertThat(page).contains("check-499");
        assertThat(shown).isLessThan(Duration.ofSeconds(2));
        assertThat(set).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void what_was_noted_later_stands_in_page_and_ticket_and_means_nothing_there() throws Exception {
        Report later = report.withFollowUps(List.of(
                followUp("1", "action", "<b>[look](https://a.example)</b> until 2026-12-01"),
                followUp("2", "sign-off", "Read by a reviewer")));

        assertThat(later.page(written(Records.failed())).text())
                .contains("&lt;b&gt;[look]", "Read by a reviewer")
                .doesNotContain("None was noted", "none when this page was made");
        assertThat(later.ticket(written(Records.failed())))
                .contains(
                        "- action, 2026-11-02 08:00:00 UTC: `<b>[look](https://a.example)</b> until 2026-12-01`.",
                        "- sign-off, 2026-11-02 08:00:00 UTC: `Read by a reviewer`.");
        assertThat(report.page(written(Records.failed())).text())
                .contains("None was noted", "none when this page was made");
        assertThat(report.ticket(written(Records.failed()))).contains("Nothing so far.");
    }

    private static Map<String, String> followUp(String number, String kind, String says) {
        return Map.of(
                "number",
                number,
                "at",
                "2026-11-02T08:00:00Z",
                "kind",
                kind,
                "says",
                says,
                "signed",
                "by the key that signed the bundle");
    }
}
