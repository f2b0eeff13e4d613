package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Optional;

/** Files in a tar. A tar says nothing of its own age: its files' times are those of production. */
final class TarLayout implements Layout {
    private static final int TAIL = 1024;

    private final BackupSource source;
    private final List<StoredObject> listed;

    TarLayout(BackupSource source, List<StoredObject> listed) {
        this.source = source;
        this.listed = listed;
    }

    @Override
    public List<StoredObject> heads() {
        return listed;
    }

    @Override
    public Optional<Reading> claimedByListing(StoredObject object) {
        return Optional.of(claimed(object));
    }

    @Override
    public Judgement judge(StoredObject object, Probe probe) throws Unreadable, InterruptedException {
        Reading claimed = claimed(object);
        byte[] head = probe.head();
        Compression compression = Compression.of(head);
        byte[] content = compression.beginning(head);
        if (compression != Compression.NONE && content.length == 0) {
            return Judgement.faulty(Looks.nothingInside(probe, head));
        }
        if (Tars.holdsNothing(content)) {
            return Judgement.faulty("It is a tar without any entry");
        }
        if (!Tars.looksLikeTar(content)) {
            return Judgement.faulty(Looks.notWhatWasDeclared(content, source.format()));
        }
        if (DumpHeader.read(head).isPresent()) {
            return Judgement.faulty(Looks.declareInstead("the directory format of pg_dump in a tar", "pg-dump"));
        }
        if (compression == Compression.NONE && !Tars.ends(probe.tail(TAIL))) {
            return Judgement.complete(claimed).but("It is cut off: the two empty blocks that end a tar are missing");
        }
        return Judgement.complete(claimed);
    }

    private Reading claimed(StoredObject object) {
        return NameTime.read(object.key().substring(source.prefix().length()), source.zone())
                .orElseGet(() -> Reading.none("a tar does not say when it was made, and no time is in its name"));
    }
}
