package dev.muster.web.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.LedgerEvent;
import dev.muster.people.Action;
import dev.muster.people.Actor;
import dev.muster.people.Member;
import dev.muster.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Administrators change who may do what, nobody else does, and all of it stands in the ledger. */
class PeoplePagesTest {
    private static final Pattern PASSWORD = Pattern.compile("<code id=\"password\">([^<]+)</code>");

    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void opens() throws Exception {
        house = new House(folder);
        house.add("ada", Role.ADMINISTRATOR);
    }

    @AfterEach
    void closes() {
        house.close();
    }

    @Test
    void an_administrator_adds_somebody_changes_and_resets_them() throws Exception {
        Browser ada = house.signedIn("ada");
        HttpResponse<String> added = ada.submit(
                "/people", "/people", "name", "kim", "display", "Kim <b>Doe</b>", "role", "viewer", "role", "approver");
        assertThat(added.body()).contains("Kim &lt;b&gt;Doe&lt;/b&gt;").doesNotContain("<b>Doe");
        assertThat(house.browser().signIn("kim", password(added)).statusCode()).isEqualTo(303);
        assertThat(ada.submit("/people", "/people", "name", "kim", "role", "viewer")
                        .statusCode())
                .isEqualTo(409);
        assertThat(ada.submit("/people", "/people", "name", "../x", "role", "viewer")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.submit("/people", "/people", "name", "lee").statusCode()).isEqualTo(422);

        ada.submit("/people", "/people/roles", "name", "kim", "role", "operator");
        assertThat(house.people.register().find("kim")).map(Member::roles).contains(Set.of(Role.OPERATOR));
        String again = password(ada.submit("/people", "/people/reset", "name", "kim"));
        assertThat(house.browser().signIn("kim", again).statusCode()).isEqualTo(303);
        assertThat(ada.get("/people").body()).doesNotContain(again, "argon2");
        assertThat(house.ledger.events().toString()).doesNotContain(again, "argon2");
        assertThat(house.acted("change roles"))
                .extracting(LedgerEvent::details)
                .anySatisfy(details -> assertThat(details)
                        .containsEntry("by", "ada")
                        .containsEntry("on", "kim: operator")
                        .containsEntry("from", "127.0.0.1"));
        assertThat(house.acted("reset password")).hasSize(1);
    }

    @Test
    void nobody_without_the_right_changes_anybody_and_the_try_is_noted_a_few_times() throws Exception {
        house.add("max", Role.AUDITOR);
        Browser max = house.signedIn("max");
        assertThat(max.get("/people").statusCode()).isEqualTo(200);
        for (int tries = 0; tries < 8; tries++) {
            assertThat(max.submit("/people", "/people/roles", "name", "max", "role", "administrator")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(house.people.register().find("max")).map(Member::roles).contains(Set.of(Role.AUDITOR));
        assertThat(house.acted("reach")).hasSize(5);

        house.clock.to(house.clock.instant().plus(Duration.ofHours(1)));
        house.people.tidy();
        house.people.tidy();
        assertThat(house.acted("reach")).hasSize(6);
        assertThat(house.acted("reach").get(5).details())
                .containsEntry("by", "max")
                .containsEntry("result", "refused 3 more times: no right ADMINISTER");
    }

    @Test
    void the_last_administrator_stays_one() throws Exception {
        Browser ada = house.signedIn("ada");
        assertThat(ada.submit("/people", "/people/disable", "name", "ada").statusCode())
                .isEqualTo(409);
        assertThat(ada.submit("/people", "/people/roles", "name", "ada", "role", "viewer")
                        .statusCode())
                .isEqualTo(409);
        house.add("eve", Role.ADMINISTRATOR);
        house.people.register().disable(Actor.service(), "eve");
        assertThat(ada.submit("/people", "/people/disable", "name", "ada").statusCode())
                .isEqualTo(409);
        house.people.register().enable(Actor.service(), "eve");
        assertThat(ada.submit("/people", "/people/disable", "name", "ada").statusCode())
                .isEqualTo(303);
        assertThat(ada.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void an_auditor_sees_what_everybody_did_by_person_and_action() throws Exception {
        house.add("max", Role.AUDITOR);
        house.add("kim", Role.VIEWER);
        for (int times = 0; times < 60; times++) {
            house.people.audit().note(new Actor("kim", "127.0.0.1"), Action.EXPORT, "pack " + times);
        }
        Browser max = house.signedIn("max");

        String exports = max.get("/people/audit?by=kim&action=export").body();
        assertThat(exports).contains("pack 59", "pack 10", "60 in all").doesNotContain("pack 9<", "pack 0<");
        assertThat(max.get("/people/audit?by=kim&action=export&page=2").body())
                .contains("pack 9<", "pack 0<")
                .doesNotContain("pack 59");
        assertThat(max.get("/people/audit?by=%22%3E%3Cscript%3E").body()).doesNotContain("\"><script>");
        assertThat(house.signedIn("kim").get("/people/audit").statusCode()).isEqualTo(403);
    }

    private static String password(HttpResponse<String> page) {
        Matcher password = PASSWORD.matcher(page.body());
        assertThat(password.find()).as(page.body()).isTrue();
        return password.group(1);
    }
}
