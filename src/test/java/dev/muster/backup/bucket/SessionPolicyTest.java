package dev.muster.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What keys may do that are made for one purpose. */
class SessionPolicyTest {
    @Test
    void at_aws_itself_objects_that_a_key_of_its_own_encrypts_can_be_read() {
        JsonNode policy = read(policy("arn:aws:iam::1:role/r", Optional.empty()).looking());
        assertThat(policy.at("/Statement/1/Action")).hasToString("[\"kms:Decrypt\"]");
        assertThat(policy.at("/Statement/1/Condition/StringLike/kms:ViaService").asString())
                .isEqualTo("s3.eu-central-1.amazonaws.com*");
    }

    @Test
    void a_bucket_is_in_the_part_of_aws_that_the_role_is_in() {
        assertThat(policy("arn:aws-cn:iam::1:role/r", Optional.empty()).looking())
                .contains("arn:aws-cn:s3:::acme");
        assertThat(policy("arn:other:iam::1:role/r", Optional.empty()).looking())
                .contains("arn:aws:s3:::acme");
    }

    @Test
    void a_prefix_means_itself_whatever_characters_it_has() {
        JsonNode policy = read(elsewhere().reading(wish(false, "a*b/", "c\"$d/")));
        assertThat(policy.at("/Statement/0/Resource/0").asString()).isEqualTo("arn:aws:s3:::acme/a${*}b/*");
        assertThat(policy.at("/Statement/0/Resource/1").asString()).isEqualTo("arn:aws:s3:::acme/c\"${$}d/*");
    }

    @Test
    void only_one_who_looks_for_the_bucket_may_list_without_a_prefix() {
        assertThat(read(elsewhere().reading(wish(false, "a/"))).at("/Statement/1/Condition"))
                .hasToString("{\"StringLike\":{\"s3:prefix\":[\"a/*\"]}}");
        assertThat(read(elsewhere().reading(wish(true, "a/"))).at("/Statement/1/Condition"))
                .hasToString("{\"StringLikeIfExists\":{\"s3:prefix\":[\"a/*\"]}}");
    }

    private static KeyWish wish(boolean bucketItself, String... prefixes) {
        return new KeyWish("orders-1", List.of(prefixes), bucketItself, Duration.ofHours(1));
    }

    private static SessionPolicy elsewhere() {
        return policy("arn:aws:iam::1:role/r", Optional.of(URI.create("http://127.0.0.1:9000")));
    }

    private static SessionPolicy policy(String role, Optional<URI> endpoint) {
        return new SessionPolicy(
                new VaultSettings(
                        "primary", endpoint, "eu-central-1", "acme", true, Optional.empty(), Optional.empty()),
                new SessionSettings(role, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static JsonNode read(String policy) {
        return JsonMapper.shared().readTree(policy);
    }
}
