package dev.muster.web.entrance;

import static dev.muster.web.entrance.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.muster.drill.Secret;
import dev.muster.people.Actor;
import dev.muster.people.Member;
import dev.muster.people.Role;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a provider knows comes in with the roles that it says, and nobody comes in with what a provider never said. */
class SignOnTest {
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private static SignOnSettings settings(String issuer, Optional<String> secret) {
        return new SignOnSettings(
                URI.create(issuer),
                "muster",
                secret.map(text -> () -> new Secret(text)),
                Optional.empty(),
                "groups",
                Map.of("muster-operators", Role.OPERATOR, "admins", Role.ADMINISTRATOR));
    }

    @Test
    @Needs({"node", "npm"})
    void people_of_a_real_provider_come_in_with_the_roles_it_says() throws Exception {
        int port = freePort();
        String issuer = "http://127.0.0.1:" + port;
        try (House house = new House(folder, Optional.of(settings(issuer, Optional.of(ProviderProcess.SECRET))))) {
            String returnTo = house.home() + "/sign-on/return";
            assertThat(house.browser().get("/sign-on").statusCode()).isEqualTo(503);
            try (ProviderProcess first = new ProviderProcess(port, returnTo)) {
                assertThat(first).isNotNull();
                Browser olga = house.browser();
                assertThat(location(signOn(olga, "olga", "/me"))).isEqualTo("/me");
                assertThat(olga.get("/").body()).isEqualTo("olga@127.0.0.1");
                assertThat(olga.get("/me").body())
                        .contains("You sign on with your organisation", "The one called olga");

                HttpResponse<String> vera = signOn(house.browser(), "vera", "/");
                assertThat(vera.statusCode()).isEqualTo(403);
                assertThat(vera.body()).contains("may do nothing here");
            }
            try (ProviderProcess withAnotherKey = new ProviderProcess(port, returnTo)) {
                assertThat(withAnotherKey).isNotNull();
                assertThat(location(signOn(house.browser(), "olga", "/"))).isEqualTo("/");
            }
            assertThat(house.people.register().all())
                    .extracting(Member::name, Member::roles)
                    .containsExactly(tuple("olga@127.0.0.1", Set.of(Role.OPERATOR)));
            assertThat(house.browser().signIn("olga@127.0.0.1", "").statusCode())
                    .isEqualTo(401);
        }
    }

    /** Goes to the provider, signs in there, agrees, and comes back. */
    private static HttpResponse<String> signOn(Browser browser, String login, String to) throws Exception {
        HttpResponse<String> answer = browser.get("/sign-on?to=" + to);
        for (int step = 0; step < 12; step++) {
            String next = answer.headers().firstValue("Location").orElse("");
            if (next.isEmpty()) {
                Matcher form = FORM.matcher(answer.body());
                assertThat(form.find()).as(answer.body()).isTrue();
                String prompt = answer.body().contains("value=\"login\"") ? "login" : "consent";
                answer = browser.post(form.group(1), "", "prompt", prompt, "login", login, "password", "any");
            } else {
                answer = browser.get(answer.uri().resolve(next).toString());
            }
            if (answer.uri().getPath().equals("/sign-on/return")) {
                return answer;
            }
        }
        throw new AssertionError("never came back: " + answer.body());
    }

    @Test
    void what_the_provider_never_said_is_refused() throws Exception {
        Map<String, Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder>> forged = new LinkedHashMap<>();
        forged.put("another issuer", claims -> claims.issuer("http://127.0.0.1:1"));
        forged.put("another audience", claims -> claims.audience("another"));
        forged.put("another nonce", claims -> claims.claim("nonce", "n".repeat(43)));
        forged.put("no nonce", claims -> claims.claim("nonce", null));
        forged.put(
                "expired",
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120))));
        forged.put(
                "from the future",
                claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(600))));
        forged.put("no subject", claims -> claims.subject(null));
        try (ForgingProvider provider = new ForgingProvider();
                House house = new House(folder, Optional.of(settings(provider.issuer(), Optional.empty())))) {
            for (var each : forged.entrySet()) {
                Browser browser = house.browser();
                Sent sent = sent(browser);
                provider.says(sent.nonce(), provider.key, each.getValue());
                assertThat(returned(browser, provider, sent.state()).statusCode())
                        .as(each.getKey())
                        .isEqualTo(403);
            }
            Browser wrongKey = house.browser();
            Sent sent = sent(wrongKey);
            provider.says(sent.nonce(), ForgingProvider.key("known"), same -> same);
            assertThat(returned(wrongKey, provider, sent.state()).statusCode()).isEqualTo(403);
            Browser unsigned = house.browser();
            Sent plain = sent(unsigned);
            provider.saysUnsigned(plain.nonce());
            assertThat(returned(unsigned, provider, plain.state()).statusCode()).isEqualTo(403);
            assertThat(house.people.register().all()).isEmpty();

            Browser good = house.browser();
            Sent honest = sent(good);
            assertThat(honest.method()).isEqualTo("S256");
            provider.says(
                    honest.nonce(),
                    provider.key,
                    claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(20))));
            assertThat(returned(good, provider, honest.state()).statusCode())
                    .as("a clock that is a little late")
                    .isEqualTo(303);
            assertThat(good.get("/").body()).isEqualTo("ada@127.0.0.1");
        }
    }

    @Test
    void a_state_is_good_once_in_the_browser_that_began_and_for_a_while() throws Exception {
        try (ForgingProvider provider = new ForgingProvider();
                House house = new House(folder, Optional.of(settings(provider.issuer(), Optional.empty())))) {
            Browser browser = house.browser();
            Sent sent = sent(browser);
            provider.says(sent.nonce(), provider.key, same -> same);
            int before = provider.asked.get();
            assertThat(returned(house.browser(), provider, sent.state()).statusCode())
                    .as("another browser")
                    .isEqualTo(403);
            assertThat(returned(browser, provider, sent.state()).statusCode())
                    .as("used up by the other one")
                    .isEqualTo(403);
            assertThat(returned(browser, provider, "x".repeat(43)).statusCode()).isEqualTo(403);
            Sent late = sent(browser);
            house.clock.to(house.clock.instant().plus(Duration.ofMinutes(11)));
            assertThat(returned(browser, provider, late.state()).statusCode()).isEqualTo(403);
            Sent another = sent(browser);
            assertThat(browser.get("/sign-on/return?code=c&state=" + another.state() + "&iss=http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            Sent silent = sent(browser);
            assertThat(browser.get("/sign-on/return?code=c&state=" + silent.state())
                            .statusCode())
                    .as("without a word who answers")
                    .isEqualTo(403);
            assertThat(provider.asked.get()).isEqualTo(before);

            provider.refuses();
            Sent refused = sent(browser);
            assertThat(returned(browser, provider, refused.state()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void somebody_elsewhere_is_never_somebody_here_and_can_be_disabled() throws Exception {
        try (ForgingProvider provider = new ForgingProvider();
                House house = new House(folder, Optional.of(settings(provider.issuer(), Optional.empty())))) {
            house.add("ada", Role.VIEWER);
            Browser browser = house.browser();
            Sent sent = sent(browser);
            provider.says(sent.nonce(), provider.key, same -> same);
            returned(browser, provider, sent.state());
            assertThat(browser.get("/").body()).isEqualTo("ada@127.0.0.1");
            assertThat(house.people.register().find("ada")).map(Member::roles).contains(Set.of(Role.VIEWER));

            Browser namesake = house.browser();
            Sent other = sent(namesake);
            provider.says(other.nonce(), provider.key, claims -> claims.subject("43"));
            returned(namesake, provider, other.state());
            assertThat(namesake.get("/").body()).isEqualTo("ada-2@127.0.0.1");

            house.people.register().disable(Actor.service(), "ada@127.0.0.1");
            assertThat(browser.get("/").statusCode()).isEqualTo(303);
            Sent again = sent(browser);
            provider.says(again.nonce(), provider.key, same -> same);
            assertThat(returned(browser, provider, again.state()).statusCode()).isEqualTo(403);
        }
    }

    /** What the browser was sent to the provider with. */
    private record Sent(String state, String nonce, String method) {}

    private static Sent sent(Browser browser) throws Exception {
        String to = browser.get("/sign-on").headers().firstValue("Location").orElseThrow();
        return new Sent(parameter(to, "state"), parameter(to, "nonce"), parameter(to, "code_challenge_method"));
    }

    private static String parameter(String address, String name) {
        Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address);
        assertThat(found.find()).as(address).isTrue();
        return found.group(1);
    }

    private static HttpResponse<String> returned(Browser browser, ForgingProvider provider, String state)
            throws Exception {
        return browser.get("/sign-on/return?code=c&state=" + state + "&iss=" + provider.issuer());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
