package dev.muster.people.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Secret;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Passwords are kept at a cost, and those that everybody tries are not taken. */
class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @Test
    void a_hash_says_its_cost_and_is_outdated_when_more_is_asked() {
        Secret password = new Secret("correct sentence of words");
        String hash = passwords.hash(password);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(new Secret("correct sentence of wordz"), hash))
                .isFalse();
        assertThat(passwords.hash(password)).isNotEqualTo(hash);
        assertThat(passwords.outdated(hash)).isFalse();
        assertThat(new Passwords(new SecureRandom(), 20_000, 2).outdated(hash)).isTrue();
        assertThat(new Passwords(new SecureRandom(), 20_000, 2).matches(password, hash))
                .isTrue();
    }

    @Test
    void the_same_letters_typed_in_another_way_are_the_same_password() {
        String hash = passwords.hash(new Secret("Schl\u00fcssel und Schloss"));

        assertThat(passwords.matches(new Secret("Schlu\u0308ssel und Schloss"), hash))
                .isTrue();
    }

    @Test
    void short_common_and_own_names_are_refused_and_nothing_else() {
        PasswordRules rules = new PasswordRules();
        for (String bad : List.of(
                "elevenchars",
                "x".repeat(129),
                "aaaaaaaaaaaaaaa",
                "Password2026!",
                "1234 5678 9012".replace(" ", ""),
                "qwertyuiop12",
                "kimberly loves it")) {
            assertThat(rules.problem(new Secret(bad), "kimberly")).as(bad).isPresent();
        }
        for (String good : List.of(
                "correct sentence of words", "nur kleine buchstaben", "\u00e4\u00f6\u00fc\u00df\u20ac+-*/#12")) {
            assertThat(rules.problem(new Secret(good), "kimberly")).as(good).isEmpty();
        }
        assertThat(rules.problem(passwords.oneTime(), "kimberly")).isEmpty();
    }
}
