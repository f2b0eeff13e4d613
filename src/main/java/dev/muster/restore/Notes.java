package dev.muster.restore;

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

/** What a restore writes down as it goes, so that it is there even if the restore fails half way. */
final class Notes {
    private final Map<String, String> observations = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ObjectRead> reads = new ArrayList<>();
    private Optional<Database> database = Optional.empty();
    private Optional<Path> folder = Optional.empty();
    private Reading proven = Reading.none("the backup did not restore");
    private Reading seen = Reading.none("nothing of the restored data has been looked at yet");

    /** Begins another check: what was observed for the one before is its own. */
    void nextCheck() {
        observations.clear();
        findings.clear();
    }

    void observe(String name, Object value) {
        observations.put(name, String.valueOf(value));
    }

    /** Something the backup says of itself: seen by the check and kept for the report. */
    void fact(String name, Object value) {
        observe(name, value);
        facts.put(name, String.valueOf(value));
    }

    void find(Finding.Severity severity, Problem problem) {
        findings.add(new Finding(severity, problem));
    }

    void restoredInto(Database restored) {
        database = Optional.of(restored);
    }

    void restoredInto(Path restored) {
        folder = Optional.of(restored);
    }

    void read(List<ObjectRead> objects) {
        reads.addAll(objects);
    }

    void proves(Reading reading) {
        proven = reading;
    }

    void sees(Reading reading) {
        seen = reading;
    }

    List<ObjectRead> reads() {
        return reads;
    }

    Map<String, String> observations() {
        return observations;
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, String> facts() {
        return facts;
    }

    Optional<Database> database() {
        return database;
    }

    Optional<Path> folder() {
        return folder;
    }

    Reading proven() {
        return proven;
    }

    Reading seen() {
        return seen;
    }
}
