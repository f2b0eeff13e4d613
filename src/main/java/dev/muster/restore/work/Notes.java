package dev.muster.restore.work;

import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.scratch.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a restore writes down as it goes, so that it is there even if the restore fails half way. */
public final class Notes {
    private final Map<String, String> observations = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ObjectRead> reads = new ArrayList<>();
    private Optional<Database> database = Optional.empty();
    private Optional<Path> folder = Optional.empty();
    private Optional<Set<String>> roles = Optional.empty();
    private Reading proven = Reading.none("the backup did not restore");
    private Reading seen = Reading.none("nothing of the restored data has been looked at yet");

    /** Begins another check: what was observed for the one before is its own. */
    public void nextCheck() {
        observations.clear();
        findings.clear();
    }

    public void observe(String name, Object value) {
        observations.put(name, String.valueOf(value));
    }

    /** Something the backup says of itself: seen by the check and kept for the report. */
    public void fact(String name, Object value) {
        observe(name, value);
        facts.put(name, String.valueOf(value));
    }

    public void find(Finding.Severity severity, Problem problem) {
        findings.add(new Finding(severity, problem));
    }

    public void restoredInto(Database restored) {
        database = Optional.of(restored);
    }

    public void restoredInto(Path restored) {
        folder = Optional.of(restored);
    }

    public void read(List<ObjectRead> objects) {
        reads.addAll(objects);
    }

    /** The roles that a dump gives objects or rights to. */
    public void expects(Set<String> named) {
        roles = Optional.of(Set.copyOf(named));
    }

    public void proves(Reading reading) {
        proven = reading;
    }

    public void sees(Reading reading) {
        seen = reading;
    }

    public List<ObjectRead> reads() {
        return reads;
    }

    public Map<String, String> observations() {
        return observations;
    }

    public List<Finding> findings() {
        return findings;
    }

    public Map<String, String> facts() {
        return facts;
    }

    public Optional<Database> database() {
        return database;
    }

    public Optional<Path> folder() {
        return folder;
    }

    public Optional<Set<String>> roles() {
        return roles;
    }

    public Reading proven() {
        return proven;
    }

    public Reading seen() {
        return seen;
    }
}
