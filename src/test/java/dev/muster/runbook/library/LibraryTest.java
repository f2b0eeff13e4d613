package dev.muster.runbook.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Runbook;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.RunbookReader;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runbooks change while Muster runs: each change is seen, and a mistake leaves the last good version. */
class LibraryTest {
    private static final String SOUND = """
            apiVersion: muster.dev/v1
            name: shop
            system: shop
            owner: platform-team
            scenario: operator-error
            objectives: { rpo: 1h, rto: 4h }
            backups:
              database: { vault: primary, format: pg-dump, prefix: db/ }
            scratch: { postgres: 15 }
            steps:
              - restore: database
            """;

    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(Instant.now());
    private Path runbooks = Path.of("");

    @BeforeEach
    void makesTheFolder() throws IOException {
        runbooks = Files.createDirectories(folder.resolve("runbooks"));
    }

    private Library library() {
        RunbookReader reader = new RunbookReader(Set.of("primary"), Map.of());
        return new Library(runbooks, reader, Optional.of(folder.resolve("good")), clock);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(runbooks.resolve(name), content);
        later();
    }

    private void later() {
        clock.to(clock.instant().plus(Duration.ofSeconds(5)));
    }

    private static String title(Library library) {
        return library.find("shop").flatMap(Shelved::good).map(Runbook::title).orElse("");
    }

    @Test
    void a_change_is_seen() throws IOException {
        Library library = library();
        write("shop.yaml", SOUND);
        assertThat(title(library)).isEqualTo("shop");
        write("shop.yaml", SOUND + "title: The shop\n");
        assertThat(title(library)).isEqualTo("The shop");
        Files.delete(runbooks.resolve("shop.yaml"));
        later();
        assertThat(library.runbooks()).isEmpty();
    }

    @Test
    void a_change_within_the_grain_of_the_files_time_is_seen() throws IOException {
        Library library = library();
        Path file = runbooks.resolve("shop.yaml");
        FileTime time = FileTime.from(clock.instant().plusSeconds(1));
        Files.writeString(file, SOUND + "title: One\n");
        Files.setLastModifiedTime(file, time);
        assertThat(title(library)).isEqualTo("One");
        Files.writeString(file, SOUND + "title: Two\n");
        Files.setLastModifiedTime(file, time);
        clock.to(clock.instant().plusSeconds(2));
        assertThat(title(library)).isEqualTo("Two");
    }

    @Test
    void a_file_that_does_not_change_is_not_read_again() throws IOException {
        Library library = library();
        write("shop.yaml", SOUND);
        Files.setLastModifiedTime(
                runbooks.resolve("shop.yaml"), FileTime.from(clock.instant().minusSeconds(60)));
        Shelved first = library.find("shop").orElseThrow();
        later();

        assertThat(library.find("shop").orElseThrow()).isSameAs(first);
    }

    @Test
    void a_mistake_leaves_the_last_good_version_also_after_a_restart() throws IOException {
        Library library = library();
        write("shop.yaml", SOUND);
        assertThat(title(library)).isEqualTo("shop");
        write("shop.yaml", SOUND.replace("rto: 4h", "rto: soon"));

        for (Library each : new Library[] {library, library()}) {
            Shelved shop = each.find("shop").orElseThrow();
            assertThat(shop.good()).isPresent();
            assertThat(shop.misprints()).extracting(Misprint::line).containsExactly(6);
            assertThat(shop.good().orElseThrow().file())
                    .isEqualTo(runbooks.resolve("shop.yaml").toString());
            assertThat(each.good("shop", Map.of("title", "For once")))
                    .map(Runbook::title)
                    .contains("For once");
            assertThat(each.good("shop", Map.of("title", "For once", "objectives.rto", "soon")))
                    .isEmpty();
        }
        write("shop.yaml", SOUND);
        assertThat(library.find("shop").orElseThrow().misprints()).isEmpty();
    }

    @Test
    void a_file_that_never_was_good_is_shown_with_its_mistakes() throws IOException {
        write("shop.yaml", "name: shop\n");

        Shelved shop = library().find("shop").orElseThrow();
        assertThat(shop.good()).isEmpty();
        assertThat(shop.misprints()).isNotEmpty();
    }

    @Test
    void of_two_files_with_one_name_the_later_is_none() throws IOException {
        write("a.yaml", SOUND);
        write("b.yaml", SOUND);

        assertThat(library().runbooks()).extracting(Shelved::name).containsExactly("shop", "b");
        assertThat(library().find("b").orElseThrow().misprints())
                .extracting(Misprint::what)
                .containsExactly(
                        "The name `shop` is that of the runbook in " + runbooks.resolve("a.yaml") + " already");
    }

    @Test
    void in_a_checkout_the_commit_is_known_and_whether_the_file_differs_from_it() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            write("shop.yaml", SOUND);
            git.add().addFilepattern("runbooks").call();
            String commit = git.commit()
                    .setMessage("A runbook")
                    .setAuthor("somebody", "somebody@example.com")
                    .setCommitter("somebody", "somebody@example.com")
                    .setSign(false)
                    .call()
                    .name();
            Library library = library();
            write("fresh.yaml", SOUND.replace("name: shop", "name: fresh"));

            assertThat(commit(library)).contains(commit);
            assertThat(library.find("fresh")
                            .flatMap(Shelved::good)
                            .orElseThrow()
                            .commit())
                    .as("the commit knows nothing of this file")
                    .isEmpty();
            write("shop.yaml", SOUND + "title: Changed\n");
            assertThat(commit(library)).contains(commit + " with changes");
            git.add().addFilepattern("runbooks").call();
            String next = git.commit()
                    .setMessage("A title")
                    .setAuthor("somebody", "somebody@example.com")
                    .setCommitter("somebody", "somebody@example.com")
                    .setSign(false)
                    .call()
                    .name();
            later();
            assertThat(commit(library)).contains(next);
        }
    }

    @Test
    void outside_of_a_checkout_there_is_no_commit() throws IOException {
        write("shop.yaml", SOUND);

        assertThat(commit(library())).isEmpty();
    }

    private static Optional<String> commit(Library library) {
        return library.find("shop").flatMap(Shelved::good).flatMap(Runbook::commit);
    }
}
