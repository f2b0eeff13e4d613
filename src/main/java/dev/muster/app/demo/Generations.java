package dev.muster.app.demo;

import dev.muster.drill.Progress;
import dev.muster.scratch.Database;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The backups of the sample company as it grows: of three nights, and of now.
 *
 * @param newest from when the newest database dump is
 * @param archived from when the custom archive is; absent where no {@code pg_dump} is installed
 */
record Generations(Instant newest, Optional<Instant> archived) {
    static final int POSTGRES = 15;

    private static final long SEED = 20_261_121;
    private static final int NIGHTS = 3;

    /**
     * Founds the company and backs it up as it grows.
     *
     * @param production where the company's database runs meanwhile
     * @param folder where its files and the objects on their way lie meanwhile
     * @param orders how many orders the company has had by now
     */
    static Generations make(
            EmbeddedS3 vault,
            String bucket,
            Scratch production,
            Path folder,
            Clock clock,
            Progress progress,
            int orders)
            throws SQLException, IOException, InterruptedException {
        progress.says("a year of a sample company's business, and its backups of " + NIGHTS + " nights and of now");
        progress.advances("sample backups", 0, NIGHTS + 1L, Progress.Unit.ITEMS);
        Path files = folder.resolve("files");
        Path outgoing = Files.createDirectories(folder.resolve("outgoing"));
        Database database = production.startDatabase(POSTGRES, "odoo");
        BackupJob job = new BackupJob(vault, bucket, production, database, files, outgoing, clock);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant twoOClock =
                now.atOffset(ZoneOffset.UTC).toLocalDate().atTime(2, 0).toInstant(ZoneOffset.UTC);
        try (Connection connection = database.connect()) {
            // The newest order lies a little back, as in a company between two customers.
            Business business = Business.found(connection, SEED, orders, now.minus(Duration.ofMinutes(3)));
            Filestore filestore = new Filestore(files.resolve("odoo"), connection, SEED);
            for (int night = NIGHTS; night > 0; night--) {
                Instant then = twoOClock.minus(Duration.ofDays(night));
                business.growUntil(then);
                filestore.catchUp();
                job.standForPast(then);
                progress.advances("sample backups", NIGHTS + 1L - night, NIGHTS + 1L, Progress.Unit.ITEMS);
            }
            business.growUntil(now);
            filestore.catchUp();
            Optional<Instant> archived = job.runWithClientProgram();
            Instant newest = job.run();
            job.fail(newest.plusSeconds(1));
            progress.advances("sample backups", NIGHTS + 1L, NIGHTS + 1L, Progress.Unit.ITEMS);
            return new Generations(newest, archived);
        }
    }
}
