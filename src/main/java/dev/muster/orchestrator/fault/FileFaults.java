package dev.muster.orchestrator.fault;

import dev.muster.drill.Asset;
import dev.muster.drill.Fault;
import dev.muster.drill.Inventory;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Faults of restored files. */
final class FileFaults {
    private static final Set<String> FILES = Set.of("attachments-complete", "files-named");
    private static final Set<String> SETTINGS = Set.of("inventory-complete");
    private static final String NOTHING_NAMED = "the filestore holds no file that the database names";
    private static final Pattern SETTING = Pattern.compile("\\s*[A-Za-z_][\\w.-]*\\s*[=:]\\s*\\S.*");

    private FileFaults() {}

    static List<Injection> ofFilestore() {
        return List.of(
                filestore("attachment-missing", "An attachment is not in the filestore.", (files, ground) -> {
                    Path file = ground.one(named(files, ground), NOTHING_NAMED);
                    Files.delete(file);
                    return files.name(file) + " taken away";
                }),
                filestore("attachments-swapped", "Two attachments have each other's content.", (files, ground) -> {
                    List<Path> all = named(files, ground);
                    Path one = ground.one(all, NOTHING_NAMED);
                    Path other = ground.one(
                            all.stream().filter(file -> differs(file, one)).toList(),
                            "all files of the filestore have the same content");
                    Path aside = one.resolveSibling("aside");
                    Files.move(one, aside);
                    Files.move(other, one);
                    Files.move(aside, other);
                    return files.name(one) + " and " + files.name(other) + " swapped";
                }),
                filestore("attachment-byte-flipped", "One byte of an attachment is another.", (files, ground) -> {
                    Path file = Tree.own(ground.one(named(files, ground), NOTHING_NAMED));
                    long at = (long) (ground.lots().nextDouble() * Files.size(file));
                    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                        bytes.seek(at);
                        int was = bytes.read();
                        bytes.seek(at);
                        bytes.write(was ^ 0xff);
                    }
                    return files.name(file) + ": byte " + at + " flipped";
                }));
    }

    static List<Injection> ofConfiguration() {
        return List.of(
                configuration("configuration-key-missing", "A key is missing in a settings file.", (files, ground) -> {
                    Line line = ground.one(
                            lines(files, ground), "no file of the configuration has lines such as key = value");
                    List<String> lines = new ArrayList<>(Files.readAllLines(line.file, StandardCharsets.ISO_8859_1));
                    String gone = lines.remove(line.number);
                    Path file = Tree.own(line.file);
                    Files.write(file, lines, StandardCharsets.ISO_8859_1);
                    // A value may be a secret.
                    return files.name(file) + ": the line of " + gone.strip().split("[\\s=:]", 2)[0] + " taken out";
                }),
                configuration(
                        "configuration-file-missing", "A file of the configuration is missing.", (files, ground) -> {
                            Set<String> known = settingsFiles(ground.runbook());
                            List<Path> all = files.all();
                            List<Path> needed = all.stream()
                                    .filter(file -> known.stream().anyMatch(name -> file.endsWith(name)))
                                    .toList();
                            Path file = ground.one(needed.isEmpty() ? all : needed, "the configuration holds no file");
                            Files.delete(file);
                            return files.name(file) + " taken away";
                        }));
    }

    private static Injection filestore(String name, String sentence, Injection.IntoFiles.FileMaking making) {
        return new Injection.IntoFiles(new Fault(name, sentence, Fault.Kind.FILES, FILES), Asset.FILESTORE, making);
    }

    private static Injection configuration(String name, String sentence, Injection.IntoFiles.FileMaking making) {
        return new Injection.IntoFiles(
                new Fault(name, sentence, Fault.Kind.FILES, SETTINGS), Asset.CONFIGURATION, making);
    }

    /** The files that the application would miss: those that its database names, or all where it names none. */
    private static List<Path> named(RestoredFiles files, Ground ground) throws IOException, SQLException {
        List<Path> all = files.all();
        Optional<Set<String>> names =
                ground.restored().isPresent() ? names(ground.restored().get()) : Optional.empty();
        return names.isEmpty()
                ? all
                : all.stream()
                        .filter(file -> names.get().contains(lastTwo(file)))
                        .toList();
    }

    private static Optional<Set<String>> names(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('ir_attachment') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            Set<String> names = new HashSet<>();
            try (ResultSet rows =
                    statement.executeQuery("select store_fname from ir_attachment where store_fname is not null")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return Optional.of(names);
        }
    }

    private static String lastTwo(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString();
    }

    private static boolean differs(Path one, Path other) {
        try {
            return Files.mismatch(one, other) >= 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The lines of keys that the owner has listed as needed; those of any key where none is listed. */
    private static List<Line> lines(RestoredFiles files, Ground ground) throws IOException {
        List<Inventory> inventories = inventories(ground.runbook());
        List<Line> any = new ArrayList<>();
        List<Line> needed = new ArrayList<>();
        for (Path file : files.all()) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int number = 0; number < lines.size(); number++) {
                String text = lines.get(number);
                if (!SETTING.matcher(text).matches()) {
                    continue;
                }
                Line line = new Line(file, number);
                any.add(line);
                String key = text.strip().split("[\\s=:]", 2)[0];
                boolean listed = inventories.stream()
                        .flatMap(inventory -> inventory.keys().entrySet().stream())
                        .filter(entry -> file.endsWith(entry.getKey()))
                        .flatMap(entry -> entry.getValue().keySet().stream())
                        .anyMatch(name -> name.equals(key) || name.endsWith("." + key));
                if (listed) {
                    needed.add(line);
                }
            }
        }
        return needed.isEmpty() ? any : needed;
    }

    private static Set<String> settingsFiles(Runbook runbook) {
        Set<String> names = new HashSet<>();
        inventories(runbook).forEach(inventory -> {
            names.addAll(inventory.keys().keySet());
            inventory.files().stream().filter(name -> !name.contains("*")).forEach(names::add);
        });
        return names;
    }

    private static List<Inventory> inventories(Runbook runbook) {
        return Steps.single(runbook.steps()).stream()
                .filter(Step.Check.class::isInstance)
                .map(Step.Check.class::cast)
                .flatMap(check -> check.inventory().stream())
                .toList();
    }

    /** A line of a settings file. */
    private record Line(Path file, int number) {}
}
