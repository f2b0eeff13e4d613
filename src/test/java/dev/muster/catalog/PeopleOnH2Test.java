package dev.muster.catalog;

import dev.muster.catalog.people.DirectoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PeopleOnH2Test extends DirectoryContract {
    @TempDir
    Path folder;

    @Override
    protected Catalog catalog() {
        return Catalog.open("jdbc:h2:file:" + folder.resolve("catalog"));
    }
}
