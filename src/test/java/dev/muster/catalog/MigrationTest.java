package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationTest {

    @Test
    void the_newest_script_is_the_one_that_an_open_catalog_is_asked_for() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
            Optional<Integer> newest = scripts.map(
                            script -> script.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .max(Integer::compareTo);
            assertThat(newest).map(String::valueOf).contains(Migration.NEWEST);
        }
    }
}
