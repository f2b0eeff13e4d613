package dev.muster.schedule.calendar;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.StrictReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The calendars of a folder as they were at one time: files of Muster's own language, and iCalendar. */
public final class Calendars {
    /** There are none. */
    public static final Calendars NONE = new Calendars(new TreeMap<>(), List.of());

    private static final int LARGEST = 1024 * 1024;

    private final Map<String, Calendar> byName;
    private final List<Misprint> misprints;

    private Calendars(Map<String, Calendar> byName, List<Misprint> misprints) {
        this.byName = byName;
        this.misprints = List.copyOf(misprints);
    }

    /** Reads every calendar of a folder; a folder that is not there holds none. */
    public static Calendars read(Path folder) {
        List<Misprint> misprints = new ArrayList<>();
        Map<String, Calendar> calendars = new TreeMap<>();
        List<WrittenCalendar> written = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString().replaceFirst("[.](yaml|ics)$", "");
            if (file.toString().endsWith(".ics")) {
                exported(name, file, misprints).ifPresent(calendar -> calendars.put(name, calendar));
            } else {
                Document document = new StrictReader("calendar").read(file, Map.of());
                written.add(new WrittenCalendar(name, document));
            }
        }
        // Those that need the holidays of others come after the others.
        written.sort(Comparator.comparing(one -> !one.without().isEmpty()));
        Set<String> lenders = new TreeSet<>(calendars.keySet());
        for (WrittenCalendar one : written) {
            List<Misprint> own = one.misprints(lenders);
            misprints.addAll(own);
            if (own.isEmpty()) {
                calendars.put(one.name(), one.calendar(new Calendars(calendars, List.of()).holidays(one.without())));
                if (one.without().isEmpty()) {
                    lenders.add(one.name());
                }
            }
        }
        return new Calendars(calendars, misprints);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*[.](yaml|ics)"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The calendars cannot be listed (" + unreadable + ")",
                            folder.toString(),
                            "Make the folder readable for the user who runs Muster."),
                    unreadable);
        }
    }

    private static Optional<Calendar> exported(String name, Path file, List<Misprint> misprints) {
        byte[] content;
        try (InputStream stream = Files.newInputStream(file)) {
            content = stream.readNBytes(LARGEST + 1);
        } catch (IOException unreadable) {
            misprints.add(new Misprint(
                    file.toString(),
                    1,
                    1,
                    "The file cannot be read: " + unreadable.getClass().getSimpleName(),
                    "Make it a plain file that the user who runs Muster may read."));
            return Optional.empty();
        }
        if (content.length > LARGEST) {
            misprints.add(new Misprint(
                    file.toString(), 1, 1, "The file is larger than 1 MiB", "Export fewer years or fewer events."));
            return Optional.empty();
        }
        ExportedCalendar exported = new ExportedCalendar(name, file, content, sha256(content));
        misprints.addAll(exported.misprints());
        return exported.misprints().isEmpty() ? Optional.of(exported.calendar()) : Optional.empty();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The names of those that can be read. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    public Optional<Calendar> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What is wrong with those that cannot be read. */
    public List<Misprint> misprints() {
        return misprints;
    }

    /** The days off by these calendars. */
    public Predicate<LocalDate> holidays(List<String> names) {
        List<Calendar> own = names.stream().flatMap(name -> find(name).stream()).toList();
        return day -> own.stream().anyMatch(calendar -> calendar.holiday(day));
    }

    /**
     * Why nothing may start at a moment; absent when something may. Of a calendar that cannot be read nobody knows what
     * it forbids, so it forbids everything.
     */
    public Optional<String> forbid(List<String> names, Instant moment, ZoneId local) {
        Optional<String> unknown = names.stream()
                .filter(name -> find(name).isEmpty())
                .findFirst()
                .map(name -> "the calendar " + name + " cannot be read");
        return unknown.or(() -> names.stream()
                .flatMap(name -> find(name).stream())
                .flatMap(calendar -> calendar.at(moment, local).stream())
                .max(Comparator.comparing(Window::to))
                .map(Window::why));
    }

    /** What tells these versions of the calendars from others. */
    public String version(List<String> names) {
        return String.join(
                " ",
                names.stream()
                        .map(name ->
                                name + "=" + find(name).map(Calendar::sha256).orElse("?"))
                        .toList());
    }
}
