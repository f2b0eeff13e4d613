package dev.muster.restore.server;

import dev.muster.backup.walg.FileList;
import dev.muster.drill.BadBackup;
import dev.muster.restore.files.Arrivals;
import dev.muster.restore.files.Landing;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the entries of one of WAL-G's tars: of those that are wanted, whole files take the place of earlier ones, and
 * changed pages go into them. What lies in a tablespace goes into that one's folder.
 */
final class WalgArrivals implements Arrivals {
    private static final Pattern TABLESPACE = Pattern.compile("pg_tblspc/(\\d{1,10})(?:/(.*))?");

    private final Job job;
    private final ServerFolder folder;
    private final FileList list;
    private final Predicate<String> wanted;
    private final LongSupplier packed;
    private final long size;
    private final Landing data;
    private final Map<String, Landing> tablespaces = new HashMap<>();
    private final Room room;
    private long changed;

    /**
     * @param list how the files are kept in this backup
     * @param wanted whether the file of this path is taken from this backup
     */
    WalgArrivals(
            Job job, ServerFolder folder, FileList list, Predicate<String> wanted, LongSupplier packed, long size) {
        this.job = job;
        this.folder = folder;
        this.list = list;
        this.wanted = wanted;
        this.packed = packed;
        this.size = size;
        this.data = new Landing(job, folder.data(), packed, size);
        this.room = new Room(job);
    }

    long bytes() {
        return data.bytes()
                + tablespaces.values().stream().mapToLong(Landing::bytes).sum()
                + changed;
    }

    @Override
    public void folder(String name) throws IOException, BadBackup, InterruptedException {
        Place place = place(name);
        place.landing().folder(place.name());
    }

    @Override
    public void file(String name, long announced, Optional<Instant> time, InputStream content)
            throws IOException, BadBackup, InterruptedException {
        String path = FileList.relative(name);
        if (!wanted.test(path)) {
            return;
        }
        Place place = place(name);
        FileList.Kept kept = list.files().get(path);
        if (kept != null && kept.changesOnly()) {
            Path earlier = place.landing()
                    .earlier(place.name())
                    .orElseThrow(() -> job.bad("The entry " + name + " holds only changes, and no earlier backup"
                            + " holds the file that they were made to"));
            changed += new PageChanges(job, name, content, room, packed).apply(earlier, announced);
        } else {
            place.landing().clear(place.name());
            place.landing().file(place.name(), announced, time, content);
        }
    }

    /** A link says where something lay in production, and nothing that matters here. */
    @Override
    public void link(String name, String target) {
        folder.links().add(FileList.relative(name));
    }

    @Override
    public void hardLink(String name, String target) throws IOException, BadBackup, InterruptedException {
        Place place = place(name);
        place.landing().hardLink(place.name(), FileList.relative(target));
    }

    private Place place(String name) throws IOException {
        String path = FileList.relative(name);
        Matcher inTablespace = TABLESPACE.matcher(path);
        if (!inTablespace.matches()) {
            return new Place(data, path);
        }
        String oid = inTablespace.group(1);
        Landing landing = tablespaces.get(oid);
        if (landing == null) {
            landing = new Landing(job, folder.tablespace(oid), packed, size);
            tablespaces.put(oid, landing);
        }
        return new Place(landing, Optional.ofNullable(inTablespace.group(2)).orElse(""));
    }

    /** Where an entry goes. */
    private record Place(Landing landing, String name) {}
}
