package dev.muster.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.people.Role;
import dev.muster.runbook.Misprint;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.Calendars;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final String SHA256 = "a".repeat(64);
    private static final Pattern ROW = Pattern.compile("scope=\"rowgroup\"><a href=\"/systems/([^\"]+)\"");

    @TempDir
    Path folder;

    private SampleEstate estate;

    @BeforeEach
    void starts() {
        estate = estate(Role.VIEWER);
        // Alphabetically, by age and by figures, they stand in different orders.
        system("billing", 20, "PASSED");
        system("crm", 40, "PASSED");
        system("erp", 2, "FAILED");
        estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook("wiki-monthly", "wiki", SHA256)));
    }

    @AfterEach
    void ends() {
        estate.close();
    }

    private SampleEstate estate(Role role) {
        return new SampleEstate(
                Catalog.open("jdbc:h2:file:" + folder.resolve(role.name()) + ";DB_CLOSE_DELAY=-1"),
                Calendars.NONE,
                role);
    }

    private void system(String name, int daysAgo, String verdict) {
        estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook(name + "-monthly", name, SHA256)));
        estate.remember(name, name + "-monthly", SHA256, 3, Duration.ofDays(daysAgo), verdict);
    }

    private List<String> systems(String path) throws Exception {
        return ROW.matcher(estate.get(path))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    @Test
    void overview_says_first_how_many_systems_are_proven_within_their_promise() throws Exception {
        assertThat(estate.get("/").replaceAll("<[^>]+>", "").replaceAll("\\s+", " "))
                .contains("1 of 4 systems is proven within its promise. 2 are overdue. 1 was never proven.");
    }

    @Test
    void what_needs_somebody_stands_first() throws Exception {
        assertThat(systems("/")).containsExactly("wiki", "crm", "erp", "billing");
    }

    @Test
    void a_table_is_sorted_by_its_address_with_the_unknown_last_in_both_directions() throws Exception {
        assertThat(systems("/?sort=system")).containsExactly("billing", "crm", "erp", "wiki");
        assertThat(systems("/?sort=-system")).containsExactly("wiki", "erp", "crm", "billing");
        assertThat(systems("/?sort=proven")).containsExactly("crm", "erp", "billing", "wiki");
        assertThat(systems("/?sort=-proven")).containsExactly("billing", "erp", "crm", "wiki");
        assertThat(estate.get("/?sort=-proven")).contains("aria-sort=\"descending\"");
    }

    @Test
    void a_table_is_searched_and_narrowed_by_its_address() throws Exception {
        assertThat(systems("/?find=CRM")).containsExactly("crm");
        assertThat(systems("/?find=order-capture")).hasSize(4);
        assertThat(systems("/?show=Overdue&sort=system")).containsExactly("crm", "erp");
        assertThat(systems("/?show=Overdue&find=erp")).containsExactly("erp");
        assertThat(estate.get("/?find=nowhere")).contains("Nothing matches “nowhere”");
    }

    @Test
    void what_an_address_asks_wrongly_is_passed_over() throws Exception {
        assertThat(systems("/?sort=%27;drop&show=no&page=-1")).hasSize(4);
        assertThat(systems("/?page=99999")).hasSize(4);
        assertThat(estate.answer("/?page=99999999999999999999").statusCode()).isEqualTo(200);
        assertThat(estate.get("/?find=" + "x".repeat(3000))).doesNotContain("x".repeat(101));
        assertThat(estate.answer("/calendar?month=999999999-01&day=x").statusCode())
                .isEqualTo(200);
    }

    @Test
    void deliveries_show_what_waits_and_what_went_wrong_and_hostile_names_do_nothing() throws Exception {
        assertThat(estate.get("/deliveries")).contains("Nobody was told of anything yet", "<code>dba</code>");
        estate.overdue("<script>alert(1)</script>");
        assertThat(estate.get("/deliveries"))
                .contains("&lt;script&gt;alert(1)", "Overdue", "not tried yet")
                .doesNotContain("<script>alert");
        assertThat(estate.get("/deliveries?show=Delivered")).contains("Nothing matches");
    }

    @Test
    void every_figure_tells_its_formula_and_what_was_not_measured_is_never_met() throws Exception {
        String page = estate.get("/systems/billing");

        assertThat(page).contains("the disaster instant minus the proven point of the worst asset");
        assertThat(estate.get("/systems/wiki")).contains("not measured").doesNotContain("✓ met");
    }

    @Test
    void a_system_whose_runbook_changed_since_it_passed_says_so() throws Exception {
        estate.shelf.clear();
        estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook("billing-monthly", "billing", "b".repeat(64))));

        assertThat(estate.get("/systems/billing"))
                .contains("not proven since change")
                .contains("/runbooks/billing-monthly");
    }

    @Test
    void what_is_going_to_miss_its_target_says_so_on_the_overview_and_is_drawn_on_its_page() throws Exception {
        assertThat(estate.get("/")).doesNotContain("missed from");
        assertThat(estate.get("/systems/erp")).doesNotContain("id=\"outlook\"");
        estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook("shop-monthly", "shop", SHA256)));
        estate.growing("shop", "shop-monthly", 14);

        assertThat(estate.get("/")).containsOnlyOnce("missed from");
        assertThat(estate.get("/systems/shop"))
                .contains("id=\"outlook\"", "stage restore", "a straight line of", "class=\"band\"")
                .contains("<title id=\"outlook-0-title\">Whole system, recovery time</title>");
    }

    @Test
    void what_runs_now_stands_on_the_overview() throws Exception {
        estate.desk.put(SampleEstate.running("2026-11-21-crm-1", "crm-monthly", "crm"));

        assertThat(estate.get("/")).contains("Running now").contains("/drills/2026-11-21-crm-1");
        assertThat(systems("/?show=Running+now")).containsExactly("crm");
    }

    @Test
    void the_page_for_those_who_manage_says_what_is_proven_and_what_the_rest_exposes() throws Exception {
        String page = estate.get("/management");

        assertThat(page)
                .contains("business processes are proven recoverable within their targets")
                .contains("Not proven, and what that exposes")
                .contains("promised every 31 days")
                .contains("Drills that passed, divided by all that came to a verdict")
                .contains("<title id=\"measure-0-title\">Restore tests passed by month</title>")
                .contains("Open corrective actions");
        estate.shelf.clear();
        assertThat(estate.get("/management"))
                .contains("Nothing is proven recoverable: no runbook names a business process or a system.")
                .contains("no runbook drills them any more");
    }

    @Test
    void names_that_are_hostile_show_and_do_nothing() throws Exception {
        String hostile = "<script>alert(1)</script>\"'\u202Eesrever " + "long".repeat(100);
        estate.shelf.add(SampleEstate.shelved(
                SampleEstate.runbook(hostile, hostile, SHA256),
                new Misprint("<img src=x>", 3, 1, "<b>wrong</b>", "\"><script>")));
        estate.settings.add(new SettingsSeen.Group("<i>", List.of(new SettingsSeen.Line("<u>", "</td><script>"))));
        estate.remember(hostile.substring(0, 60), "r", SHA256, 1, Duration.ofDays(1), "PASSED");

        for (String path :
                List.of("/", "/?find=%3Cscript%3E%22", "/management", "/runbooks", "/systems/crm", "/calendar")) {
            assertThat(estate.get(path))
                    .doesNotContain("<script>")
                    .doesNotContain("<img")
                    .doesNotContain("<b>wrong")
                    .doesNotContain("\u202E");
        }
        assertThat(estate.get("/runbooks")).contains("&lt;script&gt;alert(1)").contains("\uFFFDesrever");
    }

    @Test
    void runbooks_show_their_state_and_where_each_mistake_is() throws Exception {
        estate.shelf.add(SampleEstate.shelved(
                SampleEstate.runbook("kept", "erp", SHA256),
                new Misprint("runbooks/kept.yaml", 12, 3, "There is no key `objetives`", "Write `objectives`.")));

        String page = estate.get("/runbooks?show=With+mistakes");
        assertThat(page)
                .contains("an older version is kept")
                .contains("runbooks/kept.yaml:12:3")
                .contains("Write `objectives`.");
        assertThat(page).doesNotContain("crm-monthly");
        assertThat(estate.get("/runbooks/kept")).contains("restore: database").contains("side by side");
    }

    @Test
    void the_calendar_shows_coming_slots_of_its_month_only() throws Exception {
        estate.plan("crm-monthly", "crm", 15);

        assertThat(estate.get("/calendar?month=2026-11")).contains("○ coming").contains("crm-monthly");
        assertThat(estate.get("/calendar?day=2026-11-23"))
                .contains("Slots of 2026-11-23")
                .contains(">1 in all</p>");
        assertThat(estate.get("/calendar?month=2026-10")).doesNotContain("○ coming");
        assertThat(estate.get("/")).contains("2026-11-22 09:30:00 UTC");
    }

    @Test
    void a_fleet_of_ten_thousand_is_one_row_and_its_tenants_are_shown_page_by_page() throws Exception {
        List<String> names = new ArrayList<>(
                IntStream.range(0, 10_000).mapToObj(number -> "t" + number).toList());
        names.add("<script>alert(1)</script>");
        names.add("t1");
        assertThat(estate.get("/management")).doesNotContain("What may be claimed of fleets");
        estate.fleet(new RunbookFolder(folder.resolve("runbooks")).template("tenants"), names);
        assertThat(estate.get("/management"))
                .contains("What may be claimed of fleets", "Nothing is claimed of all tenants");

        assertThat(systems("/")).hasSize(4);
        assertThat(estate.get("/fleets"))
                .contains("href=\"/fleets/tenants\"", "10000", "Nothing is claimed of all tenants");
        String page = estate.get("/fleets/tenants");
        assertThat(page)
                .contains("&lt;script&gt;alert(1)", "1 name came more than once", "By lot", "? never proven")
                .doesNotContain("<script>alert");
        assertThat(page.split("data-label=\"Standing\"", -1)).hasSize(101);
        assertThat(estate.get("/fleets/tenants?find=t9999&sort=-tenant"))
                .contains("/systems/tenant-t9999")
                .doesNotContain("/systems/tenant-t9998\"");
        assertThat(estate.get("/fleets/tenants?show=Proven")).contains("Nothing matches");
        assertThat(estate.answer("/fleets/crm-monthly").statusCode()).isEqualTo(404);
        assertThat(estate.get("/runbooks")).contains("href=\"/fleets/tenants\"");
        assertThat(estate.get("/calendar?day=2026-11-20")).contains("href=\"/fleets/tenants\"");
    }

    @Test
    void no_page_has_a_style_or_script_of_its_own_inside() throws Exception {
        for (String path :
                List.of("/", "/management", "/systems/crm", "/calendar", "/runbooks", "/runbooks/crm-monthly")) {
            assertThat(estate.get(path))
                    .doesNotContain(" style=")
                    .doesNotContain("<style")
                    .doesNotContain("hx-on")
                    .doesNotContainPattern("<script(?! src=)")
                    .doesNotContainPattern(" on[a-z]+=");
        }
    }

    @Test
    void settings_are_for_those_who_may_audit_and_so_is_the_way_there() throws Exception {
        assertThat(estate.get("/")).doesNotContain("\"/settings\"").doesNotContain("Start a drill");
        assertThat(estate.answer("/settings").statusCode()).isNotEqualTo(200);
        try (SampleEstate auditors = estate(Role.AUDITOR)) {
            auditors.settings.add(new SettingsSeen.Group("Places", List.of(new SettingsSeen.Line("home", "/h"))));
            assertThat(auditors.get("/settings")).contains("Places").contains("/h");
        }
    }

    @Test
    void a_system_that_nobody_knows_is_a_page_that_says_what_to_do() throws Exception {
        HttpResponse<String> answer = estate.answer("/systems/%3Cscript%3Enobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("There is no system of this name.")
                .contains("What to do:")
                .doesNotContain("<script>nobody");
    }

    @Test
    void files_are_kept_for_good_under_an_address_that_names_their_content() throws Exception {
        String page = estate.get("/");
        String style = page.replaceFirst("(?s).*href=\"(/static/[0-9a-f]{16}/style[.]css)\".*", "$1");
        HttpResponse<String> answer = estate.answer(style);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(estate.answer("/static/0000000000000000/style.css").statusCode())
                .isEqualTo(404);
    }
}
