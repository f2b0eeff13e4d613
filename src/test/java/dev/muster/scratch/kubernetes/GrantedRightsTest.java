package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.deployment.Rendered;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The manifests grant what Muster asks for in a cluster, and nothing more. */
class GrantedRightsTest {
    @Test
    void whoever_may_make_namespaces_has_every_right_that_is_asked_for_and_no_other() throws Exception {
        assertThat(granted("orchestrator", "ClusterRole"))
                .isEqualTo(asked(List.of(Rights.OF_NAMESPACES, Rights.WITHIN, Rights.OF_THE_CLUSTER)));
    }

    @Test
    void in_a_prepared_namespace_rights_end_at_its_border() throws Exception {
        assertThat(granted("namespaced", "Role")).isEqualTo(asked(List.of(Rights.OF_A_FIXED_NAMESPACE, Rights.WITHIN)));
        assertThat(granted("namespaced", "ClusterRole")).isEqualTo(asked(List.of(Rights.OF_THE_CLUSTER)));
    }

    @Test
    void what_runs_beside_scratches_takes_rights_of_its_own() throws Exception {
        assertThat(granted("applications", "ClusterRole")).isEqualTo(asked(List.of(Rights.FOR_APPLICATIONS)));
        assertThat(granted("cloudnative-pg", "ClusterRole")).isEqualTo(asked(List.of(Rights.FOR_CLOUD_NATIVE_PG)));
        assertThat(granted("cloudnative-pg", "Role")).isEqualTo(asked(List.of(Rights.OF_THE_API_SERVER)));
    }

    private static Set<Rights.Right> granted(String file, String kind) throws Exception {
        JsonNode rules = Rendered.of(Files.readString(Rendered.FOLDER.resolve("rbac/" + file + ".yaml")))
                .one(kind)
                .path("rules");
        return rules.valueStream()
                .flatMap(rule -> texts(rule, "apiGroups")
                        .flatMap(group -> texts(rule, "resources")
                                .map(resource -> new Rights.Right(
                                        group, resource, texts(rule, "verbs").toList()))))
                .collect(Collectors.toSet());
    }

    private static Stream<String> texts(JsonNode rule, String of) {
        return rule.path(of).valueStream().map(JsonNode::asString);
    }

    private static Set<Rights.Right> asked(List<List<Rights.Right>> rights) {
        return rights.stream().flatMap(List::stream).collect(Collectors.toSet());
    }
}
