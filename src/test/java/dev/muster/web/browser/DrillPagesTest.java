package dev.muster.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Verdict;
import dev.muster.testing.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pages of drills in a real browser. */
@Needs("chromium")
@ExtendWith(Chromium.class)
class DrillPagesTest {
    private static final List<String> PAGES = List.of(
            "/start",
            "/start?runbook=trial",
            "/queue",
            "/drills",
            "/drills?from=2026-10-01&to=2026-12-31&verdict=FAILED",
            "/drills/" + Rehearsal.RUNNING,
            "/drills/" + Rehearsal.AWAITING,
            "/drills/" + Rehearsal.FAILED,
            "/drills/" + Rehearsal.FAILED + "/report",
            "/drills/" + Rehearsal.FAILED + "/verification",
            "/ledger",
            "/scratches",
            "/exports");

    @TempDir
    static Path home;

    private static Rehearsal rehearsal;

    @BeforeAll
    static void opens() throws Exception {
        rehearsal = new Rehearsal(home);
    }

    @AfterAll
    static void closes() {
        rehearsal.close();
    }

    private static Visit visit(Browser browser, String who) {
        return as(who, Visit.with(browser, rehearsal.address()));
    }

    private static Visit as(String who, Visit visit) {
        visit.page.context().addCookies(List.of(new Cookie("who", who).setUrl(rehearsal.address())));
        return visit;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void everybody_can_read_every_page_in_light_and_dark_and_on_a_phone(Browser browser) {
        List<String> obstacles = new ArrayList<>();
        try (Visit visit = visit(browser, "admin")) {
            for (String address : PAGES) {
                assertThat(visit.page.navigate(address).ok()).as(address).isTrue();
                obstacles.addAll(visit.obstacles());
                visit.reachesEverythingByKeyboard();
            }
            assertThat(obstacles).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void a_running_drill_grows_on_its_page_and_says_each_stage_once(Browser browser) {
        rehearsal.desk.shows(Rehearsal.picture(1));
        try (Visit visit = visit(browser, "viewer")) {
            Page page = visit.page;
            page.navigate("/drills/" + Rehearsal.RUNNING);
            assertThat(page.locator("[data-connected=yes]")).isVisible();
            assertThat(page.locator(".waterfall tbody tr")).hasCount(1);
            rehearsal.desk.shows(Rehearsal.picture(3));
            assertThat(page.locator(".waterfall tbody tr")).hasCount(3);
            assertThat(page.locator(".waterfall .now")).containsText("fetch");
            rehearsal.desk.shows(Rehearsal.picture(3));
            assertThat(page.locator("#news")).hasText("Stage fetch");
            assertThat(page.locator("#log")).containsText("stage <b>open</b>, 3");
            assertThat(page.locator(".progress").first()).containsText("314.6 MB of 1.3 GB, 42.0 MB/s, 22 s left");
            // Who may not stop it has nothing to stop it with.
            assertThat(page.locator(".stop")).hasCount(0);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void a_running_drill_is_asked_for_where_streams_are_refused(Browser browser) {
        rehearsal.desk.shows(Rehearsal.picture(1));
        rehearsal.streamed.set(false);
        try (Visit visit = visit(browser, "viewer")) {
            Page page = visit.page;
            page.navigate("/drills/" + Rehearsal.RUNNING);
            rehearsal.desk.shows(Rehearsal.picture(4));
            assertThat(page.locator(".waterfall tbody tr")).hasCount(4);
        } finally {
            rehearsal.streamed.set(true);
        }
    }

    @Test
    void a_drill_that_ends_shows_its_verdict_where_it_was_watched(Browser browser) {
        LiveDrill live = Rehearsal.picture(2);
        rehearsal.desk.put(Rehearsal.FAILED, Rehearsal.TRIAL, "operator", QueuedDrill.State.RUNNING);
        rehearsal.desk.shows(of(live, Optional.empty()));
        try (Visit visit = visit(browser, "viewer")) {
            Page page = visit.page;
            page.navigate("/drills/" + Rehearsal.FAILED);
            assertThat(page.locator("[data-connected=yes]")).isVisible();
            rehearsal.desk.put(Rehearsal.FAILED, Rehearsal.TRIAL, "operator", QueuedDrill.State.ENDED);
            rehearsal.desk.shows(of(live, Optional.of(Verdict.FAILED)));
            assertThat(page.locator(".lede")).containsText("✕ failed");
            assertThat(page.getByText("What failed, and what to do")).isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static LiveDrill of(LiveDrill live, Optional<Verdict> verdict) {
        return new LiveDrill(
                Rehearsal.FAILED, live.at(), live.stages(), live.works(), live.lines(), live.earlierLines(), verdict);
    }

    @Test
    void asking_twice_with_one_form_starts_one_drill(Browser browser) {
        try (Visit visit = visit(browser, "operator")) {
            Page page = visit.page;
            page.navigate("/start");
            page.locator("#start-runbooks a").first().click();
            page.getByLabel("Keep the scratch open for").fill("soon");
            button(page, "Start the drill").click();
            assertThat(page.locator("#keep-problem")).containsText("This is no length of time");
            page.getByLabel("Keep the scratch open for").fill("4h");
            int before = rehearsal.desk.open().size();
            button(page, "Start the drill").dblclick();
            assertThat(page).hasURL(Pattern.compile(".*/drills/trial-asked-.*"));
            assertThat(rehearsal.desk.open()).hasSize(before + 1);
            // Four eyes: who asked is not offered to approve.
            assertThat(button(page, "Approve")).hasCount(0);
            assertThat(page.getByText("You asked for it, so you cannot approve it."))
                    .isVisible();
        }
    }

    @Test
    void everything_needed_is_there_without_scripts(Browser browser) {
        try (Visit operator = as("operator", Visit.withoutScripts(browser, rehearsal.address()))) {
            Page page = operator.page;
            page.navigate("/start?runbook=trial");
            assertThat(button(page, "Look into the vaults")).isVisible();
            button(page, "Look into the vaults").click();
            assertThat(page.locator(".problem")).containsText("There is no vault named");
            button(page, "Start the drill").click();
            String drill = page.locator("h1").innerText();
            try (Visit approver = as("approver", Visit.withoutScripts(browser, rehearsal.address()))) {
                approver.page.navigate("/queue");
                button(approver.page, "Approve " + drill).click();
                assertThat(approver.page.locator("h1")).hasText(drill);
                assertThat(approver.page.locator(".lede")).containsText("running");
            }
            page.navigate("/drills/" + drill);
            page.locator("summary", new Page.LocatorOptions().setHasText("Cancel the drill"))
                    .click();
            page.getByLabel("Why?").fill("the wrong runbook");
            button(page, "Cancel the drill").click();
            assertThat(page.locator(".lede")).containsText("withdrawn");
            assertThat(rehearsal.deeds)
                    .contains(
                            "operator start drill " + drill,
                            "approver approve drill " + drill,
                            "operator cancel drill " + drill);
        }
    }

    @Test
    void stopping_a_drill_is_asked_once_more_in_a_dialog(Browser browser) {
        String drill = rehearsal
                .desk
                .put("trial-to-be-stopped", Rehearsal.TRIAL, "another", QueuedDrill.State.RUNNING)
                .drill();
        try (Visit visit = visit(browser, "operator")) {
            Page page = visit.page;
            page.navigate("/drills/" + drill);
            page.locator("summary", new Page.LocatorOptions().setHasText("Cancel the drill"))
                    .click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).isVisible();
            dialog.getByLabel("Why?").fill("the wrong runbook");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel the drill"))
                    .click();
            assertThat(page.locator(".lede")).containsText("withdrawn");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void an_auditor_finds_the_failed_drill_of_last_quarter_verifies_it_and_takes_a_pack_away(Browser browser) {
        try (Visit visit = visit(browser, "auditor")) {
            Page page = visit.page;
            page.navigate("/drills");
            page.getByText("Last quarter").click();
            page.getByLabel("Verdict").selectOption("FAILED");
            button(page, "Show").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Rehearsal.FAILED))
                    .click();
            page.getByText("Verify the evidence").click();
            assertThat(page.locator(".lede")).containsText("✓ valid");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Export").setExact(true))
                    .click();
            button(page, "Make the pack").click();
            assertThat(page.locator("table")).containsText("✓ valid");
            Download pack = page.waitForDownload(
                    () -> page.locator("a[download]").first().click());
            assertThat(pack.suggestedFilename()).startsWith("muster-2026-10-01-to-2026-12-31-made-");
            page.navigate("/ledger");
            assertThat(page.locator("#state")).containsText("not verified");
            button(page, "Verify now").click();
            assertThat(page.locator("#state")).containsText("✓ whole");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void the_audit_log_is_for_those_who_audit(Browser browser) {
        try (Visit auditor = visit(browser, "auditor");
                Visit viewer = visit(browser, "viewer")) {
            auditor.page.navigate("/ledger");
            assertThat(auditor.page.locator("#events-table")).containsText("acted");
            viewer.page.navigate("/ledger");
            assertThat(viewer.page.locator("#events-table")).not().containsText("acted");
        }
    }
}
