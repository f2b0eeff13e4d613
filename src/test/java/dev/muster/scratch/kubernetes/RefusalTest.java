package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final String POD = "pod scratches/drill";

    @Test
    void names_the_quota_that_has_no_room() {
        Refusal refusal = refused(
                403,
                "Forbidden",
                "pods \"drill\" is forbidden: exceeded quota: three, requested: pods=1,requests.cpu=2, used:"
                        + " pods=3,requests.cpu=3, limited: pods=3,requests.cpu=4");

        assertThat(refusal.passing()).isFalse();
        assertThat(refusal.shortage().orElseThrow().forEver()).isFalse();
        assertThat(refusal.problem().what()).contains("quota", "three", "used").contains("pods=3");
        assertThat(refusal.problem().where()).isEqualTo(POD);
    }

    @Test
    void knows_a_quota_that_would_not_even_do_if_nothing_else_were_there() {
        assertThat(refused(
                                403,
                                "Forbidden",
                                "pods \"drill\" is forbidden: exceeded quota: small, requested: limits.memory=3Gi,"
                                        + " used: limits.memory=0, limited: limits.memory=2048Mi")
                        .shortage()
                        .orElseThrow()
                        .forEver())
                .isTrue();
    }

    @Test
    void passes_on_what_pod_security_objects_to() {
        assertThat(refused(
                                403,
                                "Forbidden",
                                "pods \"drill\" is forbidden: violates PodSecurity \"restricted:latest\":"
                                        + " runAsNonRoot != true (pod must set it)")
                        .problem()
                        .what())
                .contains("PodSecurity", "runAsNonRoot != true");
    }

    @Test
    void names_the_right_that_is_missing() {
        Refusal refusal = refused(
                403,
                "Forbidden",
                "pods \"drill\" is forbidden: User \"system:serviceaccount:ops:muster\" cannot patch resource \"pods\""
                        + " in API group \"\" in the namespace \"scratches\"");

        assertThat(refusal.unwelcome()).isTrue();
        assertThat(refusal.problem().what()).contains("cannot patch resource \"pods\"");
        assertThat(refusal.problem().remedy()).contains("rbac");
    }

    @Test
    void says_that_credentials_have_expired() {
        assertThat(refused(401, "Unauthorized", "Unauthorized").problem().remedy())
                .contains("token");
    }

    @Test
    void says_that_the_namespace_is_being_deleted() {
        assertThat(refused(
                                403,
                                "Forbidden",
                                "pods \"drill\" is forbidden: unable to create new content in namespace scratches"
                                        + " because it is being terminated")
                        .problem()
                        .what())
                .contains("namespace is being deleted");
    }

    @Test
    void asks_again_what_a_server_could_not_answer_yet() {
        assertThat(refused(409, "Conflict", "the object has been modified").passing())
                .isTrue();
        assertThat(refused(409, "AlreadyExists", "namespaces \"x\" already exists")
                        .passing())
                .isFalse();
        assertThat(refused(503, "ServiceUnavailable", "apiserver not ready").passing())
                .isTrue();
        assertThat(refused(429, "TooManyRequests", "slow down").passing()).isTrue();
        assertThat(refused(
                                403,
                                "Forbidden",
                                "pods \"drill\" is forbidden: status unknown for quota: drill, resources: pods")
                        .passing())
                .isTrue();
        assertThat(refused(
                                403,
                                "Forbidden",
                                "pods \"drill\" is forbidden: error looking up service account x/drill:"
                                        + " serviceaccount \"drill\" not found")
                        .passing())
                .isTrue();
        assertThat(new Refusal(new KubernetesClientException("failed", new ConnectException("refused")), POD).passing())
                .isTrue();
        assertThat(refused(422, "Invalid", "spec.containers[0].image: Required value")
                        .passing())
                .isFalse();
    }

    private static Refusal refused(int code, String reason, String message) {
        return new Refusal(
                new KubernetesClientException(new StatusBuilder()
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .build()),
                POD);
    }
}
