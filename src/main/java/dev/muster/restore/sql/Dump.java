package dev.muster.restore.sql;

import dev.muster.backup.format.ArchiveHeader;
import dev.muster.backup.format.DumpHeader;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.scratch.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** What pg_dump wrote, in whichever of its forms. */
public final class Dump {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");
    private static final Set<String> TAKEN = Set.of("postgres", "template0", "template1");
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private Dump() {}

    public static void restore(Job job, Notes notes) throws IOException, SQLException, BadBackup, InterruptedException {
        DumpHeader header = DumpHeader.read(job.file())
                .orElseThrow(() -> job.bad("The file is no dump by pg_dump: neither archive nor plain SQL"));
        notes.fact("kind of dump", header.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (header.kind() == DumpHeader.Kind.PLAIN) {
            PlainDump.restore(job, notes, header);
        } else {
            ArchiveDump.restore(job, notes, header);
        }
    }

    /** Notes which programs made the dump and refuses one from a server newer than the scratch's. */
    static void admit(Job job, Notes notes, OptionalInt server, OptionalInt dumper) {
        notes.fact("dumped from PostgreSQL", server.isPresent() ? server.getAsInt() : "unknown");
        notes.fact("dumped by pg_dump", dumper.isPresent() ? dumper.getAsInt() : "unknown");
        if (server.isPresent() && server.getAsInt() > job.postgres()) {
            throw new CouldNotRun(new Problem(
                    "The dump is from a PostgreSQL " + server.getAsInt()
                            + " server, and the scratch's would be the older " + job.postgres(),
                    job.address(),
                    "Set scratch.postgres to " + server.getAsInt()
                            + " in the runbook, or run with --set scratch.postgres=" + server.getAsInt() + "."));
        }
    }

    static void admit(Job job, Notes notes, ArchiveHeader archive) {
        admit(job, notes, OptionalInt.of(archive.serverMajor()), OptionalInt.of(archive.dumperMajor()));
    }

    static Database start(Job job, Notes notes, String name) throws InterruptedException {
        boolean sane = PLAIN_NAME.matcher(name).matches() && !TAKEN.contains(name);
        Database database = job.scratch().startDatabase(job.postgres(), sane ? name : "restored");
        notes.restoredInto(database);
        notes.observe("restored into", "PostgreSQL " + database.version());
        return database;
    }

    /** The instant from which on nothing is in the dump, by its header. */
    static Reading proven(Job job, Reading started) {
        if (started.at().isEmpty()) {
            return started;
        }
        Instant there = job.backup().object().lastModified();
        if (started.at().get().isAfter(there.plus(CLOCKS_DIFFER))) {
            return Reading.none(started.formula() + ", is impossible: the object was there at " + there
                    + " already; set `zone:` to the zone of the machine that dumps");
        }
        return Reading.of(started.at().get(), started.formula() + ": the snapshot is taken when the dump starts");
    }

    public static void count(Notes notes, Database database) throws SQLException, BadBackup {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select count(*), pg_database_size(current_database())
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                        """)) {
            row.next();
            notes.observe("tables", row.getLong(1));
            notes.observe("database bytes", row.getLong(2));
        }
    }
}
