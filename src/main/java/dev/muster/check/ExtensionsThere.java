package dev.muster.check;

import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does the server know every extension that the database uses, and does each of their functions load from its library? */
final class ExtensionsThere implements Check {
    private static final String EXTENSIONS = """
            select e.extname, e.extversion, a.default_version
            from pg_catalog.pg_extension e
            left join pg_catalog.pg_available_extensions a on a.name = e.extname
            order by 1""";

    private static final String LIBRARIES = """
            select p.probin, count(*),
                   p.probin ~ '^([$]libdir/)?[A-Za-z0-9_][A-Za-z0-9_.+-]*$'
            from pg_catalog.pg_proc p
            join pg_catalog.pg_language l on l.oid = p.prolang
            where l.lanname = 'c'
              and (p.oid >= 16384
                   or exists (select from pg_catalog.pg_depend d
                              where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'))
            group by 1
            order by 1""";

    // The server asks the same when a function is made: is the library there, and does it know the function?
    private static final String LOAD = """
            select count(pg_catalog.fmgr_c_validator(p.oid)::text)
            from pg_catalog.pg_proc p
            join pg_catalog.pg_language l on l.oid = p.prolang
            where l.lanname = 'c' and p.probin = ?""";

    @Override
    public String name() {
        return "extensions-there";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Database database = subject.restoredDatabase();
        Map<String, String> observations = new LinkedHashMap<>();
        List<String> lacking = new ArrayList<>();
        List<Library> libraries = new ArrayList<>();
        int extensions = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(EXTENSIONS)) {
                while (rows.next()) {
                    extensions++;
                    String name = rows.getString(1);
                    String version = rows.getString(2);
                    Optional<String> offered = Optional.ofNullable(rows.getString(3));
                    observations.put(
                            "extension " + name,
                            version
                                    + offered.filter(any -> !any.equals(version))
                                            .map(any -> ", the server brings " + any)
                                            .orElse(""));
                    if (offered.isEmpty()) {
                        lacking.add("extension " + name + " " + version + ": the server does not have it");
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(LIBRARIES)) {
                while (rows.next()) {
                    libraries.add(new Library(rows.getString(1), rows.getLong(2), rows.getBoolean(3)));
                }
            }
        }
        observations.put("libraries", String.valueOf(libraries.size()));
        observations.put(
                "functions in them",
                String.valueOf(libraries.stream().mapToLong(Library::functions).sum()));
        if (extensions + libraries.size() == 0) {
            return Answer.couldNotRun(NothingThere.in(subject, "extension"), observations);
        }
        new Lanes(database, "libraries loaded", progress)
                .ask(libraries, ExtensionsThere::load)
                .forEach(trouble -> trouble.ifPresent(lacking::add));
        if (lacking.isEmpty()) {
            return Answer.passed(observations);
        }
        // The backup may be sound all the same: it is this machine that lacks something.
        return Answer.couldNotRun(
                new Problem(
                        lacking.size() + " extensions or libraries of the restored database cannot be used here",
                        Examples.of(lacking),
                        "Install on the machine that drills what production has beside its PostgreSQL "
                                + database.major()
                                + ", such as postgresql-" + database.major()
                                + "-postgis-3 (Debian, Ubuntu) for postgis,"
                                + " then run the drill again. A real restore needs the same."),
                observations);
    }

    private static Optional<String> load(Connection connection, Library library) throws SQLException {
        if (!library.ofServer) {
            // To load it would run whatever a restored database points to.
            return Optional.of("library " + library.name + ": not among the server's own, so it was not loaded");
        }
        try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
            statement.setString(1, library.name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.empty();
            }
        } catch (SQLException error) {
            ServerError said = ServerError.of(error);
            if (connection.isClosed() || said.endsTheSession()) {
                throw error;
            }
            return Optional.of("library " + library.name + ": " + said);
        }
    }

    private record Library(String name, long functions, boolean ofServer) {}
}
