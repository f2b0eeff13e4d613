package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Optional;

/** What {@code pg_dump} writes: a custom archive, a directory in a tar, or plain SQL. */
final class DumpLayout implements Layout {
    private static final int TAIL = 1024;
    private static final String LAST_LINE = "-- PostgreSQL database dump complete";

    private final BackupSource source;
    private final List<StoredObject> listed;

    DumpLayout(BackupSource source, List<StoredObject> listed) {
        this.source = source;
        this.listed = listed;
    }

    @Override
    public List<StoredObject> heads() {
        return listed;
    }

    @Override
    public Judgement judge(StoredObject object, Probe probe) throws Unreadable, InterruptedException {
        byte[] head = probe.head();
        Optional<DumpHeader> header = DumpHeader.read(head);
        if (header.isEmpty()) {
            return Judgement.faulty(noDump(probe, head));
        }
        Judgement judgement = Judgement.complete(claimed(header.get(), object));
        if (header.get().compression() != Compression.NONE) {
            // Its end shows only to whoever decompresses it whole; the restore does.
            return judgement;
        }
        return switch (header.get().kind()) {
            case PLAIN ->
                Bytes.latin(probe.tail(TAIL)).contains(LAST_LINE)
                        ? judgement
                        : judgement.but("It is cut off: its last line \"" + LAST_LINE + "\" is missing");
            case DIRECTORY ->
                Tars.ends(probe.tail(TAIL))
                        ? judgement
                        : judgement.but("It is cut off: the two empty blocks that end a tar are missing");
            // Nothing at its end says that it is complete; the restore decodes it whole.
            case CUSTOM -> judgement;
        };
    }

    private String noDump(Probe probe, byte[] head) {
        Compression compression = Compression.of(head);
        byte[] content = compression.beginning(head);
        if (compression != Compression.NONE && content.length == 0) {
            return Looks.nothingInside(probe, head);
        }
        return Looks.notWhatWasDeclared(content, source.format());
    }

    private Reading claimed(DumpHeader header, StoredObject object) {
        Reading started = header.started(source.zone());
        if (header.archive().isPresent() || header.started().isPresent()) {
            return started;
        }
        return NameTime.read(object.key().substring(source.prefix().length()), source.zone())
                .map(named -> new Reading(named.at(), named.formula() + "; " + started.formula()))
                .orElse(started);
    }
}
