package dev.muster.app;

import dev.muster.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that a catalog in a file remembers of drills, row by row, and how it is lost. */
final class Remembered {
    private static final List<String> TABLES = List.of("drill", "drill_process", "drill_stage", "drill_action");

    private Remembered() {}

    static List<String> in(Path home) {
        List<String> rows = new ArrayList<>();
        try (Catalog catalog = Catalog.open("jdbc:h2:file:" + home.resolve("catalog"))) {
            for (String table : TABLES) {
                catalog.<List<String>>work(handle -> handle.createQuery("select * from " + table + " order by 1, 2")
                                .mapToMap()
                                .map(row -> table + " " + row)
                                .list())
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    static void lose(Path home) throws IOException {
        Files.delete(home.resolve("catalog.mv.db"));
    }
}
