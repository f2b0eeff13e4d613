package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.ClusterPlan.Volume;
import dev.muster.drill.Runbook;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runbook asks of a cluster. */
class ClusterTest {
    private static final String DIGEST = "@sha256:" + "a".repeat(64);
    private static final String IMAGE = "registry.example.com/postgres" + DIGEST;

    @TempDir
    Path folder;

    private RunbookFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void a_runbook_need_say_nothing_but_that_it_is_in_the_cluster() throws IOException {
        ScratchPlan plan = plan("on: kubernetes");
        assertThat(plan.on()).isEqualTo(ScratchPlan.Placement.KUBERNETES);
        assertThat(plan.cluster()).isEqualTo(ClusterPlan.USUAL);
    }

    @Test
    void everything_asked_is_understood() throws IOException {
        ScratchPlan plan = plan("on: kubernetes, disk: 10GiB, kubernetes: {"
                + " namespace: drills, image: " + IMAGE + ", volume: { kind: claim, storageClass: fast.ssd },"
                + " cpu: 0.5, memory: 4GiB, sharedMemory: 1GiB, user: 70, dns: true, pullSecrets: [registry],"
                + " nodeSelector: { disk: ssd }, tolerations: [{ key: drills, operator: Exists, effect: NoSchedule }],"
                + " priorityClass: low, annotations: { example.com/team: platform } }");
        assertThat(plan.volume(1)).isEqualTo(10L << 30);
        assertThat(plan.cluster())
                .isEqualTo(new ClusterPlan(
                        Optional.of("drills"),
                        Optional.of(IMAGE),
                        new Volume(Volume.Kind.CLAIM, Optional.of("fast.ssd")),
                        Optional.of("0.5"),
                        OptionalLong.of(4L << 30),
                        OptionalLong.of(1L << 30),
                        OptionalLong.of(70),
                        Optional.empty(),
                        true,
                        new ClusterPlan.Placing(
                                List.of("registry"),
                                Map.of("disk", "ssd"),
                                List.of(new ClusterPlan.Toleration(
                                        Optional.of("drills"),
                                        Optional.of("Exists"),
                                        Optional.empty(),
                                        Optional.of("NoSchedule"))),
                                Optional.of("low"),
                                Map.of("example.com/team", "platform"))));
    }

    @Test
    void processors_are_a_number_or_thousandths() throws IOException {
        assertThat(plan("on: kubernetes, kubernetes: { cpu: 4 }").cluster().cpu())
                .contains("4");
        assertThat(plan("on: kubernetes, kubernetes: { cpu: 500m }").cluster().cpu())
                .contains("500m");
        for (String wrong : List.of("0", "-1", "0m", "two", "\"1,5\"")) {
            assertThat(faults("on: kubernetes, kubernetes: { cpu: " + wrong + " }"))
                    .as(wrong)
                    .isNotEmpty();
        }
    }

    @Test
    void a_storage_class_alone_means_a_volume_of_its_own() throws IOException {
        assertThat(plan("on: kubernetes, kubernetes: { volume: { storageClass: fast } }")
                        .cluster()
                        .volume()
                        .kind())
                .isEqualTo(Volume.Kind.CLAIM);
    }

    @Test
    void a_volume_left_out_grows_with_the_backups() throws IOException {
        ScratchPlan plan = plan("on: kubernetes");
        assertThat(plan.volume(0)).isEqualTo(2L << 30);
        assertThat(plan.volume(10L << 30)).isEqualTo(62L << 30);
    }

    @Test
    void any_runbook_goes_to_the_cluster_when_it_is_told_to() throws IOException {
        Runbook runbook = fixture.read(
                        RunbookFixture.SOUND, Map.of("scratch.on", "kubernetes", "scratch.kubernetes.image", IMAGE))
                .runbook()
                .orElseThrow();
        assertThat(runbook.scratch().on()).isEqualTo(ScratchPlan.Placement.KUBERNETES);
        assertThat(runbook.scratch().cluster().image()).contains(IMAGE);
    }

    @Test
    void what_is_asked_of_a_cluster_means_nothing_to_a_scratch_on_this_machine() throws IOException {
        assertThat(faults("kubernetes: { memory: 4GiB }"))
                .singleElement()
                .asString()
                .contains("`scratch.kubernetes` means nothing", "Say `on: kubernetes`");
        assertThat(faults("on: local, kubernetes: { memory: 4GiB }")).hasSize(1);
    }

    @Test
    void a_runbook_of_the_cluster_can_be_drilled_here_for_once() throws IOException {
        assertThat(fixture.faults(
                        scratch("on: kubernetes, kubernetes: { memory: 4GiB }"), Map.of("scratch.on", "local")))
                .isEmpty();
    }

    @Test
    void what_cannot_be_is_refused_where_it_stands() throws IOException {
        assertThat(faults("on: kubernetes, kubernetes: { volume: { kind: empty, storageClass: fast } }"))
                .singleElement()
                .asString()
                .contains("no storage class");
        assertThat(faults("on: kubernetes, kubernetes: { annotations: { muster.dev/kept: \"true\" } }"))
                .singleElement()
                .asString()
                .contains("Muster's own");
        assertThat(faults("on: kubernetes, kubernetes: { tolerations: [{ effect: NoExecute }] }"))
                .singleElement()
                .asString()
                .contains("operator Exists");
        assertThat(faults("on: kubernetes, kubernetes: { tolerations: [{ key: a, operator: Exists, value: b }] }"))
                .singleElement()
                .asString()
                .contains("no value is looked at");
        assertThat(faults("on: kubernetes, kubernetes: { user: 0 }")).hasSize(1);
        assertThat(faults("on: kubernetes, kubernetes: { imgae: x }"))
                .singleElement()
                .asString()
                .contains("image");
        assertThat(faults("on: kubernets")).singleElement().asString().contains("kubernetes");
    }

    @Test
    void the_image_of_the_application_that_is_started_comes_along() throws IOException {
        String shop = "registry.example.com/shop" + DIGEST;
        Runbook runbook = fixture.read(withApplication(shop)).runbook().orElseThrow();
        assertThat(runbook.scratch().cluster().application()).contains(shop);
        assertThat(((Step.Start) runbook.steps().get(1)).application().image()).contains(shop);
    }

    @Test
    void images_without_a_digest_are_remarked_on_and_hinder_nothing() throws IOException {
        RunbookText text = fixture.read(withApplication("registry.example.com:5000/shop:4.2"));
        assertThat(text.misprints()).isEmpty();
        assertThat(text.remarks())
                .singleElement()
                .asString()
                .contains(
                        "runbook.yaml:",
                        "`applications.shop.image` does not name its image by digest",
                        "registry.example.com:5000/shop@sha256:");
        assertThat(fixture.read(scratch("on: kubernetes, kubernetes: { image: " + IMAGE + " }"))
                        .remarks())
                .isEmpty();
    }

    private static String withApplication(String image) {
        return scratch("on: kubernetes")
                .replace(
                        "steps:",
                        "applications: { shop: { command: [shop], image: \"" + image + "\", health: /up } }\nsteps:")
                .replace("  - check: database-integrity\n", "  - start: shop\n");
    }

    private ScratchPlan plan(String scratch) throws IOException {
        RunbookText text = fixture.read(scratch(scratch));
        assertThat(text.misprints()).isEmpty();
        return text.runbook().orElseThrow().scratch();
    }

    private List<String> faults(String scratch) throws IOException {
        return fixture.faults(scratch(scratch));
    }

    private static String scratch(String scratch) {
        return RunbookFixture.SOUND.replace("{ postgres: 15 }", "{ postgres: 15, " + scratch + " }");
    }
}
