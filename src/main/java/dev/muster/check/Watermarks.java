package dev.muster.check;

import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Reading;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Reads the newest business row that came back, process by process. */
public final class Watermarks {
    private static final Instant EARLIEST = Instant.EPOCH;

    private final Limit limit;

    public Watermarks(Duration longest) {
        this.limit = new Limit(longest);
    }

    /**
     * What the process's watermark query says; absent with the reason when it says nothing that can be relied on.
     *
     * @param disaster the moment production is taken to have vanished; a row from after it proves nothing
     */
    public Reading newest(BusinessProcess process, Database database, Instant disaster) throws InterruptedException {
        if (process.watermark().isEmpty()) {
            return Reading.none("no watermark query for " + process.name());
        }
        String query = process.watermark().get();
        GuardedDatabase guarded = new GuardedDatabase(database);
        try {
            return limit.ask(() -> read(query, guarded, disaster), guarded::close);
        } catch (TimeoutException late) {
            return none(query, "no answer within " + limit.longest().toSeconds() + " s");
        } catch (ExecutionException broken) {
            return none(
                    query,
                    broken.getCause() instanceof SQLException error
                            ? ServerError.of(error).toString()
                            : String.valueOf(broken.getCause()));
        }
    }

    private static Reading read(String query, Database database, Instant disaster) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (rows.getMetaData().getColumnCount() != 1) {
                return none(query, "it gave " + rows.getMetaData().getColumnCount() + " columns instead of one");
            }
            if (!rows.next()) {
                return none(query, "it gave no row");
            }
            String type = rows.getMetaData().getColumnTypeName(1);
            Object value = switch (type) {
                case "timestamptz" -> rows.getObject(1, OffsetDateTime.class);
                case "timestamp" -> rows.getObject(1, LocalDateTime.class);
                default -> rows.getObject(1);
            };
            if (rows.next()) {
                return none(query, "it gave several rows instead of one");
            }
            if (value == null) {
                return none(query, "it gave null: no row of the process came back");
            }
            if (value instanceof OffsetDateTime zoned) {
                return reading(query, zoned.toInstant(), "", disaster);
            }
            if (value instanceof LocalDateTime bare) {
                return reading(query, bare.toInstant(ZoneOffset.UTC), ", taken as UTC", disaster);
            }
            return none(query, "it gave a " + type + "; only a timestamp names an instant");
        }
    }

    private static Reading reading(String query, Instant at, String taken, Instant disaster) {
        if (at.isAfter(disaster)) {
            return none(query, "it gave " + at + ", which is after the disaster instant " + disaster);
        }
        if (at.isBefore(EARLIEST)) {
            return none(query, "it gave " + at + ", which no clock of the business can have said");
        }
        return Reading.of(at, "newest row by \"" + query + "\"" + taken);
    }

    private static Reading none(String query, String why) {
        return Reading.none("not known from \"" + query + "\": " + why);
    }
}
