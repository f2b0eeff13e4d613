package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the first page that people read to what there is. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| `([a-z]+)` \\| (.+) \\|$");
    private static final Pattern PURPOSE = Pattern.compile("(?s)/\\*\\* (.*?) \\*/");

    @TempDir
    Path folder;

    @Test
    void its_example_runbook_fits_its_example_settings() throws Exception {
        Path settings = Files.writeString(folder.resolve("muster.yaml"), yaml(false));
        RunbookReader reader = new RunbookReader(
                Settings.read(Optional.of(settings), Optional.empty(), Map.of())
                        .vaults()
                        .keySet(),
                Checks.shipped(Clock.systemUTC()).groups());

        RunbookText text = reader.read(Files.writeString(folder.resolve("shop.yaml"), yaml(true)), Map.of());

        assertThat(text.misprints()).isEmpty();
        assertThat(text.runbook()).isPresent();
    }

    @Test
    @Needs("pg_dump")
    void its_example_runbook_drills() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        SmallEstate estate = new SmallEstate(folder.resolve("making"));
        String now = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        Path place = Files.createDirectory(folder.resolve("playground"));
        try (Playground playground = new Playground(place)) {
            playground.s3.put(Playground.BUCKET, "shop/db/shop-" + now + ".sql", estate.plainDump());
            Path runbook = Files.writeString(place.resolve("shop.yaml"), yaml(true));

            Playground.Outcome drill = playground.muster("run", runbook.toString());

            assertThat(drill.exit()).as(drill.out() + drill.err()).isZero();
        }
    }

    @Test
    void its_policy_for_a_vault_allows_reading_only() throws IOException {
        JsonNode policy = JsonMapper.shared().readTree(blocks("json").get(0));
        List<String> actions = new ArrayList<>();
        policy.path("Statement").forEach(statement -> {
            assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
            JsonNode action = statement.path("Action");
            if (action.isArray()) {
                action.forEach(each -> actions.add(each.asString()));
            } else {
                actions.add(action.asString());
            }
        });

        assertThat(actions)
                .contains("s3:ListBucket", "s3:GetObject")
                .allMatch(action -> action.matches("s3:(List|Get)[A-Za-z]+"));
    }

    @Test
    void its_table_holds_every_package_with_its_purpose() throws IOException {
        Map<String, String> written = new TreeMap<>();
        String readme = Files.readString(README);
        PACKAGE.matcher(readme.substring(readme.indexOf("| Package of `dev.muster` |")))
                .results()
                .forEach(row -> written.put(row.group(1), row.group(2)));
        Map<String, String> real = new TreeMap<>();
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/muster"))) {
            for (Path each : packages.filter(ReadmeTest::holdsCode).toList()) {
                PURPOSE.matcher(Files.readString(each.resolve("package-info.java")))
                        .results()
                        .forEach(purpose -> real.put(String.valueOf(each.getFileName()), purpose.group(1)));
            }
        }

        assertThat(written).isEqualTo(real);
    }

    @Test
    void every_link_of_every_page_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int seen = 0;
        for (Path page : pages()) {
            for (String link : LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .toList()) {
                if (URI.create(link).getScheme() == null) {
                    seen++;
                    if (!Files.exists(page.resolveSibling(link.replaceFirst("#.*", "")))) {
                        broken.add(page + ": " + link);
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(seen).isGreaterThan(10);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String place : List.of(
                "",
                "config",
                "config/container",
                "config/kubernetes",
                "config/kubernetes/chart",
                "runbooks",
                "templates")) {
            try (Stream<Path> files = Files.list(Path.of(place))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    private static boolean holdsCode(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .anyMatch(file -> file.endsWith(".java") && !file.endsWith("package-info.java"));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String yaml(boolean runbook) throws IOException {
        return blocks("yaml").stream()
                .filter(block -> block.startsWith("apiVersion:") == runbook)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(README))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
