package dev.muster.runbook.library;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.runbook.Checkout;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.RunbookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The runbooks of a folder as they are now. Asking again is cheap: a file is read when it has changed. */
public final class Library {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final Path folder;
    private final RunbookReader reader;
    private final Optional<GoodVersions> good;
    private final Clock clock;
    private final Map<Path, Kept> kept = new HashMap<>();

    private List<Shelved> shelf = List.of();
    private Instant looked = Instant.EPOCH;

    /** A library that knows good versions as long as it lives. */
    public Library(Path folder, RunbookReader reader, Clock clock) {
        this(folder, reader, Optional.empty(), clock);
    }

    /** @param good where the good versions are kept for other days */
    public Library(Path folder, RunbookReader reader, Optional<Path> good, Clock clock) {
        this.folder = folder;
        this.reader = reader;
        this.good = good.map(GoodVersions::new);
        this.clock = clock;
    }

    /** A file as it was when it was read. */
    private record Kept(FileState state, Shelved shelved) {}

    /** All runbooks, by the names of their files. */
    public synchronized List<Shelved> runbooks() {
        Instant now = clock.instant();
        if (!now.isBefore(looked) && now.isBefore(looked.plus(OFTEN))) {
            return shelf;
        }
        Optional<String> head = new Checkout(folder).head();
        List<Path> files = files();
        boolean changed = kept.keySet().retainAll(files);
        for (Path file : files) {
            FileState state = FileState.of(file, head);
            Kept before = kept.get(file);
            if (before == null || !before.state().equals(state)) {
                Shelved shelved = shelved(file, Optional.ofNullable(before).map(Kept::shelved));
                kept.put(file, new Kept(state.asReadAt(clock.instant()), shelved));
                changed = true;
            }
        }
        looked = now;
        if (changed) {
            shelf = unambiguous(files.stream()
                    .map(file -> Objects.requireNonNull(kept.get(file)).shelved())
                    .toList());
        }
        return shelf;
    }

    public Optional<Shelved> find(String name) {
        return runbooks().stream()
                .filter(runbook -> runbook.name().equals(name))
                .findFirst();
    }

    /** A runbook with values set for one drill; as long as its file has mistakes, by the last good version. */
    public Optional<Runbook> good(String name, Map<String, String> overrides) {
        Optional<Shelved> shelved = find(name);
        if (overrides.isEmpty()) {
            return shelved.flatMap(Shelved::good);
        }
        return shelved.flatMap(one -> one.misprints().isEmpty()
                ? reader.read(one.file(), overrides).runbook()
                : good.flatMap(versions -> versions.find(one.file()))
                        .flatMap(content ->
                                reader.read(one.file(), content, overrides).runbook()));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The runbooks cannot be listed (" + unreadable + ")",
                            folder.toString(),
                            "Make the folder readable for the user who runs Muster."),
                    unreadable);
        }
    }

    private Shelved shelved(Path file, Optional<Shelved> before) {
        Reading reading = Reading.of(file, reader);
        if (reading.text().runbook().isPresent()) {
            good.ifPresent(versions -> versions.keep(file, reading.content()));
            return new Shelved(
                    reading.text().runbook().get().name(), file, reading.text().runbook(), List.of(), clock.instant());
        }
        Optional<Shelved> last = before.filter(one -> one.good().isPresent())
                .or(() -> good.flatMap(versions -> versions.find(file)).flatMap(content -> fromBefore(file, content)));
        return last.map(one ->
                        new Shelved(one.name(), file, one.good(), reading.text().misprints(), one.read()))
                .orElseGet(() -> new Shelved(
                        file.getFileName().toString().replaceFirst("[.]yaml$", ""),
                        file,
                        Optional.empty(),
                        reading.text().misprints(),
                        clock.instant()));
    }

    /** What was good on another day may not be good by the settings of today. */
    private Optional<Shelved> fromBefore(Path file, byte[] content) {
        return reader.read(file, content)
                .runbook()
                .map(runbook -> new Shelved(runbook.name(), file, Optional.of(runbook), List.of(), clock.instant()));
    }

    /** Of two files with one name nobody can say which is meant: the later one is no runbook. */
    private static List<Shelved> unambiguous(List<Shelved> shelved) {
        Map<String, Path> first = new TreeMap<>();
        List<Shelved> shelf = new ArrayList<>();
        for (Shelved one : shelved) {
            Path other = first.putIfAbsent(one.name(), one.file());
            if (other == null || one.good().isEmpty()) {
                shelf.add(one);
                continue;
            }
            List<Misprint> misprints = new ArrayList<>(one.misprints());
            misprints.add(new Misprint(
                    one.file().toString(),
                    1,
                    1,
                    "The name `" + one.name() + "` is that of the runbook in " + other + " already",
                    "Give one of the two another name."));
            shelf.add(new Shelved(
                    one.file().getFileName().toString().replaceFirst("[.]yaml$", ""),
                    one.file(),
                    Optional.empty(),
                    misprints,
                    one.read()));
        }
        return List.copyOf(shelf);
    }
}
