package dev.muster.check.comparison;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.Subject;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Does the backup expect the roles that the runbook knows of, and is each owner there where roles came back with it? */
public final class RolesAndOwners implements Check {
    private static final String ROLES = """
            select rolname from pg_catalog.pg_roles where oid >= 16384 order by 1""";

    private static final String ORPHANS = """
            select format('%s %s', thing, owner) from (
              select 'table ' || c.oid::regclass, c.relowner from pg_catalog.pg_class c where c.relkind not in ('i', 'I')
              union all select 'schema ' || n.nspname, n.nspowner from pg_catalog.pg_namespace n
              union all select 'function ' || p.oid::regprocedure, p.proowner from pg_catalog.pg_proc p
              union all select 'type ' || t.typname, t.typowner from pg_catalog.pg_type t
              union all select 'database ' || d.datname, d.datdba from pg_catalog.pg_database d
            ) owned (thing, owner)
            where not exists (select from pg_catalog.pg_authid a where a.oid = owned.owner)
            order by 1""";

    @Override
    public String name() {
        return "roles-and-owners";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    /** A dump without any role, and a runbook that names none, leave nothing to compare. */
    @Override
    public boolean concerns(Step.Check step, Subject subject) {
        return !step.likeness().roles().isEmpty()
                || subject.background()
                        .expectedRoles()
                        .map(roles -> !roles.isEmpty())
                        .orElse(subject.background().backup().isPresent());
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException {
        Map<String, String> observations = new LinkedHashMap<>();
        Set<String> named = new TreeSet<>(step.likeness().roles());
        observations.put("roles in the runbook", listed(named));
        Optional<Set<String>> expected = subject.background().expectedRoles();
        return expected.isPresent()
                ? ofDump(new TreeSet<>(expected.get()), named, subject, observations)
                : ofServer(named, subject, observations);
    }

    private static Answer ofDump(
            Set<String> expected, Set<String> named, Subject subject, Map<String, String> observations) {
        observations.put("roles that the dump expects", listed(expected));
        observations.put("restored with", "no owners and no rights; a scratch has none of these roles");
        List<String> wrong = new ArrayList<>();
        if (!named.isEmpty()) {
            expected.stream()
                    .filter(role -> !named.contains(role))
                    .forEach(role ->
                            wrong.add("the dump expects the role " + role + ", which the runbook does not name"));
            named.stream()
                    .filter(role -> !expected.contains(role))
                    .forEach(role -> wrong.add("the dump gives nothing to the role " + role));
        }
        return answer(
                wrong,
                "See with \"pg_dumpall --globals-only\" which roles production has. If they changed, correct \"roles:\" in"
                        + " the runbook; if not, see whether another system's dump was restored.",
                subject,
                observations);
    }

    private static Answer ofServer(Set<String> named, Subject subject, Map<String, String> observations)
            throws SQLException {
        Set<String> there = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        try (Connection connection = subject.restoredDatabase().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = pg_catalog");
            there.addAll(texts(statement, ROLES));
            texts(statement, ORPHANS).forEach(thing -> wrong.add("no role owns " + thing));
        }
        observations.put("roles that came back", listed(there));
        named.stream()
                .filter(role -> !there.contains(role))
                .forEach(role -> wrong.add("the role " + role + " is not there"));
        return answer(
                wrong,
                "Compare with \\du in production. What has no owner cannot be altered or dropped there either; a role that"
                        + " is gone on purpose belongs out of \"roles:\" in the runbook.",
                subject,
                observations);
    }

    private static Answer answer(List<String> wrong, String remedy, Subject subject, Map<String, String> observations) {
        return wrong.isEmpty()
                ? Answer.passed(observations)
                : Answer.failed(
                        new Problem(
                                "Roles and owners are not as they should be: " + Examples.of(wrong),
                                subject.runbook().file() + ", check roles-and-owners",
                                remedy),
                        observations);
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static String listed(Set<String> roles) {
        return roles.isEmpty() ? "none" : String.join(", ", roles);
    }
}
