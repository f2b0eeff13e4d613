package dev.muster.web.entrance;

import static dev.muster.web.entrance.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.people.Actor;
import dev.muster.people.Role;
import dev.muster.people.Session;
import dev.muster.people.Unguessable;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People come in by the door and by no other way. */
class EntranceTest {
    private static final Pattern TOKEN = Pattern.compile("<code id=\"token\">([^<]+)</code>");

    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void opens() {
        house = new House(folder);
    }

    @AfterEach
    void closes() {
        house.close();
    }

    @Test
    void the_first_administrator_chooses_a_password_before_anything_else() throws Exception {
        String oneTime =
                house.people.register().firstAdministrator().orElseThrow().reveal();
        assertThat(house.people.register().firstAdministrator()).isEmpty();
        Browser browser = house.browser();
        assertThat(location(browser.get("/"))).isEqualTo("/login");

        assertThat(location(browser.signIn("admin", oneTime))).isEqualTo("/me/password");
        assertThat(location(browser.get("/"))).isEqualTo("/me/password");
        assertThat(location(browser.get("/me"))).isEqualTo("/me/password");
        assertThat(browser.get("/api/v1/who").statusCode()).isEqualTo(401);
        HttpResponse<String> weak = browser.submit(
                "/me/password", "/me/password", "old", oneTime, "password", "Password2026!", "again", "Password2026!");
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(weak.body()).contains("among the first that are tried");
        HttpResponse<String> changed = browser.submit(
                "/me/password", "/me/password", "old", oneTime, "password", House.PASSWORD, "again", House.PASSWORD);
        assertThat(location(changed)).isEqualTo("/me");

        assertThat(browser.get("/").body()).isEqualTo("admin");
        assertThat(house.browser().signIn("admin", oneTime).statusCode()).isEqualTo(401);
        assertThat(house.ledger.events().toString()).doesNotContain(oneTime);
    }

    @Test
    void a_password_that_was_handed_over_ends_after_a_day() throws Exception {
        String oneTime =
                house.people.register().firstAdministrator().orElseThrow().reveal();
        house.clock.to(house.clock.instant().plus(Duration.ofHours(24)));

        assertThat(house.browser().signIn("admin", oneTime).statusCode()).isEqualTo(401);
    }

    @Test
    void whoever_signs_in_gets_where_they_wanted_and_never_elsewhere() throws Exception {
        house.add("kim", Role.VIEWER);
        assertThat(location(house.browser().get("/api/v1/who?x=1"))).isEmpty();
        assertThat(location(house.browser().get("/people?find=a"))).isEqualTo("/login?to=%2Fpeople%3Ffind%3Da");

        for (String elsewhere : List.of("//evil.example", "https://evil.example/", "/\\evil.example", "/login", "x")) {
            assertThat(location(house.browser()
                            .submit("/login", "/login", "name", "kim", "password", House.PASSWORD, "to", elsewhere)))
                    .as(elsewhere)
                    .isEqualTo("/");
        }
        assertThat(location(house.browser()
                        .submit(
                                "/login",
                                "/login",
                                "name",
                                "Kim ",
                                "password",
                                House.PASSWORD,
                                "to",
                                "/ledger?page=2")))
                .isEqualTo("/ledger?page=2");
    }

    @Test
    void a_session_gets_a_new_id_at_sign_in_and_ends_by_itself_and_at_sign_out() throws Exception {
        house.add("kim", Role.VIEWER);
        Browser browser = house.browser();
        browser.hold("muster", "A".repeat(43));
        browser.signIn("kim", House.PASSWORD);
        String first = browser.cookie("muster").orElseThrow().getValue();
        assertThat(first).isNotEqualTo("A".repeat(43));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        house.clock.to(house.clock.instant().plus(Duration.ofMinutes(29)));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        house.clock.to(house.clock.instant().plus(Duration.ofMinutes(30)));
        assertThat(browser.get("/").statusCode()).isEqualTo(303);

        browser.signIn("kim", House.PASSWORD);
        for (int half = 0; half < 25; half++) {
            house.clock.to(house.clock.instant().plus(Duration.ofMinutes(28)));
            assertThat(browser.get("/").statusCode()).as("after %d", half).isEqualTo(200);
        }
        house.clock.to(house.clock.instant().plus(Duration.ofMinutes(28)));
        assertThat(browser.get("/").statusCode()).isEqualTo(303);

        browser.signIn("kim", House.PASSWORD);
        String held = browser.cookie("muster").orElseThrow().getValue();
        assertThat(location(browser.submit("/me", "/logout"))).isEqualTo("/login");
        browser.hold("muster", held);
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
        assertThat(house.acted("sign out")).isNotEmpty();
    }

    @Test
    void cookies_cannot_be_read_by_scripts_and_every_answer_has_safe_headers() throws Exception {
        house.add("kim", Role.VIEWER);
        HttpResponse<String> signedIn = house.browser().signIn("kim", House.PASSWORD);

        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("muster="))
                .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        for (String path : List.of("/login", "/api/v1/who", "/nothing/here", "/")) {
            HttpResponse<String> answer = house.browser().get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void what_other_pages_make_a_browser_send_is_refused() throws Exception {
        house.add("ada", Role.ADMINISTRATOR);
        Browser ada = house.signedIn("ada");
        String csrf = ada.csrf("/me");
        String[] person = {"name", "mallory", "role", "administrator"};

        assertThat(ada.post("/people", "", person).statusCode()).isEqualTo(403);
        assertThat(ada.post("/people", house.signedIn("ada").csrf("/me"), person)
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/people", csrf, List.of("Origin", "https://evil.example"), person)
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/people", csrf, List.of("Origin", "null"), person).statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/people", csrf, List.of("Sec-Fetch-Site", "cross-site"), person)
                        .statusCode())
                .isEqualTo(403);
        assertThat(house.people.register().find("mallory")).isEmpty();
        assertThat(house.browser()
                        .post("/login", "", "name", "ada", "password", House.PASSWORD)
                        .statusCode())
                .isEqualTo(403);

        assertThat(ada.post(
                                "/people",
                                csrf,
                                List.of("Origin", house.home().toString(), "Sec-Fetch-Site", "same-origin"),
                                person)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ada.post("/api/v1/start", "", List.of("X-CSRF-Token", csrf)).body())
                .isEqualTo("started");
    }

    @Test
    void a_token_may_what_its_owner_gave_it_and_never_more_than_the_owner_now() throws Exception {
        house.add("ada", Role.ADMINISTRATOR);
        house.add("kim", Role.OPERATOR);
        Browser kim = house.signedIn("kim");
        assertThat(kim.submit("/me", "/me/tokens", "label", "ci", "days", "30", "right", "ADMINISTER")
                        .statusCode())
                .isEqualTo(422);
        assertThat(kim.submit("/me", "/me/tokens", "label", "ci", "days", "366", "right", "READ")
                        .statusCode())
                .isEqualTo(422);
        String reading = token(kim.submit("/me", "/me/tokens", "label", "ci", "days", "30", "right", "READ"));
        String starting =
                token(kim.submit("/me", "/me/tokens", "label", "go", "days", "30", "right", "READ", "right", "START"));

        assertThat(with(reading, "/api/v1/who").body()).isEqualTo("kim");
        assertThat(post(reading).statusCode()).isEqualTo(403);
        assertThat(post(starting).body()).isEqualTo("started");
        assertThat(with(reading.replaceFirst(".$", reading.endsWith("a") ? "b" : "a"), "/api/v1/who")
                        .statusCode())
                .isEqualTo(401);
        assertThat(with("muster_x", "/api/v1/who").statusCode()).isEqualTo(401);
        assertThat(kim.get("/api/v1/who", "Authorization", "Bearer nonsense").statusCode())
                .isEqualTo(401);
        assertThat(with(reading, "/me").statusCode()).isEqualTo(303);
        assertThat(kim.get("/me").body()).contains("muster_").doesNotContain(reading);
        assertThat(house.ledger.events().toString()).doesNotContain(reading, starting);

        house.people.register().changeRoles(Actor.service(), "kim", Set.of(Role.VIEWER));
        assertThat(post(starting).statusCode()).isEqualTo(403);
        assertThat(with(starting, "/api/v1/who").statusCode()).isEqualTo(200);
        house.clock.to(house.clock.instant().plus(Duration.ofDays(30)));
        assertThat(with(starting, "/api/v1/who").statusCode()).isEqualTo(401);
    }

    @Test
    void a_revoked_token_and_those_of_somebody_disabled_hold_no_more() throws Exception {
        house.add("ada", Role.ADMINISTRATOR);
        house.add("kim", Role.OPERATOR);
        Browser kim = house.signedIn("kim");
        String one = token(kim.submit("/me", "/me/tokens", "label", "one", "days", "30", "right", "READ"));
        String other = token(kim.submit("/me", "/me/tokens", "label", "other", "days", "30", "right", "READ"));
        String id = one.substring("muster_".length(), "muster_".length() + 13);

        assertThat(house.signedIn("ada")
                        .submit("/me", "/me/tokens/revoke", "token", id)
                        .statusCode())
                .isEqualTo(404);
        assertThat(with(one, "/api/v1/who").statusCode()).isEqualTo(200);
        kim.submit("/me", "/me/tokens/revoke", "token", id);
        assertThat(with(one, "/api/v1/who").statusCode()).isEqualTo(401);

        house.signedIn("ada").submit("/people", "/people/disable", "name", "kim");
        assertThat(with(other, "/api/v1/who").statusCode()).isEqualTo(401);
        assertThat(kim.get("/").statusCode()).isEqualTo(303);
        assertThat(house.browser().signIn("kim", House.PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void sessions_can_be_seen_and_ended_by_their_owner_alone() throws Exception {
        house.add("kim", Role.VIEWER);
        house.add("eve", Role.VIEWER);
        Browser here = house.signedIn("kim");
        Browser there = house.signedIn("kim");
        String key = house.people.sessions().of("kim").stream()
                .map(Session::key)
                .filter(each -> here.cookie("muster")
                        .map(cookie -> !Unguessable.digest(cookie.getValue()).equals(each))
                        .orElse(false))
                .findFirst()
                .orElseThrow();

        assertThat(house.signedIn("eve")
                        .submit("/me", "/me/sessions", "session", key)
                        .statusCode())
                .isEqualTo(404);
        assertThat(there.get("/").statusCode()).isEqualTo(200);
        here.submit("/me", "/me/sessions", "session", key);
        assertThat(there.get("/").statusCode()).isEqualTo(303);

        Browser third = house.signedIn("kim");
        String better = "another sentence of words";
        here.submit("/me/password", "/me/password", "old", "wrong", "password", better, "again", better);
        assertThat(third.get("/").statusCode()).isEqualTo(200);
        here.submit("/me/password", "/me/password", "old", House.PASSWORD, "password", better, "again", better);
        assertThat(third.get("/").statusCode()).isEqualTo(303);
        assertThat(here.get("/").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> with(String token, String path) throws Exception {
        return house.browser().get(path, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(String token) throws Exception {
        return house.browser().post("/api/v1/start", "", List.of("Authorization", "Bearer " + token));
    }

    private static String token(HttpResponse<String> page) {
        Matcher token = TOKEN.matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        return token.group(1);
    }
}
