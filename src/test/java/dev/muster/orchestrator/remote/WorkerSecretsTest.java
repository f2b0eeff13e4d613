package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.backup.Estate;
import dev.muster.backup.TokenServer;
import dev.muster.backup.VaultKeys;
import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker has to open vaults with. */
class WorkerSecretsTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    @Test
    void a_worker_reads_a_vault_by_the_keys_of_its_drill_and_never_sees_others() throws Exception {
        Runbook runbook = Estate.runbook(Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/"));
        try (EmbeddedS3 s3 = EmbeddedS3.inMemory(TokenServer.ACCESS_KEY, new Secret(TokenServer.SECRET_KEY));
                TokenServer tokens = new TokenServer(CLOCK);
                Vaults vaults =
                        new Vaults(List.of(Estate.settings(s3.endpoint()).by(tokens.session())), Secret::new, CLOCK)) {
            s3.createBucket(Estate.BUCKET);
            s3.put(Estate.BUCKET, "db/one.dump", "whole".getBytes(StandardCharsets.UTF_8));
            VaultKeys keys = vaults.keys("primary", "orders-1", runbook);

            Map<String, Secret> given = new RemoteSecrets(vaults).of(runbook, Map.of("primary", keys));
            for (Map.Entry<String, Secret> secret : given.entrySet()) {
                Files.writeString(
                        folder.resolve(secret.getKey()), secret.getValue().reveal());
            }

            assertThat(given.values())
                    .extracting(Secret::reveal)
                    .contains(TokenServer.SECRET_KEY, TokenServer.TOKEN)
                    .doesNotContain(Estate.ACCESS_KEY, Estate.SECRET_KEY);
            try (Vaults within = new Vaults(
                    List.of(new WorkerSecrets(folder)
                            .vault(new Told.VaultPlace(
                                    "primary", Optional.of(s3.endpoint()), "eu-central-1", Estate.BUCKET, true))),
                    Secret::new,
                    CLOCK)) {
                StoredObject there = within.list("primary", "db/").get(0);
                assertThat(within.read(there))
                        .hasValueSatisfying(content -> assertThat(content)
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo("whole"));
            }
            assertThat(tokens.asked())
                    .extracting(asked -> asked.field("RoleSessionName"))
                    .containsExactly("orders-1");
        }
    }
}
