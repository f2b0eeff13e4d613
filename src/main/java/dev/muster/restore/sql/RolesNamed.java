package dev.muster.restore.sql;

import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hears an archive's statements as SQL and keeps those that give objects or rights to roles. */
final class RolesNamed implements Consumer<String> {
    private static final String ROLE = "(\"(?:[^\"]|\"\")+\"|[^\\s;,]+)";
    private static final Pattern NAMES =
            Pattern.compile("^ALTER .* OWNER TO " + ROLE + ";|^ALTER DEFAULT PRIVILEGES FOR ROLE " + ROLE
                    + " .*|^GRANT .* TO " + ROLE + "(?: WITH GRANT OPTION)?;|^REVOKE .* FROM " + ROLE + ";");

    private final List<Complaint> statements = new ArrayList<>();

    @Override
    public synchronized void accept(String line) {
        Matcher names = NAMES.matcher(line);
        if (names.matches()) {
            for (int group = 1; group <= names.groupCount(); group++) {
                if (names.group(group) != null) {
                    String role = unquoted(names.group(group));
                    statements.add(new Complaint("role \"" + role + "\" does not exist", line, ""));
                }
            }
        }
    }

    /** What the server would have refused of them, since it does not have the role. */
    synchronized List<Complaint> missingFrom(Database database) throws SQLException {
        Set<String> known = new HashSet<>(Set.of("public"));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet roles = statement.executeQuery("select rolname from pg_roles")) {
            while (roles.next()) {
                known.add(roles.getString(1));
            }
        }
        return statements.stream()
                .filter(complaint -> !known.contains(complaint.missing()))
                .toList();
    }

    private static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
