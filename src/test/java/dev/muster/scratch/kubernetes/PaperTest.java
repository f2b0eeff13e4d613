package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Manifest;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import dev.muster.scratch.CompanionWish;
import dev.muster.scratch.Opening;
import dev.muster.scratch.ServerWish;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a drill would apply, as a plan shows it before there is anything. */
class PaperTest {
    private static final Pattern NAMED =
            Pattern.compile("^kind: \"(\\w+)\"$.*?^ {2}name: \"([^\"]+)\"$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Ensemble SHOP = new Ensemble(
            List.of(
                    manifest("Deployment", "shop", """
                            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop"}, "spec": {
                             "selector": {"matchLabels": {"app": "shop"}},
                             "template": {"metadata": {"labels": {"app": "shop"}}, "spec": {"containers": [
                               {"name": "shop", "image": "registry.example.com/shop:1",
                                "args": ["--db", "{dbuser}@{dbhost}:{dbport}/{database}", "--port", "{port}"]}]}}}}"""),
                    manifest("Service", "shop", """
                            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"},
                             "spec": {"selector": {"app": "shop"}, "ports": [{"port": 8069}]}}"""),
                    manifest("Secret", "licence", """
                            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "licence"},
                             "stringData": {"key": "h1dden in text"}, "data": {"file": "aDFkZGVuIGluIGRhdGE="}}""")),
            "0".repeat(64),
            new Endpoint("shop", 8069));

    @Test
    void an_application_of_manifests_is_shown_as_it_would_be_applied() throws InterruptedException {
        List<String> shown = preview(ClusterPlan.USUAL, new CompanionWish(Optional.empty(), List.of(SHOP)));
        assertThat(shown.subList(9, shown.size()).stream().map(PaperTest::named))
                .containsExactly(
                        "Secret muster-database",
                        "Service shop",
                        "Secret licence",
                        "ResourceQuota drill",
                        "Deployment shop");
        assertThat(shown.get(shown.size() - 1))
                .contains(
                        "namespace: \"muster-" + SampleOpening.DRILL + "\"",
                        "muster.dev/drill: \"" + SampleOpening.DRILL + "\"",
                        "runAsNonRoot: true",
                        "allowPrivilegeEscalation: false",
                        "- \"8069\"");
    }

    @Test
    void what_is_known_only_when_the_drill_runs_is_a_blank_that_says_so() throws InterruptedException {
        String shop = last(preview(ClusterPlan.USUAL, new CompanionWish(Optional.empty(), List.of(SHOP))));
        assertThat(shop)
                .contains(
                        "<the role that owns the copy, known when the drill runs>@<the address of the scratch's pod,"
                                + " known when the drill runs>:<the port at which the scratch lets the application in,"
                                + " known when the drill runs>/<the name of the database's copy, known when the drill"
                                + " runs>",
                        "ip: \"<the address of the service shop, known when the drill runs>\"");
    }

    @Test
    void the_quota_is_shown_as_wide_as_it_becomes() throws InterruptedException {
        List<String> shown = preview(ClusterPlan.USUAL, new CompanionWish(Optional.empty(), List.of(SHOP)));
        assertThat(shown.stream()
                        .filter(text -> named(text).equals("ResourceQuota drill"))
                        .map(text -> text.lines()
                                .filter(line -> line.startsWith("    pods:"))
                                .findFirst()
                                .orElse("")
                                .strip()))
                .containsExactly("pods: \"1\"", "pods: \"2\"");
    }

    @Test
    void what_an_operator_is_asked_for_is_shown_with_its_policies() throws InterruptedException {
        List<String> shown =
                preview(ClusterPlan.USUAL, new CompanionWish(Optional.of(wish("http://10.1.2.3:9000")), List.of(SHOP)));
        assertThat(shown.subList(9, shown.size() - 5).stream().map(PaperTest::named))
                .containsExactly(
                        "ResourceQuota drill",
                        "NetworkPolicy operator",
                        "NetworkPolicy server-to-api",
                        "NetworkPolicy job-to-api",
                        "Secret restored-superuser",
                        "Secret origin",
                        "ObjectStore origin",
                        "Cluster restored");
        assertThat(shown)
                .filteredOn(text -> named(text).equals("Cluster restored"))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("targetTime: \"2026-11-21T20:16:00Z\""));
        assertThat(shown)
                .filteredOn(text -> named(text).equals("ObjectStore origin"))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).startsWith("# Where the cluster knows no barmancloud.cnpg.io, this"));
        assertThat(shown)
                .filteredOn(text -> named(text).equals("NetworkPolicy job-to-api"))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains(
                                "cidr: \"<the address of the API server, known when the drill runs>\"",
                                "port: \"<the port of the API server, known when the drill runs>\""));
        assertThat(last(shown))
                .contains("@<the address of the restored server, known when the drill runs>:5432/")
                .doesNotContain("scratch's pod");
    }

    @Test
    void no_secret_of_anybody_is_shown() throws InterruptedException {
        List<String> shown =
                preview(ClusterPlan.USUAL, new CompanionWish(Optional.of(wish("http://10.1.2.3:9000")), List.of(SHOP)));
        assertThat(shown).noneMatch(text -> text.contains("h1dden")).noneMatch(text -> text.contains("aDFkZGVu"));
        assertThat(shown)
                .filteredOn(text -> named(text).startsWith("Secret"))
                .hasSize(5)
                .allSatisfy(text -> assertThat(text).contains("\"***\""));
    }

    @Test
    void what_a_drill_would_refuse_its_plan_refuses() {
        assertThatThrownBy(() -> preview(
                        ClusterPlan.USUAL,
                        new CompanionWish(Optional.of(wish("http://minio.example.com:9000")), List.of())))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("dns: true");
        ClusterPlan shared = SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, Optional.of("drills"));
        assertThatThrownBy(() -> preview(shared, new CompanionWish(Optional.empty(), List.of(SHOP))))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("only into a namespace that is made for the drill");
    }

    /** By scratches that would reach no cluster. */
    private static List<String> preview(ClusterPlan plan, CompanionWish beside) throws InterruptedException {
        Opening usual = SampleOpening.of(plan);
        Opening opening = new Opening(
                usual.drill(),
                usual.system(),
                usual.plan(),
                usual.bytes(),
                List.of(new Endpoint("10.1.2.3", 9000)),
                Map.of("primary.secretKey", new Secret("h1dden"), Beside.PASSWORD, new Secret("h1dden")),
                usual.progress());
        return new KubernetesScratches(
                        SampleOpening.SETTINGS,
                        Clock.fixed(SampleOpening.OPENED, ZoneOffset.UTC),
                        "0.1.0",
                        () -> {
                            throw new AssertionError("a plan touches nothing");
                        },
                        KubernetesScratches.Limits.USUAL)
                .preview(opening, beside);
    }

    private static ServerWish wish(String endpoint) {
        return new ServerWish(
                new OperatorPlan(
                        OperatorPlan.CLOUD_NATIVE_PG,
                        "orders",
                        "seller",
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty()),
                15,
                1 << 20,
                new ServerWish.Store(
                        "primary",
                        Optional.of(URI.create(endpoint)),
                        "eu-central-1",
                        "backups",
                        "orders/production/",
                        new Secret("access-h1dden"),
                        new Secret("secret-h1dden"),
                        Optional.of(new Secret("token-h1dden"))),
                "20261121T200000",
                new RecoveryTarget(RecoveryTarget.Kind.TIME, "2026-11-21T20:16:00Z"));
    }

    private static Manifest manifest(String kind, String name, String content) {
        return new Manifest("shop.yaml:1", kind, name, content);
    }

    private static String named(String yaml) {
        Matcher found = NAMED.matcher(yaml);
        return found.find() ? found.group(1) + " " + found.group(2) : yaml;
    }

    /** The last one, with the long texts in it on one line each. */
    private static String last(List<String> shown) {
        return shown.get(shown.size() - 1).replaceAll("\\\\\n\\s*\\\\ ", " ");
    }
}
