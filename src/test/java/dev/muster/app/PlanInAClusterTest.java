package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code muster plan} shows of a drill in a cluster, without ever asking one. */
class PlanInAClusterTest {
    private static final String[] THERE = {"plan", "trial", "--set", "scratch.on=kubernetes"};

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(
                "- restore: database\n- check: database-integrity\n",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        String now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".sql", """
                --
                -- PostgreSQL database dump
                --

                -- Dumped from database version 15.4
                -- Dumped by pg_dump version 15.4

                --
                -- PostgreSQL database dump complete
                --
                """.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws Exception {
        playground.close();
    }

    @Test
    void shows_every_object_in_its_order_and_touches_nothing() throws Exception {
        cluster("primary: \"http://10.1.2.3:9000\"");
        Playground.Outcome plan = muster("--json");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        List<String> manifests = texts(plan.json().path("manifests"));
        assertThat(manifests.get(0)).contains("kind: \"Namespace\"", "name: \"muster-trial-yyyymmdd-hhmmss-xxxx\"");
        assertThat(manifests.get(manifests.size() - 1))
                .contains("kind: \"Pod\"", "registry.example.com/muster:1", "registry.example.com/postgres:15");
        assertThat(manifests)
                .anySatisfy(text ->
                        assertThat(text).contains("kind: \"NetworkPolicy\"", "cidr: \"10.1.2.3/32\"", "port: 9000"));
        assertThat(plan.json().path("server").asString()).startsWith("PostgreSQL 15 in ");
        assertThat(playground.muster("ledger", "show").out()).isEmpty();
    }

    @Test
    void shows_no_secret() throws Exception {
        cluster("primary: \"http://10.1.2.3:9000\"");
        Playground.Outcome plan = muster();
        assertThat(plan.out())
                .contains("manifests, in the order in which they would be applied", "kind: \"Secret\"", "\"***\"")
                .doesNotContain(Playground.SECRET_KEY)
                .doesNotContain(
                        Base64.getEncoder().encodeToString(Playground.SECRET_KEY.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shows_the_objects_of_an_application_as_they_would_be_applied() throws Exception {
        cluster("primary: \"http://10.1.2.3:9000\"");
        Files.createDirectory(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/all.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: { name: shop }
                spec: { selector: { app: shop }, ports: [{ port: 8080 }] }
                ---
                apiVersion: v1
                kind: Pod
                metadata: { name: shop, labels: { app: shop } }
                spec:
                  containers:
                    - { name: shop, image: "registry.example.com/shop:4.2", args: ["{dbhost}"] }
                """);
        Path runbook = playground.runbook(
                "- restore: database\n- check: database-integrity\n- start: shop\n",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        Files.writeString(runbook, Files.readString(runbook).replace("scratch: {", """
                applications: { shop: { manifests: shop, address: "shop:8080", health: /health } }
                scratch: {"""));
        Playground.Outcome plan = muster("--json");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        List<String> manifests = texts(plan.json().path("manifests"));
        assertThat(manifests.get(manifests.size() - 1))
                .contains(
                        "registry.example.com/shop:4.2",
                        "<the address of the scratch's pod, known when the drill runs>",
                        "namespace: \"muster-trial-yyyymmdd-hhmmss-xxxx\"");
    }

    @Test
    void says_what_stands_in_the_way() throws Exception {
        assertThat(obstacles(muster("--json"))).singleElement().asString().contains("the settings name no cluster");
        cluster("");
        assertThat(obstacles(muster("--json"))).singleElement().asString().contains("kubernetes.endpoints");
        assertThat(obstacles(muster("--set", "scratch.kubernetes.namespace=kube-system", "--json")))
                .singleElement()
                .asString()
                .contains("guarded by `kube-*`");
        assertThat(obstacles(muster("--set", "scratch.postgres=16", "--json")))
                .anySatisfy(obstacle -> assertThat(obstacle).contains("PostgreSQL 16"));
    }

    @Test
    void a_drill_on_this_machine_makes_no_objects() throws Exception {
        cluster("");
        assertThat(playground.muster("plan", "trial", "--json").json().path("manifests"))
                .isEmpty();
    }

    private Playground.Outcome muster(String... further) {
        List<String> arguments = new ArrayList<>(List.of(THERE));
        arguments.addAll(List.of(further));
        return playground.muster(arguments.toArray(String[]::new));
    }

    private void cluster(String endpoints) throws Exception {
        Files.writeString(folder.resolve("muster.yaml"), """
                kubernetes:
                  images: { worker: registry.example.com/muster:1, postgres: { "15": registry.example.com/postgres:15 } }
                  endpoints: { %s }
                """.formatted(endpoints), StandardOpenOption.APPEND);
    }

    private static List<String> obstacles(Playground.Outcome plan) {
        assertThat(plan.exit()).isEqualTo(3);
        return texts(plan.json().path("obstacles"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.isString() ? each.asString() : each.toString()));
        return texts;
    }
}
