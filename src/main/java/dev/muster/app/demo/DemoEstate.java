package dev.muster.app.demo;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** A sample ERP's backups in an S3 server of its own, with the settings and the runbook to drill them. */
public final class DemoEstate implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String REGION = "eu-central-1";
    private static final String COMPANY = "demo-estate";
    private static final String BUCKET = "demo-backups";
    private static final int ORDERS = 14_000;

    private final DemoFolder folder;
    private final EmbeddedS3 vault;
    private final URI endpoint;
    private final Secret accessKey;
    private final Secret secretKey;
    private final Generations generations;

    private DemoEstate(
            DemoFolder folder, EmbeddedS3 vault, Secret accessKey, Secret secretKey, Generations generations) {
        this.folder = folder;
        this.vault = vault;
        // A server that has stopped no longer knows where it was.
        this.endpoint = vault.endpoint();
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.generations = generations;
    }

    /**
     * Makes the sample company in a database of its own, backs it up as of three nights and of now, and does away with
     * the company. The S3 server stays up until the estate is closed; its data stay in the folder.
     *
     * @param path a folder that is new, empty, or was a demonstration's before
     */
    public static DemoEstate prepare(Path path, Clock clock, Scratches scratches, Progress progress)
            throws InterruptedException {
        return prepare(path, LOOPBACK, clock, scratches, progress);
    }

    /**
     * The same, with the server at an address that others than this machine reach.
     *
     * @param address of this machine
     */
    public static DemoEstate prepare(Path path, String address, Clock clock, Scratches scratches, Progress progress)
            throws InterruptedException {
        return prepare(path, address, clock, scratches, progress, ORDERS);
    }

    static DemoEstate prepare(Path path, Clock clock, Scratches scratches, Progress progress, int orders)
            throws InterruptedException {
        return prepare(path, LOOPBACK, clock, scratches, progress, orders);
    }

    static DemoEstate prepare(
            Path path, String address, Clock clock, Scratches scratches, Progress progress, int orders)
            throws InterruptedException {
        try {
            DemoFolder folder = DemoFolder.claim(path);
            Optional<DemoEstate> prepared = Optional.empty();
            try {
                prepared = Optional.of(prepare(folder, address, clock, scratches, progress, orders));
                return prepared.get();
            } finally {
                if (prepared.isEmpty()) {
                    folder.close();
                }
            }
        } catch (SQLException | IOException e) {
            throw new CouldNotRun(
                    new Problem(
                            "The sample estate could not be made: " + e,
                            path.toString(),
                            "See that the folder can be written and that its disk has 500 MB to spare, then try again."),
                    e);
        }
    }

    private static DemoEstate prepare(
            DemoFolder folder, String address, Clock clock, Scratches scratches, Progress progress, int orders)
            throws SQLException, IOException, InterruptedException {
        Secret accessKey = new Secret("demo" + random(8));
        Secret secretKey = new Secret(random(20));
        EmbeddedS3 vault = EmbeddedS3.start(folder.backups(), address, accessKey.reveal(), secretKey);
        Optional<Generations> made = Optional.empty();
        try {
            folder.writeSettings(vault.endpoint(), REGION, BUCKET, accessKey, secretKey);
            vault.createBucket(BUCKET);
            Generations generations = make(vault, folder, clock, scratches, progress, orders);
            folder.writeReadme(generations.newest());
            made = Optional.of(generations);
            return new DemoEstate(folder, vault, accessKey, secretKey, generations);
        } finally {
            folder.discardProduction();
            if (made.isEmpty()) {
                vault.close();
                folder.discardBackups();
            }
        }
    }

    private static Generations make(
            EmbeddedS3 vault, DemoFolder folder, Clock clock, Scratches scratches, Progress progress, int orders)
            throws SQLException, IOException, InterruptedException {
        removeLeftBehind(scratches);
        LocalSite production = scratches.openHere(
                COMPANY,
                new ScratchPlan(
                        ScratchPlan.Placement.LOCAL, Generations.POSTGRES, Duration.ofHours(1), OptionalLong.empty()));
        try {
            return Generations.make(vault, BUCKET, production.scratch(), folder.production(), clock, progress, orders);
        } finally {
            production.remove();
        }
    }

    /** A demonstration that was killed while it prepared leaves the company's database. */
    private static void removeLeftBehind(Scratches scratches) {
        scratches.list().stream()
                .filter(scratch -> scratch.drill().equals(COMPANY) && !scratch.owned())
                .forEach(scratch -> scratches.remove(scratch.id()));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    public URI endpoint() {
        return endpoint;
    }

    public String region() {
        return REGION;
    }

    public String bucket() {
        return BUCKET;
    }

    public Secret accessKey() {
        return accessKey;
    }

    public Secret secretKey() {
        return secretKey;
    }

    /** The settings to drill with. */
    public Path config() {
        return folder.settings();
    }

    /** The runbook to drill. */
    public Path runbook() {
        return folder.runbook();
    }

    /** From when the newest backup of the database is. */
    public Instant backedUp() {
        return generations.newest();
    }

    /** The prefix of the custom archive; absent where no {@code pg_dump} is installed. */
    public Optional<String> archivePrefix() {
        return generations.archived().map(at -> BackupJob.ARCHIVE);
    }

    @Override
    public void close() {
        vault.close();
        folder.close();
    }
}
