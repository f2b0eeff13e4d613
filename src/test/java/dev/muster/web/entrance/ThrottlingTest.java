package dev.muster.web.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords cannot be tried fast, names cannot be found out, and nobody can be locked out. */
class ThrottlingTest {
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
    void pauses_grow_and_stay_bounded_and_the_right_password_does_not_count_within_them() throws Exception {
        Browser stranger = house.browser();
        for (int tries = 0; tries < 5; tries++) {
            assertThat(stranger.signIn("ada", "wrong " + tries).statusCode()).isEqualTo(401);
        }
        assertThat(stranger.signIn("ada", House.PASSWORD).statusCode()).isEqualTo(429);
        long longest = 0;
        for (int tries = 0; tries < 12; tries++) {
            HttpResponse<String> held = stranger.signIn("ada", "wrong");
            assertThat(held.statusCode()).isEqualTo(429);
            long pause = Long.parseLong(held.headers().firstValue("Retry-After").orElseThrow());
            longest = Math.max(longest, pause);
            house.clock.to(house.clock.instant().plus(Duration.ofSeconds(pause)));
            assertThat(stranger.signIn("ada", "wrong").statusCode()).isEqualTo(401);
        }
        assertThat(longest).isBetween(60L, 61L);
        house.clock.to(house.clock.instant().plus(Duration.ofSeconds(61)));
        assertThat(stranger.signIn("ada", House.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(house.acted("sign in").stream()
                        .filter(event ->
                                event.details().getOrDefault("result", "").startsWith("refused"))
                        .count())
                .isLessThanOrEqualTo(10);
    }

    @Test
    void what_strangers_try_does_not_hold_up_a_browser_that_is_known() throws Exception {
        Browser known = house.signedIn("ada");
        known.submit("/me", "/logout");
        Browser stranger = house.browser();
        for (int tries = 0; tries < 6; tries++) {
            stranger.signIn("ada", "wrong");
        }
        assertThat(house.browser().signIn("ada", House.PASSWORD).statusCode()).isEqualTo(429);
        assertThat(known.signIn("ada", House.PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void nobody_is_answered_like_somebody_with_a_wrong_password() throws Exception {
        for (int tries = 0; tries < 6; tries++) {
            house.clock.to(house.clock.instant().plus(Duration.ofHours(2)));
            HttpResponse<String> known = house.browser().signIn("ada", "wrong");
            HttpResponse<String> unknown = house.browser().signIn("nobody", "wrong");
            assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
            assertThat(unknown.body().replaceAll("value=\"[^\"]*\"", ""))
                    .isEqualTo(known.body().replaceAll("value=\"[^\"]*\"", ""));
        }
        assertThat(house.ledger.events().toString()).doesNotContain("nobody");
    }
}
