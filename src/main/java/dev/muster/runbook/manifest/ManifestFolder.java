package dev.muster.runbook.manifest;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Manifest;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.StrictReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder beside a runbook whose files describe an application to Kubernetes. */
public final class ManifestFolder {
    private static final int MOST_FILES = 50;
    private static final int MOST_OBJECTS = 100;

    private final Entry application;
    private final Path folder;
    private final List<Entry> objects = new ArrayList<>();
    private final List<Misprint> misprints = new ArrayList<>();
    private final MessageDigest digest = sha256();

    private ManifestFolder(Entry application, Path folder) {
        this.application = application;
        this.folder = folder;
        files().forEach(this::read);
        if (misprints.isEmpty()) {
            judge();
        }
    }

    /** The folders that the applications of a runbook name, by application. */
    public static Map<String, ManifestFolder> of(Entry root, Path runbook) {
        Map<String, ManifestFolder> folders = new LinkedHashMap<>();
        root.at("applications")
                .entries()
                .forEach((name, application) -> application
                        .at("manifests")
                        .text()
                        .filter(folder -> !folder.isEmpty() && !folder.startsWith("/") && !folder.contains(".."))
                        .ifPresent(folder ->
                                folders.put(name, new ManifestFolder(application, runbook.resolveSibling(folder)))));
        return folders;
    }

    /** What folders without mistakes hold. */
    public static Map<String, Ensemble> ensembles(Map<String, ManifestFolder> folders) {
        Map<String, Ensemble> ensembles = new LinkedHashMap<>();
        folders.forEach((name, folder) -> folder.ensemble().ifPresent(ensemble -> ensembles.put(name, ensemble)));
        return ensembles;
    }

    /** Everything that is wrong with them, all at once. */
    public List<Misprint> misprints() {
        return List.copyOf(misprints);
    }

    private Optional<Ensemble> ensemble() {
        return application
                .at("address")
                .text()
                .flatMap(Endpoint::of)
                .map(address -> new Ensemble(
                        objects.stream()
                                .map(object -> new Manifest(
                                        object.where(),
                                        object.at("kind").text().orElse(""),
                                        object.at("metadata").at("name").text().orElse(""),
                                        object.json()))
                                .toList(),
                        HexFormat.of().formatHex(digest.digest()),
                        address));
    }

    private List<Path> files() {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (files.isEmpty() || files.size() > MOST_FILES) {
                misprints.add(application
                        .at("manifests")
                        .misprint(
                                files.isEmpty()
                                        ? "There is no YAML file in " + folder
                                        : "There are more than " + MOST_FILES + " YAML files in " + folder,
                                "Let `kubectl kustomize` write all objects into one file there."));
            }
            return files.size() > MOST_FILES ? List.of() : files;
        } catch (IOException unreadable) {
            misprints.add(application
                    .at("manifests")
                    .misprint(
                            "The folder " + folder + " cannot be read",
                            "Put the manifests there; the path counts from the runbook's own folder."));
            return List.of();
        }
    }

    private void read(Path file) {
        Document document = StrictReader.several(file);
        misprints.addAll(document.misprints());
        digest.update((file.getFileName() + " " + document.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
        objects.addAll(document.root().items());
    }

    private void judge() {
        if (objects.isEmpty() || objects.size() > MOST_OBJECTS) {
            misprints.add(application
                    .at("manifests")
                    .misprint(
                            objects.isEmpty()
                                    ? "The files in " + folder + " describe nothing"
                                    : "The files in " + folder + " describe " + objects.size()
                                            + " objects, and at most " + MOST_OBJECTS + " are taken",
                            "Keep to what the application needs for a drill."));
            return;
        }
        misprints.addAll(new ManifestPolicy(objects).misprints());
        if (misprints.isEmpty()) {
            misprints.addAll(new AnsweringService(application.at("address"), objects).misprints());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
