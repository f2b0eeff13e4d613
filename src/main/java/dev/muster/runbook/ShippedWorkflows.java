package dev.muster.runbook;

import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.StrictReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The workflows that come along, by the application that they are for. */
final class ShippedWorkflows {
    private static final String FOLDER = "runbooks/workflows/";

    private static final StrictReader READER = StrictReader.ofPart("runbook", "workflow");

    private ShippedWorkflows() {}

    /** The workflow of this name for the application, as its file says it. */
    static Optional<Entry> find(String application, String name) {
        String file = FOLDER + application + "/" + name + ".yaml";
        return content(file).map(bytes -> READER.read(Path.of(file), bytes)).map(Document::root);
    }

    /** The names of the workflows for an application; none where nothing comes along for it. */
    static List<String> names(String application) {
        return content(FOLDER + application + "/names")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
                .orElse(List.of());
    }

    private static Optional<byte[]> content(String resource) {
        try (InputStream content = ShippedWorkflows.class.getResourceAsStream("/" + resource)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
