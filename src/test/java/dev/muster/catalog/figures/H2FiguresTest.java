package dev.muster.catalog.figures;

import dev.muster.catalog.Catalog;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FiguresTest extends FiguresContract {
    @TempDir
    Path folder;

    @Override
    Catalog open() {
        return Catalog.open("jdbc:h2:file:" + folder.resolve("catalog"));
    }
}
