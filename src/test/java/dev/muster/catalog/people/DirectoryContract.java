package dev.muster.catalog.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of people, on whatever database. */
public abstract class DirectoryContract {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    protected abstract Catalog catalog();

    private Directory directory() {
        return new Directory(catalog());
    }

    private static Account account(String name) {
        return new Account(
                name,
                "Somebody",
                Set.of("viewer", "operator"),
                true,
                Optional.of("hash"),
                Optional.of(NOW),
                Optional.empty(),
                NOW,
                Optional.empty());
    }

    @Test
    void people_are_kept_as_they_were_and_changed_one_at_a_time() {
        Accounts accounts = directory().accounts();
        Account guest = new Account(
                "lee@sso.example",
                "Lee",
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Account.Origin("https://sso.example", "42")),
                NOW,
                Optional.of(NOW));

        assertThat(accounts.add(account("kim"))).isTrue();
        assertThat(accounts.add(account("kim"))).isFalse();
        assertThat(accounts.add(guest)).isTrue();
        assertThat(accounts.all()).containsExactly(account("kim"), guest);
        assertThat(accounts.find(new Account.Origin("https://sso.example", "42")))
                .contains(guest);
        assertThat(accounts.find("nobody")).isEmpty();
        assertThat(accounts.change("kim", (before, everybody) -> before.active(everybody.size() == 3)))
                .isPresent();
        assertThat(accounts.find("kim")).contains(account("kim").active(false));
        assertThat(accounts.change("nobody", (before, everybody) -> before)).isEmpty();
    }

    @Test
    void a_state_is_taken_once() {
        SignOns signOns = directory().signOns();
        SignOns.Row row = new SignOns.Row("d", "b", "n", "v", "/", NOW);
        signOns.add(row);

        assertThat(signOns.take("d")).contains(row);
        assertThat(signOns.take("d")).isEmpty();
    }

    @Test
    void tries_at_the_same_time_are_counted_one_after_the_other() {
        Tries tries = directory().tries();
        List<CompletableFuture<Optional<Instant>>> many = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> tries.take(
                        List.of("name a", "address b"),
                        NOW,
                        failed -> failed < 3 ? Duration.ZERO : Duration.ofMinutes(1),
                        Duration.ofHours(1))))
                .toList();

        assertThat(many.stream().map(CompletableFuture::join).filter(Optional::isEmpty))
                .hasSize(3);
        tries.forget(List.of("name a", "address b"));
        assertThat(tries.take(List.of("name a"), NOW, failed -> Duration.ZERO, Duration.ofHours(1)))
                .isEmpty();
    }

    @Test
    void counts_of_past_hours_are_taken_once() {
        Counts counts = directory().counts();
        assertThat(counts.count("a", NOW)).isEqualTo(1);
        assertThat(counts.count("a", NOW)).isEqualTo(2);
        assertThat(counts.count("a", NOW.plusSeconds(3600))).isEqualTo(1);

        assertThat(counts.takeBefore(NOW.plusSeconds(3600))).containsExactly(new Counts.Row("a", NOW, 2));
        assertThat(counts.takeBefore(NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void sessions_tokens_and_browsers_belong_to_their_person() {
        Directory directory = directory();
        directory.accounts().add(account("kim"));
        SessionRows.Row session = new SessionRows.Row("s", "kim", "PASSWORD", NOW, NOW, "::1", "browser");
        directory.sessions().add(session);
        assertThat(directory.sessions().find("s")).contains(session);
        assertThat(directory.sessions().end("eve", "s")).isFalse();
        assertThat(directory.sessions().endOlder(NOW, NOW)).isZero();
        assertThat(directory.sessions().endOlder(NOW.plusSeconds(1), NOW)).isEqualTo(1);

        TokenRows.Row token = new TokenRows.Row(
                "t", "d", "kim", "ci", Set.of("READ"), NOW, NOW.plusSeconds(9), Optional.empty(), Optional.empty());
        directory.tokens().add(token);
        assertThat(directory.tokens().of("kim")).containsExactly(token);
        assertThat(directory.tokens().revoke("eve", "t", NOW)).isFalse();
        assertThat(directory.tokens().revoke("kim", "t", NOW)).isTrue();
        assertThat(directory.tokens().revoke("kim", "t", NOW)).isFalse();

        directory.browsers().remember("b", "kim", NOW);
        directory.browsers().remember("b", "kim", NOW.plusSeconds(1));
        assertThat(directory.browsers().knows("b", "kim")).isTrue();
        assertThat(directory.browsers().knows("b", "eve")).isFalse();
        assertThat(directory.browsers().forgetOlder(NOW.plusSeconds(2))).isEqualTo(1);
    }
}
