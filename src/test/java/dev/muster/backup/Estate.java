package dev.muster.backup;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.backup.bucket.Patience;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A bucket in a real server, a vault that points to it, and runbooks that look into it. */
public final class Estate implements AutoCloseable {
    public static final String SEED = "a-drill";
    public static final String BUCKET = "acme";
    public static final String ACCESS_KEY = "acme-reader";
    public static final String SECRET_KEY = "the-secret-itself";
    public static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), 3, Duration.ofMillis(10));

    public final EmbeddedS3 server = EmbeddedS3.inMemory(ACCESS_KEY, new Secret(SECRET_KEY));
    public final Vaults vaults;

    public Estate() {
        server.createBucket(BUCKET);
        vaults = at(server.endpoint());
    }

    public static Vaults at(URI endpoint) {
        return new Vaults(List.of(settings(endpoint)), Secret::new, Clock.systemUTC(), SHORT);
    }

    public static VaultSettings settings(URI endpoint) {
        return settings(endpoint, BUCKET, ACCESS_KEY, SECRET_KEY);
    }

    public static VaultSettings settings(URI endpoint, String bucket, String accessKey, String secretKey) {
        return new VaultSettings(
                "primary",
                Optional.of(endpoint),
                "eu-central-1",
                bucket,
                true,
                Optional.of(() -> new Secret(accessKey)),
                Optional.of(() -> new Secret(secretKey)));
    }

    public void put(String key, byte[] content, String stored) throws IOException {
        server.put(BUCKET, key, content);
        server.date(BUCKET, key, Instant.parse(stored));
    }

    public void put(String key, String content, String stored) throws IOException {
        put(key, content.getBytes(StandardCharsets.UTF_8), stored);
    }

    public static BackupSource source(Asset asset, BackupFormat format, String prefix) {
        return new BackupSource(
                asset,
                "primary",
                format,
                prefix,
                Optional.empty(),
                asset == Asset.DATABASE ? Selection.NEWEST : Selection.MATCHING,
                ZoneId.of("UTC"),
                Optional.empty());
    }

    public static BackupSource within(Asset asset, Asset holder) {
        BackupSource source = source(asset, BackupFormat.ODOO_ZIP, "");
        return new BackupSource(
                asset,
                source.vault(),
                source.format(),
                "",
                source.name(),
                source.select(),
                source.zone(),
                Optional.of(holder));
    }

    public static BackupSource named(BackupSource source, String pattern) {
        return new BackupSource(
                source.asset(),
                source.vault(),
                source.format(),
                source.prefix(),
                Optional.of(pattern),
                source.select(),
                source.zone(),
                source.within());
    }

    public static BackupSource selecting(Selection select, BackupSource source) {
        return new BackupSource(
                source.asset(),
                source.vault(),
                source.format(),
                source.prefix(),
                source.name(),
                select,
                source.zone(),
                source.within());
    }

    public static BackupSource inZone(BackupSource source, String zone) {
        return new BackupSource(
                source.asset(),
                source.vault(),
                source.format(),
                source.prefix(),
                source.name(),
                source.select(),
                ZoneId.of(zone),
                source.within());
    }

    public static Runbook runbook(BackupSource... sources) {
        Map<Asset, BackupSource> backups = new EnumMap<>(Asset.class);
        for (BackupSource source : sources) {
            backups.put(source.asset(), source);
        }
        return new Runbook(
                "odoo-monthly",
                "Monthly restore",
                "odoo",
                "platform-team",
                Scenario.REGIONAL_LOSS,
                Optional.empty(),
                new Objectives(Duration.ofHours(1), Duration.ofHours(4)),
                Map.of(),
                backups,
                new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(2), OptionalLong.empty()),
                Map.of(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                Governance.NOT_DECLARED,
                Optional.empty(),
                "runbooks/odoo-monthly.yaml",
                "0".repeat(64),
                Optional.empty());
    }

    public static DrillRequest request(String disaster, BackupSource... sources) {
        return request(disaster, Map.of(), sources);
    }

    public static DrillRequest request(String disaster, Map<Asset, String> named, BackupSource... sources) {
        return new DrillRequest(
                runbook(sources),
                Instant.parse(disaster),
                "operator",
                DrillRequest.Trigger.OPERATOR,
                named,
                Map.of(),
                Optional.empty());
    }

    @Override
    public void close() {
        vaults.close();
        server.close();
    }
}
