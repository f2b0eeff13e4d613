package dev.muster.backup.barman;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.BadManifest;
import dev.muster.backup.format.Judgement;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.backup.log.LogArchive;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Segment;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Barman's cloud tools write: a folder of tars for each backup, complete when its {@code backup.info} says so. */
public final class BarmanLayout implements Layout {
    /** Where the log lies below the prefix. */
    private static final String LOG = "wals/";

    private static final Pattern FOLDER = Pattern.compile("(?:.*/)?base/[^/]+/");
    private static final int LARGEST_INFO = 1 << 20;

    private final BackupSource source;
    private final Opened opened;
    private final Map<String, List<StoredObject>> folders = new LinkedHashMap<>();
    private final Set<String> segments;

    public BarmanLayout(BackupSource source, List<StoredObject> listed, Opened opened) {
        this.source = source;
        this.opened = opened;
        for (StoredObject object : listed) {
            boolean belongs = isInfo(object) || DataTar.of(object).isPresent();
            if (belongs && FOLDER.matcher(object.folder()).matches()) {
                folders.computeIfAbsent(object.folder(), folder -> new ArrayList<>())
                        .add(object);
            }
        }
        this.segments = new LogArchive(listed).segments();
    }

    @Override
    public List<StoredObject> heads() {
        return folders.values().stream().map(BarmanLayout::head).toList();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) {
        return folders.getOrDefault(head.folder(), List.of()).stream()
                .filter(object -> !object.equals(head))
                .toList();
    }

    /** The name of the backup's folder. */
    @Override
    public String name(StoredObject head) {
        String folder = head.folder().substring(0, head.folder().length() - 1);
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<LogRange> log(StoredObject head) throws Unreadable, InterruptedException {
        try {
            return Optional.of(info(head, opened.probe(head)).log(source.zone()));
        } catch (BadManifest e) {
            throw new Unreadable("was replaced after it was listed", e);
        }
    }

    @Override
    public Judgement judge(StoredObject head, Probe probe) throws Unreadable, InterruptedException {
        if (!isInfo(head)) {
            return Judgement.faulty("It is not complete: " + BackupInfo.NAME
                    + ", which barman-cloud-backup writes last, is missing in its folder");
        }
        try {
            BackupInfo info = info(head, probe);
            Judgement judgement = Judgement.complete(claimed(info));
            return fault(head, info).map(judgement::but).orElse(judgement);
        } catch (BadManifest e) {
            return Judgement.faulty(e.what());
        }
    }

    private Optional<String> fault(StoredObject head, BackupInfo info) throws BadManifest {
        if (info.unfinished().isPresent()) {
            return info.unfinished();
        }
        if (info.isSnapshot()) {
            return Optional.of("It is a snapshot of disks, of which nothing but a description lies in the vault");
        }
        if (info.ended(source.zone()).isEmpty()) {
            return Optional.of("It is not complete: its " + BackupInfo.NAME + " does not say when it ended (end_time)");
        }
        Set<String> missing = missing(head, info);
        if (!missing.isEmpty()) {
            return Optional.of("It is not complete: " + String.join(", ", missing) + " is missing in its folder");
        }
        Optional<Segment> lost = info.log(source.zone()).missing(segments, info.segmentSize());
        return lost.map(
                segment -> "It is not complete without the log that was written meanwhile, of which the segment "
                        + segment.name() + " is missing in " + LOG);
    }

    /** The tars that should be there: each of them may go on in further ones, numbered from one. */
    private Set<String> missing(StoredObject head, BackupInfo info) {
        List<DataTar> there =
                parts(head).stream().flatMap(part -> DataTar.of(part).stream()).toList();
        Set<String> stems = new TreeSet<>(info.tablespaces());
        stems.add(DataTar.DATA);
        Set<String> missing = new TreeSet<>();
        for (String stem : stems) {
            Set<Integer> numbers = there.stream()
                    .filter(tar -> tar.stem().equals(stem))
                    .map(DataTar::number)
                    .collect(Collectors.toCollection(TreeSet::new));
            int last = numbers.stream().mapToInt(number -> number).max().orElse(0);
            for (int number = 0; number <= last; number++) {
                if (!numbers.contains(number)) {
                    missing.add(new DataTar(stem, number).name());
                }
            }
        }
        return missing;
    }

    private Reading claimed(BackupInfo info) {
        return info.ended(source.zone())
                .map(end -> Reading.of(end, "end of the backup (end_time) in its " + BackupInfo.NAME))
                .orElseGet(() -> Reading.none("the backup's " + BackupInfo.NAME + " does not say when it ended"));
    }

    private static BackupInfo info(StoredObject head, Probe probe)
            throws BadManifest, Unreadable, InterruptedException {
        if (head.size() > LARGEST_INFO) {
            throw new BadManifest(
                    "Its " + BackupInfo.NAME + " has " + head.size() + " bytes, which none of Barman has");
        }
        return BackupInfo.read(probe.read(0, Math.toIntExact(head.size())));
    }

    private static StoredObject head(List<StoredObject> folder) {
        return folder.stream().filter(BarmanLayout::isInfo).findFirst().orElse(folder.get(0));
    }

    private static boolean isInfo(StoredObject object) {
        return object.name().equals(BackupInfo.NAME);
    }
}
