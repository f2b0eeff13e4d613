package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.fault.Tree;
import dev.muster.restore.RestoreOutcome;
import dev.muster.scratch.Database;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps what came back as it came back: steps that follow a restore change it. */
final class AsRestored {
    private static final String KEPT = "muster_as_restored";

    private final boolean wanted;
    private Optional<Scratch> place = Optional.empty();
    private final Map<Asset, Path> fetched = new EnumMap<>(Asset.class);
    private final Map<Asset, RestoreOutcome> outcomes = new EnumMap<>(Asset.class);

    AsRestored(boolean wanted) {
        this.wanted = wanted;
    }

    /** Links what was fetched into another folder, since a restore takes away what it has unpacked. */
    void keep(Notes notes, Scratch scratch) throws IOException {
        if (!wanted) {
            return;
        }
        place = Optional.of(scratch);
        Path folder = scratch.folder("as-fetched");
        for (Asset asset : Asset.values()) {
            Optional<Path> objects = notes.fetched(asset);
            if (objects.isPresent()) {
                Path own = folder.resolve(asset.label());
                Tree.link(objects.get(), own);
                fetched.put(asset, own);
            }
        }
    }

    /** Where it came back. */
    Scratch scratch() {
        return place.orElseThrow();
    }

    /** The objects of an asset as they were fetched. */
    Path fetched(Asset asset) {
        return Optional.ofNullable(fetched.get(asset)).orElseThrow();
    }

    /** Remembers an outcome, and copies the database within its server. */
    synchronized void keep(Asset asset, RestoreOutcome outcome) {
        if (!wanted || outcome.checks().stream().anyMatch(check -> check.verdict() != Verdict.PASSED)) {
            return;
        }
        outcome.database().ifPresent(database -> {
            try {
                command(database, "drop database if exists " + KEPT);
                command(database, "create database " + KEPT + " template " + quoted(database.name()));
            } catch (SQLException refused) {
                throw new CouldNotRun(
                        new Problem(
                                "The restored database could not be copied: " + refused.getMessage(),
                                "database " + database.name(),
                                "Faults are made in copies of it, so that there must be room for three of them: make"
                                        + " room, or name a larger disk with scratch.folder in the settings."),
                        refused);
            }
        });
        outcomes.put(asset, outcome);
    }

    /** What came back, in a map of the caller's own. */
    synchronized Map<Asset, RestoreOutcome> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** The database in which programs and new databases of the scratch's server are to be had. */
    synchronized Optional<Database> restored() {
        return Optional.ofNullable(outcomes.get(Asset.DATABASE))
                .flatMap(RestoreOutcome::database)
                .map(database -> database.named(KEPT));
    }

    /** A copy of the database as it was restored. */
    Optional<Database> copy(String name) throws SQLException {
        Optional<Database> restored = restored();
        if (restored.isPresent()) {
            command(restored.get(), "create database " + quoted(name) + " template " + KEPT);
        }
        return restored.map(database -> database.named(name));
    }

    void drop(String name) throws SQLException {
        Optional<Database> restored = restored();
        if (restored.isPresent()) {
            command(restored.get(), "drop database if exists " + quoted(name) + " with (force)");
        }
    }

    /** No database can be copied while somebody is connected to it, so that this asks from another one. */
    static void command(Database server, String sql) throws SQLException {
        try (Connection connection = server.named("template1").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
