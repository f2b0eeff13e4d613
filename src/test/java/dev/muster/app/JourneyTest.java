package dev.muster.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.muster.testing.Needs;
import dev.muster.web.browser.Chromium;
import dev.muster.web.browser.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people come to the service for, from the sign-in to the end, with real drills in a real browser. */
@ExtendWith(Chromium.class)
@Needs({"chromium", "pg_dump", "pg_restore"})
class JourneyTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final LocatorAssertions.IsVisibleOptions IN_TIME =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private static final String OWN_PASSWORD = "a sentence of some words";

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private Playground playground;
    private Process service;
    private String address;

    @BeforeEach
    void open() throws Exception {
        SmallEstate estate = new SmallEstate(making);
        playground = new Playground(folder);
        playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        String trial = Files.readString(folder.resolve("trial.yaml"));
        Files.writeString(
                folder.resolve("approved.yaml"),
                trial.replace("name: trial", "name: approved\napproval: required")
                        .replace("title: A trial restore", "title: A restore that needs approval"));
        Files.writeString(
                folder.resolve("slow.yaml"),
                trial.replace("name: trial", "name: slow")
                        .replace("title: A trial restore", "title: A slow restore")
                        .replace("prefix: db/", "prefix: slow/"));
        playground.s3.put(Playground.BUCKET, "db/shop.dump", estate.customDump());
        playground.s3.put(Playground.BUCKET, "slow/shop.sql", estate.plainDumpWith("SELECT pg_sleep(300);"));
        service = playground.start("serve", "--port", "0");
        await().atMost(LONGEST).until(() -> !service.isAlive() || place().find());
        Matcher place = place();
        assertThat(place.find()).as(Files.readString(folder.resolve("err"))).isTrue();
        address = place.group(1);
    }

    @AfterEach
    void close() throws Exception {
        if (service.isAlive()) {
            service.destroyForcibly().waitFor();
        }
        playground.close();
    }

    private String added(String name, String role) {
        Playground.Outcome outcome = playground.muster("users", "add", name, role);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome.out().strip().lines().reduce((first, last) -> last).orElseThrow();
    }

    private Matcher place() throws Exception {
        return Pattern.compile("Muster is at (http://\\S+)").matcher(Files.readString(folder.resolve("err")));
    }

    private static void comesIn(Page page, String name, String password) {
        page.navigate("/");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        press(page, "Sign in");
        Locator fields = page.locator("input[type=password]");
        fields.nth(0).fill(password);
        fields.nth(1).fill(OWN_PASSWORD);
        fields.nth(2).fill(OWN_PASSWORD);
        press(page, "Change password");
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void follow(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void starts(Page page, String title) {
        follow(page, "Start a drill");
        follow(page, title);
        press(page, "Start the drill");
        page.waitForURL("**/drills/**");
    }

    private static void shows(Page page, String text) {
        assertThat(page.getByText(text).first()).isVisible(IN_TIME);
    }

    @Test
    void operator_approver_and_auditor_do_what_they_came_for(Browser browser) throws Exception {
        String kim = added("kim", "operator");
        String lee = added("lee", "approver");
        String ada = added("ada", "auditor");

        try (Visit operator = Visit.with(browser, address);
                Visit approver = Visit.with(browser, address);
                Visit auditor = Visit.with(browser, address)) {
            comesIn(operator.page, "kim", kim);
            starts(operator.page, "A trial restore");
            shows(operator.page, "✓ passed");
            follow(operator.page, "Open the report");
            assertThat(operator.page
                            .frameLocator("iframe")
                            .getByRole(AriaRole.HEADING)
                            .first())
                    .isVisible(IN_TIME);

            starts(operator.page, "A restore that needs approval");
            shows(operator.page, "You asked for it, so you cannot approve it");
            comesIn(approver.page, "lee", lee);
            follow(approver.page, "Queue");
            approver.page
                    .getByRole(AriaRole.BUTTON)
                    .filter(new Locator.FilterOptions().setHasText("Approve"))
                    .click();
            shows(operator.page, "✓ passed");

            starts(operator.page, "A slow restore");
            shows(operator.page, "Stage restore");
            operator.page.locator("details.stop summary").click();
            operator.page.locator("dialog [name=why]").fill("the wrong day for it");
            operator.page.locator("dialog button").first().click();
            shows(operator.page, "aborted");
            assertThat(operator.complaints()).isEmpty();

            comesIn(auditor.page, "ada", ada);
            assertThat(auditor.page.getByText("Start a drill")).isHidden();
            follow(auditor.page, "Drills");
            auditor.page.getByLabel("Verdict").selectOption("ABORTED");
            auditor.page.locator("form.narrowing button").click();
            auditor.page.locator("table a[href^='/drills/slow-']").first().click();
            shows(auditor.page, "the wrong day for it");
            follow(auditor.page, "Verify the evidence");
            shows(auditor.page, "✓ valid");
            follow(auditor.page, "Export");
            press(auditor.page, "Make the pack");
            shows(auditor.page, "✓ valid");
            Download download = auditor.page.waitForDownload(
                    () -> auditor.page.locator("a[download]").first().click());
            Path pack = folder.resolve("pack.zip");
            download.saveAs(pack);
            Playground.Outcome verified = playground.muster(
                    "verify",
                    pack.toString(),
                    "--trust",
                    folder.resolve("home/keys").toString());
            assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
            assertThat(auditor.complaints()).isEmpty();
        }

        String ledger = playground.muster("ledger", "show").out();
        assertThat(ledger).contains("APPROVED", "start drill", "cancel drill", "export");
        service.destroy();
        assertThat(service.waitFor()).isZero();
    }
}
