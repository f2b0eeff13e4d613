package dev.muster.schedule.calendar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** A folder of calendars, read again when something in it has changed. */
public final class CalendarFolder {
    private final Path folder;

    private List<String> seen = List.of();
    private Calendars calendars = Calendars.NONE;

    public CalendarFolder(Path folder) {
        this.folder = folder;
    }

    /** The calendars as they are now. */
    public synchronized Calendars calendars() {
        List<String> now = state();
        if (!now.equals(seen)) {
            calendars = Calendars.read(folder);
            seen = now;
        }
        return calendars;
    }

    /** Cheap to find out, and different after every change. */
    private List<String> state() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(CalendarFolder::state).toList();
        } catch (IOException unreadable) {
            // What is wrong with the folder, reading it says.
            return List.of(unreadable.toString());
        }
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return String.join(
                    " ",
                    file.toString(),
                    attributes.lastModifiedTime().toString(),
                    Long.toString(attributes.size()),
                    String.valueOf(attributes.fileKey()));
        } catch (IOException unreadable) {
            return file + " " + unreadable;
        }
    }
}
