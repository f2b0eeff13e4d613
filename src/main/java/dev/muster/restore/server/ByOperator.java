package dev.muster.restore.server;

import dev.muster.drill.Backup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.LogSource;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import dev.muster.restore.RestoreOutcome;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database that an operator of the cluster restores: what it calls restored is looked at before it is believed. */
public final class ByOperator {
    private static final String SUPERUSER = "postgres";
    private static final RecoveryTarget END_OF_LOG = new RecoveryTarget(RecoveryTarget.Kind.LATEST, "");
    private static final String TOO_SHORT = "recovery ended before configured recovery target was reached";
    private static final String HOLDS = """
            select count(*) from pg_class
            where relkind in ('r', 'p') and relnamespace in
              (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')""";

    private final Step.Restore step;
    private final OperatorPlan plan;
    private final Backup backup;
    private final Scratch scratch;
    private final Beside beside;
    private final Instant disaster;
    private final Clock clock;
    private final Map<String, String> observations = new LinkedHashMap<>();

    public ByOperator(Step.Restore step, Backup backup, Scratch scratch, Beside beside, Instant disaster, Clock clock) {
        this.step = step;
        this.plan = step.with().orElseThrow();
        this.backup = backup;
        this.scratch = scratch;
        this.beside = beside;
        this.disaster = disaster;
        this.clock = clock;
    }

    public RestoreOutcome restore() throws InterruptedException {
        Instant began = clock.instant();
        Served served = served();
        observations.putAll(served.facts());
        if (served.trouble().isPresent()) {
            int line = 0;
            for (String said : served.log()
                    .subList(Math.max(0, served.log().size() - 10), served.log().size())) {
                line++;
                observations.put("log line " + line, said);
            }
            return outcome(began, Optional.of(served.trouble().get()), Optional.empty(), new ServerLog());
        }
        ServerLog said = new ServerLog();
        served.log().forEach(said::hear);
        try {
            ServedDatabase database = database(served.address().orElseThrow());
            observations.put("restored into", "PostgreSQL " + database.version() + ", database " + database.name());
            Optional<Problem> empty = empty(database);
            return outcome(began, empty, Optional.of(database), said);
        } catch (SQLException refused) {
            return outcome(
                    began,
                    Optional.of(new Problem(
                            "The server that " + plan.operator() + " calls restored does not open the database "
                                    + plan.database() + ": " + refused.getMessage(),
                            backup.object().address(),
                            "See whether `cluster.database` names the database that production has; if it does, do not"
                                    + " rely on this backup.")),
                    Optional.empty(),
                    said);
        }
    }

    /** A log that ends before the disaster is no fault, though the server takes it for one. */
    private Served served() throws InterruptedException {
        Served served = attempt(target(backup, disaster));
        boolean tooShort = declared(backup).kind() == RecoveryTarget.Kind.DISASTER
                && served.trouble().isPresent()
                && served.log().stream().anyMatch(line -> line.contains(TOO_SHORT));
        return tooShort ? attempt(END_OF_LOG) : served;
    }

    /** How far an operator is asked to replay the log: a target that only Muster knows is put in words of its own. */
    public static RecoveryTarget target(Backup backup, Instant disaster) {
        RecoveryTarget declared = declared(backup);
        if (declared.kind() != RecoveryTarget.Kind.DISASTER) {
            return declared;
        }
        boolean later = backup.log()
                .filter(log -> new RecoveryGoal(declared, disaster).isAfter(log))
                .isPresent();
        return later ? END_OF_LOG : new RecoveryTarget(RecoveryTarget.Kind.TIME, disaster.toString());
    }

    private static RecoveryTarget declared(Backup backup) {
        return backup.source().log().map(LogSource::target).orElse(RecoveryTarget.UP_TO_THE_DISASTER);
    }

    private Served attempt(RecoveryTarget target) throws InterruptedException {
        observations.put("restored by", plan.operator());
        observations.put("target", target.toString());
        return beside.recover(target);
    }

    private ServedDatabase database(Endpoint server) throws SQLException {
        Path passwords = scratch.folder("operator").resolve("passwords");
        try {
            Files.deleteIfExists(passwords);
            Files.createFile(
                    passwords, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    passwords, "*:*:*:" + SUPERUSER + ":" + beside.password().reveal() + "\n");
            scratch.handOver(passwords);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The password of the restored server could not be put down: " + failed,
                            passwords.toString(),
                            "Give the scratch more room with scratch.disk in the runbook."),
                    failed);
        }
        return ServedDatabase.of(plan.database(), server, SUPERUSER, beside.password(), passwords);
    }

    /** An operator makes the database that it is told of where the backup has none. */
    private Optional<Problem> empty(ServedDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HOLDS)) {
            row.next();
            long tables = row.getLong(1);
            observations.put("tables", Long.toString(tables));
            return tables > 0
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "The database " + plan.database() + " holds no table: " + plan.operator()
                                    + " makes an empty one where the backup has none of that name",
                            backup.object().address(),
                            "See whether `cluster.database` names the database that production has; if it does, do not"
                                    + " rely on this backup."));
        }
    }

    private RestoreOutcome outcome(
            Instant began, Optional<Problem> problem, Optional<ServedDatabase> database, ServerLog said) {
        CheckResult check = new CheckResult(
                "restored-completely",
                step.label(),
                problem.isPresent() ? Verdict.FAILED : Verdict.PASSED,
                began,
                clock.instant(),
                observations,
                problem,
                List.of());
        return new RestoreOutcome(
                List.of(check),
                new Readings(
                        backup.claimed(),
                        proven(problem.isEmpty(), said),
                        Reading.none("the newest row is read by the watermarks of the processes")),
                database.map(dev.muster.scratch.Database.class::cast),
                Optional.empty(),
                Map.of("format", backup.source().format().label(), "restored by", plan.operator()),
                List.of());
    }

    private Reading proven(boolean restored, ServerLog said) {
        if (!restored) {
            return Reading.none("the database did not come back");
        }
        if (said.lastCommit().isPresent()) {
            return Reading.of(
                    said.lastCommit().get(),
                    "commit time of the last transaction that recovery replayed, by the server's own log");
        }
        return said.done().isPresent() && backup.claimed().at().isPresent()
                ? Reading.of(
                        backup.claimed().at().get(),
                        "end of the backup: by the server's own log, no transaction was replayed after it")
                : Reading.none("the log of the recovery was not to be had from " + plan.operator());
    }
}
