package dev.muster.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.backup.Estate;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What a vault that is otherwise only read lets be added, on a real S3 server. */
class DepositTest {
    private Estate estate;

    @BeforeEach
    void open() throws Exception {
        estate = new Estate();
    }

    @AfterEach
    void close() throws Exception {
        estate.close();
    }

    @Test
    void adds_a_baseline_and_neither_replaces_nor_removes_anything() throws Exception {
        byte[] first = {1, 2, 3};

        assertThat(estate.vaults.add("primary", "baselines/", "one", first))
                .isEqualTo("s3://" + Estate.BUCKET + "/baselines/one");
        assertThatThrownBy(() -> estate.vaults.add("primary", "baselines/", "one", new byte[] {4}))
                .hasMessageContaining("There is an object of this name already, and none is ever replaced");
        assertThat(estate.vaults.read(
                        estate.vaults.list("primary", "baselines/").get(0)))
                .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(first));

        OnlyAdds guard = new OnlyAdds(Estate.BUCKET, "baselines/");
        try (var client = Connection.open(
                Estate.settings(estate.server.endpoint()),
                Clock.systemUTC(),
                Estate.SHORT,
                guard,
                policy -> policy.adding("baselines/"))) {
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(Estate.BUCKET).key("baselines/one")))
                    .hasMessageContaining("nothing but a new object below baselines/");
            assertThatThrownBy(() -> client.putObject(
                            request -> request.bucket(Estate.BUCKET)
                                    .key("db/baselines/one")
                                    .ifNoneMatch("*"),
                            RequestBody.fromBytes(first)))
                    .hasMessageContaining("nothing but a new object");
        }
    }

    @Test
    void adds_a_large_object_to_a_server_that_refuses_conditions_without_reading_it() throws Exception {
        byte[] large = new byte[3 << 20];

        estate.vaults.add("primary", "baselines/", "one", large);

        assertThat(estate.vaults.list("primary", "baselines/"))
                .singleElement()
                .satisfies(kept -> assertThat(kept.size()).isEqualTo(large.length));
        assertThatThrownBy(() -> estate.vaults.add("primary", "baselines/", "one", large))
                .hasMessageContaining("There is an object of this name already");
    }
}
