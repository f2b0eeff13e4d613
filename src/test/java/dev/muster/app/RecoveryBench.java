package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Whole drills that recover a copied server from its log, over objects that are made once and placed for each test. */
final class RecoveryBench implements AutoCloseable {

    /** The objects of a vault by key, with the instant at which each was stored. */
    static final class Kept {
        private final Map<String, byte[]> contents = new TreeMap<>();
        private final Map<String, Instant> stored = new TreeMap<>();

        void keep(String key, byte[] content, Instant at) {
            contents.put(key, content);
            stored.put(key, at);
        }

        void keep(String key, Path file, Instant at) throws IOException {
            keep(key, Files.readAllBytes(file), at);
        }

        /** All files of a folder, each stored when it was written. */
        void keepAll(String prefix, List<Path> files) throws IOException {
            for (Path file : files) {
                keep(
                        prefix + file.getFileName(),
                        file,
                        Files.getLastModifiedTime(file).toInstant());
            }
        }

        /** Keeps another content in place of an object, under another key. */
        void replace(String key, String otherKey, byte[] content) {
            Instant at = stored(key);
            contents.remove(key);
            stored.remove(key);
            keep(otherKey, content, at);
        }

        /** Lets go of them: the tests of all classes share one process. */
        void forget() {
            contents.clear();
            stored.clear();
        }

        byte[] content(String key) {
            return Objects.requireNonNull(contents.get(key), key);
        }

        Instant stored(String key) {
            return Objects.requireNonNull(stored.get(key), key);
        }

        /** The only key that begins like this. */
        String key(String beginning) {
            List<String> found = contents.keySet().stream()
                    .filter(key -> key.startsWith(beginning))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }

        List<String> keys() {
            return List.copyOf(contents.keySet());
        }
    }

    final Playground playground;
    private final Path folder;

    RecoveryBench(Path folder, Kept objects) throws IOException {
        this.folder = folder;
        this.playground = new Playground(folder);
        for (String key : objects.keys()) {
            place(key, objects.content(key), objects.stored(key));
        }
    }

    /** An instant between the commit of this heartbeat and the next one. */
    static Instant after(List<Instant> beats, int beat) {
        Duration gap = Duration.between(beats.get(beat), beats.get(beat + 1));
        return beats.get(beat).plus(gap.dividedBy(2)).truncatedTo(ChronoUnit.MICROS);
    }

    void place(String key, byte[] content, Instant stored) throws IOException {
        playground.s3.put(Playground.BUCKET, key, content);
        date(key, stored);
    }

    void date(String key, Instant stored) throws IOException {
        playground.s3.date(Playground.BUCKET, key, stored);
    }

    void remove(String key) {
        playground.s3.remove(Playground.BUCKET, key);
    }

    /** Writes the runbook that restores a database from this source. */
    void runbook(int postgres, String source) throws IOException {
        runbook(postgres, source, "select max(at) from heartbeat");
    }

    /** The same with another question after the newest row. */
    void runbook(int postgres, String source, String watermark) throws IOException {
        String text = """
                apiVersion: muster.dev/v1
                name: trial
                system: trial-system
                owner: platform-team
                scenario: operator-error
                objectives: { rpo: 1h, rto: 4h }
                processes:
                  orders: { watermark: "%s" }
                scratch: { postgres: %d, timeToLive: 10m }
                backups:
                """.formatted(watermark, postgres)
                + source.indent(2) + "steps:\n"
                + "- restore: database\n- check: database-integrity\n".indent(2);
        Files.writeString(folder.resolve("trial.yaml"), text);
    }

    Playground.Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("run", "trial", "--json"));
        command.addAll(Arrays.asList(arguments));
        return playground.muster(command.toArray(String[]::new));
    }

    /** Asks which of these faults the runbook's checks catch. */
    Playground.Outcome prove(List<String> faults, String... arguments) {
        List<String> command = new ArrayList<>(List.of("prove", "trial", "--json"));
        faults.forEach(fault -> command.addAll(List.of("--fault", fault)));
        command.addAll(Arrays.asList(arguments));
        return playground.muster(command.toArray(String[]::new));
    }

    JsonNode passed(String... arguments) {
        return ended("PASSED", arguments).json();
    }

    /** Runs a drill and demands this verdict. */
    Playground.Outcome ended(String verdict, String... arguments) {
        Playground.Outcome outcome = run(arguments);
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo(verdict);
        return outcome;
    }

    /** The newest heartbeat that came back. */
    Instant newestBeat(JsonNode drill) {
        return Instant.parse(
                observations(drill, "watermark-orders").path("newest").asString());
    }

    JsonNode observations(JsonNode drill, String check) {
        return check(drill, check).path("observations");
    }

    /** What the drill left as its record. */
    JsonNode record(JsonNode drill) {
        return playground
                .muster("report", drill.path("drill").asString(), "--format", "json")
                .json();
    }

    /** A check as the drill's record holds it. */
    JsonNode check(JsonNode drill, String name) {
        JsonNode record = record(drill);
        for (JsonNode one : record.path("integrity").path("checks")) {
            if (one.path("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no check " + name + " in " + record);
    }

    /** Demands that no scratch is left, and ends the vault's server. */
    @Override
    public void close() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }
}
