package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private final Guard guard =
            new Guard(ClusterSettings.Guarded.and(List.of("production", "*-live"), List.of("erp", "billing-*")));

    @ParameterizedTest
    @ValueSource(strings = {"production", "eu-live"})
    void refuses_a_context_on_its_list(String context) {
        assertThatThrownBy(() -> guard.admitContext(context))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(context)
                .hasMessageContaining("kubernetes.guard.contexts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production-2", "live", "eu-livestock"})
    void lets_other_contexts_pass(String context) {
        assertThatCode(() -> guard.admitContext(context)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erp", "billing-eu", "kube-system", "kube-public", "default", "openshift-dns"})
    void refuses_a_namespace_on_its_list_or_of_the_cluster_itself(String namespace) {
        assertThatThrownBy(() -> guard.admitNamespace(namespace))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("`" + namespace + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drills", "erp-drills", "muster-erp-20261120-030000-abcd", "billing", "kubernetes"})
    void lets_other_namespaces_pass(String namespace) {
        assertThatCode(() -> guard.admitNamespace(namespace)).doesNotThrowAnyException();
    }

    @Test
    void refuses_a_namespace_that_nobody_has_prepared() {
        assertThatThrownBy(() -> Guard.admitPrepared("drills", Map.of("muster.dev/scratch", "no")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("kubectl label namespace drills muster.dev/scratch=allowed");
        assertThatCode(() -> Guard.admitPrepared("drills", Map.of("muster.dev/scratch", "allowed")))
                .doesNotThrowAnyException();
    }
}
