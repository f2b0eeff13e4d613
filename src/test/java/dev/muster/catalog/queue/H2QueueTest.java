package dev.muster.catalog.queue;

import dev.muster.catalog.Catalog;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class H2QueueTest extends QueueContract {
    @TempDir
    private Path folder;

    @Override
    Catalog hold() {
        return Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
    }
}
