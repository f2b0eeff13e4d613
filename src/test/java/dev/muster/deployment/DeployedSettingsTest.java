package dev.muster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.Settings;
import dev.muster.check.Checks;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Muster takes the settings and runbooks that a deployment hands it, and they fit the pods. */
class DeployedSettingsTest {
    private static final String VAULT = """
            settings:
              vaults: { primary: { region: eu-central-1, bucket: acme-backups } }
              drills: { atOnce: 5 }
            """;

    @TempDir
    Path folder;

    @Test
    @Needs("kubectl")
    void kustomize_and_the_chart_hand_out_the_same_settings() throws Exception {
        Rendered kustomized = Rendered.kustomized(Rendered.FOLDER);
        Settings usual = settings(Rendered.charted(), "muster.yaml");
        Settings ofKustomize = settings(kustomized, "muster.yaml");

        assertThat(usual.home()).isEqualTo(ofKustomize.home());
        assertThat(usual.runbooks()).isEqualTo(ofKustomize.runbooks());
        assertThat(usual.secrets()).isEqualTo(ofKustomize.secrets());
        assertThat(usual.scratch()).isEqualTo(ofKustomize.scratch());
        assertThat(usual.catalog().url()).isEqualTo(ofKustomize.catalog().url());
        assertThat(usual.catalog().user()).isEqualTo(ofKustomize.catalog().user());
        assertThat(usual.drills()).isEqualTo(ofKustomize.drills());
        assertThat(usual.listening()).isEqualTo(ofKustomize.listening());
        assertThat(settings(Rendered.charted(), "reaper.yaml").home())
                .isEqualTo(settings(kustomized, "reaper.yaml").home())
                .isNotEqualTo(usual.home());
    }

    @Test
    @Needs("kubectl")
    void the_settings_fit_the_pods() throws Exception {
        for (Rendered rendered : List.of(Rendered.kustomized(Rendered.FOLDER), Rendered.charted())) {
            Settings settings = settings(rendered, "muster.yaml");
            JsonNode pod = rendered.one("Deployment").at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0");

            assertThat(container.path("volumeMounts").valueStream())
                    .extracting(mount -> mount.path("mountPath").asString())
                    .contains(
                            settings.home().toString(),
                            settings.runbooks().toString(),
                            settings.secrets().map(Path::toString).orElseThrow());
            assertThat(container.at("/ports/0/containerPort").asInt())
                    .isEqualTo(settings.listening().port());
            assertThat(settings.listening().address()).isEqualTo("0.0.0.0");
            assertThat(settings.catalog().password().orElseThrow().get().reveal())
                    .isEqualTo("of the environment");
            assertThat(Duration.ofSeconds(
                            pod.path("terminationGracePeriodSeconds").asInt()))
                    .isGreaterThan(settings.drills().grace().plusMinutes(1));
        }
    }

    @Test
    @Needs("kubectl")
    void drills_and_the_reaper_know_the_same_cluster_and_its_worker_is_this_very_image() throws Exception {
        for (Rendered rendered : List.of(Rendered.kustomized(Rendered.FOLDER), Rendered.charted())) {
            JsonNode service = cluster(rendered, "muster.yaml");

            assertThat(cluster(rendered, "reaper.yaml")).isEqualTo(service);
            assertThat(rendered.containers())
                    .extracting(container -> container.path("image").asString())
                    .containsOnly(service.at("/images/worker").asString());
        }
        assertThat(cluster(Rendered.charted("settings: { kubernetes: { installation: east } }"), "reaper.yaml"))
                .hasToString(cluster(Rendered.charted(), "muster.yaml")
                        .toString()
                        .replace("\"user\":", "\"installation\":\"east\",\"user\":"));
    }

    @Test
    void what_the_values_say_goes_before_what_the_chart_says() throws Exception {
        Settings settings = settings(Rendered.charted(VAULT), "muster.yaml");

        assertThat(settings.vaults()).containsOnlyKeys("primary");
        assertThat(settings.drills().atOnce()).isEqualTo(5);
        assertThat(settings.drills().grace()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.home()).isEqualTo(Path.of("/var/lib/muster"));
    }

    @Test
    @Needs("kubectl")
    void the_runbook_that_comes_along_is_free_of_mistakes() throws Exception {
        Rendered rendered = Rendered.kustomized(Rendered.FOLDER);
        RunbookReader reader = new RunbookReader(
                settings(rendered, "muster.yaml").vaults().keySet(),
                Checks.shipped(Clock.systemUTC()).groups());
        JsonNode runbooks = rendered.named("ConfigMap", "muster-runbooks").path("data");
        assertThat(runbooks).isNotEmpty();
        for (String name : runbooks.propertyNames()) {
            RunbookText text = reader.read(
                    Files.writeString(folder.resolve(name), runbooks.path(name).asString()), Map.of());
            assertThat(text.misprints()).isEmpty();
        }
    }

    @Test
    void a_runbook_comes_through_the_chart_as_it_was_written() throws Exception {
        String written = "name: shop\nsteps:\n  - sql: \"select '{{ it }}', '${tenant}'\"\n";
        Rendered rendered = Rendered.charted("runbooks:\n  shop.yaml: |\n" + written.indent(4));

        assertThat(rendered.named("ConfigMap", "muster-runbooks")
                        .at("/data/shop.yaml")
                        .asString())
                .isEqualTo(written);
    }

    private static JsonNode cluster(Rendered rendered, String file) {
        return Rendered.of(text(rendered, file)).objects().get(0).path("kubernetes");
    }

    private static String text(Rendered rendered, String file) {
        return rendered.named("ConfigMap", "muster-settings")
                .path("data")
                .path(file)
                .asString();
    }

    private Settings settings(Rendered rendered, String file) throws Exception {
        Path written = Files.writeString(Files.createTempFile(folder, "settings", ".yaml"), text(rendered, file));
        return Settings.read(Optional.of(written), Optional.empty(), Map.of("CATALOG_PASSWORD", "of the environment"));
    }
}
