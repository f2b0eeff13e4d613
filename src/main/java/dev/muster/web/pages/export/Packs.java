package dev.muster.web.pages.export;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.pack.Period;
import dev.muster.orchestrator.followup.Exporting;
import dev.muster.web.pages.Errand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packs that were made here, and the one that is being made; each is verified as soon as it is there. */
final class Packs {
    private static final Pattern NAME = Pattern.compile(
            "muster-[0-9]{4}-[0-9]{2}-[0-9]{2}-to-[0-9]{4}-[0-9]{2}-[0-9]{2}-made-[0-9]{8}T[0-9]{6}Z[.]zip");
    private static final DateTimeFormatter MADE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Exporting exporting;
    private final Path keys;
    private final Clock clock;
    private final Errand<Made> making;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    Packs(Path folder, Exporting exporting, Path keys, Clock clock) {
        this.folder = folder;
        this.exporting = exporting;
        this.keys = keys;
        this.clock = clock;
        this.making = new Errand<>("export", clock);
    }

    /**
     * A pack, and what a verification of it said.
     *
     * @param missing what should be in it and is not
     */
    record Made(String name, List<Problem> missing, Verification verification) {}

    Errand.State<Made> state() {
        return making.state();
    }

    /** Begins to make a pack, unless one is being made. */
    boolean begin(Period period) {
        return making.begin(() -> {
            Files.createDirectories(folder);
            String name = "muster-" + period.first() + "-to-" + period.last() + "-made-" + MADE.format(clock.instant())
                    + ".zip";
            Path pack = folder.resolve(name);
            Exporting.Exported exported = exporting.export(period, Optional.empty(), pack);
            Made done = new Made(name, exported.missing(), Evidence.verify(pack, keys));
            made.put(name, done);
            return done;
        });
    }

    /** The packs that lie here, the latest first. */
    List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Packs::whenMade).reversed())
                    .toList();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The packs cannot be listed (" + unreadable + ")",
                            folder.toString(),
                            "Make the folder readable for the user who runs Muster."),
                    unreadable);
        }
    }

    private static String whenMade(Path pack) {
        String name = pack.getFileName().toString();
        return name.substring(name.lastIndexOf("-made-"));
    }

    /** The pack of a name that somebody sent: only one that lies here, wherever the name would lead. */
    Optional<Path> find(String name) {
        return all().stream()
                .filter(pack -> pack.getFileName().toString().equals(name))
                .findFirst();
    }

    /** What is known of a pack since the service began. */
    Optional<Made> known(String name) {
        return Optional.ofNullable(made.get(name));
    }
}
