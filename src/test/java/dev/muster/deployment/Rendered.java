package dev.muster.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The objects that one of the ways to deploy Muster sends to a cluster. */
public record Rendered(List<JsonNode> objects) {
    public static final Path FOLDER = Path.of("config/kubernetes");
    public static final Path CHART = FOLDER.resolve("chart");

    /** What {@code kubectl kustomize} makes of a folder. */
    public static Rendered kustomized(Path folder) throws Exception {
        Path said = Files.createTempFile("kustomize", ".txt");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(said.toFile())
                .start();
        String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(said));
        }
        Files.delete(said);
        return of(yaml);
    }

    /** What Helm makes of the chart with values that differ from its own. */
    public static Rendered charted(String... values) throws IOException {
        TemplateCommand template = new Helm(CHART)
                .template()
                .withName("muster")
                .withNamespace("muster")
                .withKubeVersion("1.36.0");
        List<Path> files = new ArrayList<>();
        for (String text : values) {
            Path file = Files.writeString(Files.createTempFile("values", ".yaml"), text);
            files.add(file);
            template.withValuesFile(file);
        }
        try {
            return of(template.call());
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** What stands in a file of manifests, or of values. */
    public static Rendered of(String yaml) {
        JsonMapper json = JsonMapper.shared();
        List<JsonNode> objects = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document != null) {
                objects.add(json.valueToTree(document));
            }
        }
        return new Rendered(List.copyOf(objects));
    }

    /** The only object of a kind. */
    public JsonNode one(String kind) {
        return all(kind).findFirst().orElseThrow(() -> new AssertionError("there is no " + kind));
    }

    public Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> object.path("kind").asString().equals(kind));
    }

    /** The object of a kind whose name begins so; those that kustomize makes end with a digest. */
    public JsonNode named(String kind, String name) {
        return all(kind)
                .filter(object -> object.at("/metadata/name").asString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** What each pod would be like. */
    public List<JsonNode> pods() {
        return Stream.concat(
                        all("Deployment").map(object -> object.at("/spec/template/spec")),
                        all("CronJob").map(object -> object.at("/spec/jobTemplate/spec/template/spec")))
                .toList();
    }

    public List<JsonNode> containers() {
        return pods().stream()
                .flatMap(pod -> Stream.concat(
                        pod.path("containers").valueStream(),
                        pod.path("initContainers").valueStream()))
                .toList();
    }
}
